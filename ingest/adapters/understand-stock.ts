import { stockEventSchema } from "../../domain/events/stock-event.ts";
import { completeStockEvent } from "./complete-stock-event.ts";
import { describeIssues, eventIdOf, parseEventObject, refuseOtherLocation } from "./event-fields.ts";
import { emptyNotice } from "./notice-signs.ts";
import type { ParsedTopic } from "./parse-topic.ts";
import { reject, type Understood } from "./understood.ts";

/**
 * A receipt, transfer, count or another event of stock from another system. Refuses `message_not_json`, `event_not_object`,
 * `stock_event_invalid`, `location_mismatch`, and what `completeStockEvent` refuses.
 */
export function understandStock(topic: ParsedTopic, text: string, receivedAtMs: number): Understood {
  if (text.trim() === "") return emptyNotice(receivedAtMs);
  const object = parseEventObject(text);
  if (!object.ok) return reject(object.code, object.detail);
  const eventId = eventIdOf(object.value);
  const parsed = stockEventSchema.safeParse(object.value);
  if (!parsed.success) return reject("stock_event_invalid", describeIssues(parsed.error), eventId);
  const place = refuseOtherLocation([parsed.data.locationId], topic.locationId);
  if (!place.ok) return reject(place.code, place.detail, eventId);
  const completed = completeStockEvent(parsed.data);
  if (!completed.ok) return reject(completed.code, completed.detail, eventId);
  return { kind: "stock", event: { ...completed.value, locationId: topic.locationId } };
}
