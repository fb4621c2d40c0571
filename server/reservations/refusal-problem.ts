import { gtinFromNumber } from "../../domain/gtin.ts";
import type { ReservationRefusal } from "../../domain/reservations/decisions/decision.ts";
import type { MissedLine } from "../../domain/reservations/reservation.ts";
import type { AvailabilityWish } from "../availability/availability-reader.ts";
import { HttpProblem } from "../problems.ts";
import type { FindAlternatives } from "./find-alternatives.ts";

/** Who is answered: for whom was asked, and the most that is shown to them of any stock. */
export type Asker = { wish: AvailabilityWish; quantityCap: number };

/** A refusal as it is answered: 409 with what the caller needs to go on, 400 for what could never be granted. */
export function createRefusalProblem(deps: { findAlternatives: FindAlternatives }) {
  return (refusal: ReservationRefusal, { wish, quantityCap }: Asker): HttpProblem => {
    switch (refusal.code) {
      case "insufficient_availability": {
        const lines = refusal.shortfalls.map(({ locationId, gtin, quantity, available }): MissedLine => {
          const alternatives = deps.findAlternatives({ locationId, gtin, quantity }, { ...wish, quantity });
          return {
            gtin: gtinFromNumber(gtin),
            locationId,
            requested: quantity,
            available: Math.min(Math.max(0, available), quantityCap),
            alternatives: alternatives.map((one) =>
              one.available <= quantityCap ? one : Object.assign({}, one, { available: quantityCap }),
            ),
          };
        });
        const detail =
          lines.length === 1 ? "1 line cannot be held." : `${lines.length} lines cannot be held.`;
        return new HttpProblem("insufficient_availability", detail, { lines });
      }
      case "reservation_state":
        return new HttpProblem("reservation_state", `It is ${refusal.status}. ${refusal.detail}`, {
          state: refusal.status,
        });
      case "invalid_request":
        return new HttpProblem("invalid_request", refusal.detail);
      default:
        return refusal satisfies never;
    }
  };
}
