import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import { type TillEvent, tillEventSchema } from "../../domain/events/stock-event.ts";
import { ok, type Result, refuse } from "../../domain/result.ts";
import {
  describeIssues,
  epcHexAt,
  eventIdOf,
  gtin14At,
  parseEventObject,
  refuseOtherLocation,
} from "./event-fields.ts";
import { emptyNotice } from "./notice-signs.ts";
import type { ParsedTopic } from "./parse-topic.ts";
import { reject, type Understood, type UnderstoodTill } from "./understood.ts";

type TillLine = NonNullable<TillEvent["lines"]>[number];

/**
 * A till's sale, return, exchange or void. Refuses `message_not_json`, `event_not_object`, `till_event_invalid`,
 * `location_mismatch`, `till_without_lines`, `till_line_without_type`, `till_line_without_product`,
 * `till_line_epc_of_other_product`, and the codes of GTINs and EPCs.
 */
export function understandTill(topic: ParsedTopic, text: string, receivedAtMs: number): Understood {
  if (text.trim() === "") return emptyNotice(receivedAtMs);
  const object = parseEventObject(text);
  if (!object.ok) return reject(object.code, object.detail);
  const eventId = eventIdOf(object.value);
  const parsed = tillEventSchema.safeParse(object.value);
  if (!parsed.success) return reject("till_event_invalid", describeIssues(parsed.error), eventId);
  const event = completed(parsed.data, topic.locationId);
  return event.ok ? { kind: "till", event: event.value } : reject(event.code, event.detail, eventId);
}

function completed(event: TillEvent, locationId: string): Result<UnderstoodTill> {
  const { storeId, locationId: named, lines, voids, eventId, ...rest } = event;
  const place = refuseOtherLocation([named, storeId], locationId);
  if (!place.ok) return place;
  const id = eventId ?? `${locationId}.${event.terminalId}.${event.transactionId}.${event.type}`;
  const base = { ...rest, eventId: id, locationId };
  // A void without its own list takes back the whole transaction that it names.
  if (event.type === "void") return ok({ ...base, voids: voids ?? { transactionId: event.transactionId } });
  if (lines === undefined || lines.length === 0) {
    return refuse("till_without_lines", `a ${event.type} has at least one line`);
  }
  const known: TillLine[] = [];
  for (const line of lines) {
    const result = completedLine(line, event.type);
    if (!result.ok) return result;
    known.push(result.value);
  }
  return ok({ ...base, lines: known });
}

function completedLine(line: TillLine, eventType: "sale" | "return" | "exchange"): Result<TillLine> {
  const place = `line ${line.lineNo}`;
  const { gtin, gtin14, epc, type, ...rest } = line;
  const lineType = type ?? (eventType === "exchange" ? undefined : eventType);
  if (lineType === undefined) {
    return refuse("till_line_without_type", `${place}: a line of an exchange says sale or return`);
  }
  const product = gtin ?? gtin14;
  const gtinResult = product === undefined ? ok(null) : gtin14At(product, place);
  if (!gtinResult.ok) return gtinResult;
  const epcResult = epc === undefined || epc === null || epc === "" ? ok(null) : epcHexAt(epc, place);
  if (!epcResult.ok) return epcResult;
  const taggedGtin = epcResult.value === null ? null : gtinOnTag(epcResult.value);
  if (gtinResult.value !== null && taggedGtin !== null && taggedGtin !== gtinResult.value) {
    return refuse(
      "till_line_epc_of_other_product",
      `${place}: the EPC is of product ${taggedGtin}, but the line says ${gtinResult.value}`,
    );
  }
  const knownGtin = gtinResult.value ?? taggedGtin;
  if (knownGtin === null && epcResult.value === null) {
    return refuse("till_line_without_product", `${place}: a line names a gtin or an epc`);
  }
  return ok({
    ...rest,
    type: lineType,
    ...(knownGtin === null ? {} : { gtin: knownGtin }),
    ...(epcResult.value === null ? {} : { epc: epcResult.value }),
  });
}

function gtinOnTag(epcHex: string): string | null {
  const hex = parseEpcHex(epcHex);
  const decoded = hex.ok ? decodeEpc(hex.value) : null;
  return decoded?.ok === true ? decoded.gtin14 : null;
}
