import type { Logger } from "pino";
import type { Alert } from "../../domain/alert.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import { type FindAlternatives, unitsAtRisk } from "./find-alternatives.ts";

/** Tells each location on `{root}/{location}/alerts` which of its holds stock does not cover any more. */
export function createRiskAlerts(deps: {
  bus: MessageBus;
  root: string;
  logger: Logger;
  findAlternatives: FindAlternatives;
}) {
  function alertsOf({ kind, reservation }: ReservationEvent): Alert[] {
    if (kind !== "at_risk") return [];
    const { reservationId, orderId, channel, changedAt, version } = reservation;
    return unitsAtRisk(reservation, deps.findAlternatives).map(
      ({ locationId, gtin, units, alternatives }) => ({
        kind: "hold_at_risk" as const,
        locationId,
        at: changedAt,
        eventId: `${reservationId}.${version}.${gtin}`,
        reservationId,
        orderId,
        channel,
        gtin,
        units,
        alternatives,
      }),
    );
  }

  /** Of durable events. A message that is lost is told again at the next start. */
  return (events: readonly ReservationEvent[]): void => {
    for (const alert of events.flatMap(alertsOf)) {
      deps.bus
        .publish(`${deps.root}/${alert.locationId}/alerts`, JSON.stringify(alert))
        .catch((error: unknown) => {
          deps.logger.warn({ err: error, eventId: alert.eventId }, "a hold at risk was not told");
        });
    }
  };
}
