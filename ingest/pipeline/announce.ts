import type { Logger } from "pino";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Movement } from "../../domain/movement.ts";
import { alertsOf } from "./alerts-of.ts";
import type { Batch } from "./batch.ts";

export type AnnounceDeps = { root: string; bus: MessageBus; logger: Logger };

/**
 * Tells the world what a durable batch did: movements on `{root}/{location}/movements`, in the order of their sequence,
 * alerts on `{root}/{location}/alerts`, and receipts on `{root}/receipts/{client}`. A message lost here is no loss: a follower sees the gap in the sequence and
 * reads it from ClickHouse, and a sender without a receipt sends its event again.
 */
export function announce(deps: AnnounceDeps, batch: Batch, recordedAtMs: number): void {
  for (const [locationId, movements] of movementsByLocation(batch, recordedAtMs)) {
    publish(deps, `${deps.root}/${locationId}/movements`, movements);
  }
  for (const { event } of batch.events) {
    for (const alert of alertsOf(event)) publish(deps, `${deps.root}/${alert.locationId}/alerts`, alert);
  }
  for (const { client, receipt } of batch.receipts) publish(deps, `${deps.root}/receipts/${client}`, receipt);
}

/** Publishes without waiting; a failure is logged, since what is announced is in ClickHouse already. */
export function publish(
  deps: AnnounceDeps,
  topic: string,
  payload: unknown,
  options?: { retain?: boolean },
): void {
  deps.bus.publish(topic, JSON.stringify(payload), options).catch((error: unknown) => {
    deps.logger.warn(
      { error, topic },
      "A message was not published. Followers will read what it said from ClickHouse.",
    );
  });
}

function movementsByLocation(batch: Batch, recordedAtMs: number): Map<string, Movement[]> {
  const recordedAt = new Date(recordedAtMs).toISOString();
  const byLocation = new Map<string, Movement[]>();
  for (const { event } of batch.events) {
    for (const line of event.movements) {
      const movements = byLocation.get(line.locationId) ?? [];
      byLocation.set(line.locationId, movements);
      movements.push({
        locationId: line.locationId,
        sequence: line.sequence,
        gtin: gtinFromNumber(line.gtin),
        state: line.state,
        quantity: line.quantity,
        reason: line.reason,
        occurredAt: new Date(event.occurredAtMs).toISOString(),
        recordedAt,
        eventId: event.eventId,
        source: event.source,
        ...(line.epc === "" ? {} : { epc: line.epc }),
        ...(line.reservationId === "" ? {} : { reservationId: line.reservationId }),
        ...(line.orderId === "" ? {} : { orderId: line.orderId }),
      });
    }
  }
  return byLocation;
}
