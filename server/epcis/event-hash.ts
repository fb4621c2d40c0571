import { hash } from "node:crypto";
import type { JsonObject } from "../../domain/epcis/json-value.ts";
import type { Namespaces } from "../../domain/epcis/namespaces.ts";
import { preHashOf } from "../../domain/epcis/pre-hash.ts";

/** An event's hash id (RFC 6920 form): the same for the same event, however it was written. */
export function eventHashId(
  event: JsonObject,
  document: Namespaces,
  ignored: ReadonlySet<string> = new Set(),
): string {
  return `ni:///sha-256;${hash("sha256", preHashOf(event, document, ignored), "hex")}?ver=CBV2.0`;
}
