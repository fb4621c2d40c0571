import type { z } from "zod";
import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { ok, type Result, refuse } from "../../domain/result.ts";
import { isJsonObject, type JsonObject } from "./message-parts.ts";

const MAX_ISSUES = 5;

/** The JSON object in a text. Refuses `message_not_json` and `event_not_object`. */
export function parseEventObject(text: string): Result<JsonObject> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const start = JSON.stringify(text.trim().slice(0, 60));
    return refuse("message_not_json", `it begins with ${start} and is not JSON`);
  }
  return isJsonObject(value)
    ? ok(value)
    : refuse("event_not_object", "one event, a JSON object, is expected");
}

/** The event's id where the sender gave one: a receipt goes by it even when the rest is refused. */
export function eventIdOf(value: JsonObject): string | null {
  const eventId = value["eventId"];
  return typeof eventId === "string" && eventId !== "" && eventId.length <= 200 ? eventId : null;
}

/** What a schema found wrong, with the place of each fault, for the person who mends the sender. */
export function describeIssues(error: z.ZodError): string {
  const shown = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const place = issue.path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("");
    return `${place.replace(/^\./, "") || "the event"}: ${issue.message}`;
  });
  const more = error.issues.length - shown.length;
  return more > 0 ? `${shown.join("; ")}; and ${more} more` : shown.join("; ");
}

/** The 14 digits of a GTIN as systems write it, of 8 to 14 digits. `place` names it in the refusal. */
export function gtin14At(text: string, place: string): Result<string> {
  const gtin = parseGtin(text);
  return gtin.ok ? gtin : refuse(gtin.code, `${place}: ${gtin.detail}`);
}

/** The hex of an EPC in any form that `parseEpcText` takes. `place` names it in the refusal. */
export function epcHexAt(text: string, place: string): Result<string> {
  const hex = parseEpcText(text);
  return hex.ok ? hex : refuse(hex.code, `${place}: ${hex.detail}`);
}

/** The location an event names must be its topic's: a credential is held to its own location by its topic. */
export function refuseOtherLocation(
  names: readonly (string | undefined)[],
  locationId: string,
): Result<null> {
  const other = names.find((name) => name !== undefined && name !== locationId);
  if (other === undefined) return ok(null);
  return refuse(
    "location_mismatch",
    `the event is of location "${other}", but its topic is of "${locationId}"`,
  );
}
