import { type StockEvent, stockEventSchema } from "../../domain/events/stock-event.ts";
import { ok, type Result, refuse } from "../../domain/result.ts";
import {
  describeIssues,
  epcHexAt,
  eventIdOf,
  gtin14At,
  parseEventObject,
  refuseOtherLocation,
} from "./event-fields.ts";
import type { ParsedTopic } from "./parse-topic.ts";
import { reject, type Understood } from "./understood.ts";

type StockLine = StockEvent["lines"][number];

/**
 * A receipt, adjustment or position from another system. Refuses `message_not_json`, `event_not_object`,
 * `stock_event_invalid`, `location_mismatch`, `stock_quantity_sign`, and the codes of GTINs and EPCs.
 */
export function understandStock(topic: ParsedTopic, text: string, receivedAtMs: number): Understood {
  if (text.trim() === "") {
    return { kind: "control", control: "empty", format: "text", detail: "nothing in it", atMs: receivedAtMs };
  }
  const object = parseEventObject(text);
  if (!object.ok) return reject(object.code, object.detail);
  const eventId = eventIdOf(object.value);
  const parsed = stockEventSchema.safeParse(object.value);
  if (!parsed.success) return reject("stock_event_invalid", describeIssues(parsed.error), eventId);
  const place = refuseOtherLocation([parsed.data.locationId], topic.locationId);
  if (!place.ok) return reject(place.code, place.detail, eventId);
  const lines: StockLine[] = [];
  for (const [index, line] of parsed.data.lines.entries()) {
    const result = completedLine(line, index, parsed.data.type);
    if (!result.ok) return reject(result.code, result.detail, eventId);
    lines.push(result.value);
  }
  return { kind: "stock", event: { ...parsed.data, lines, locationId: topic.locationId } };
}

function completedLine(line: StockLine, index: number, type: StockEvent["type"]): Result<StockLine> {
  const place = `lines[${index}]`;
  if ((type === "receipt" && line.quantity <= 0) || (type === "position" && line.quantity < 0)) {
    const rule = type === "receipt" ? "above 0" : "0 or more";
    return refuse(
      "stock_quantity_sign",
      `${place}: the quantity of a ${type} is ${rule}, not ${line.quantity}`,
    );
  }
  const gtin = gtin14At(line.gtin, place);
  if (!gtin.ok) return gtin;
  if (line.epcs === undefined) return ok({ ...line, gtin: gtin.value });
  const epcs: string[] = [];
  for (const epc of line.epcs) {
    const hex = epcHexAt(epc, place);
    if (!hex.ok) return hex;
    epcs.push(hex.value);
  }
  return ok({ ...line, gtin: gtin.value, epcs });
}
