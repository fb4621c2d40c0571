import type { Alternative, Reservation } from "../../domain/reservations/reservation.ts";
import { type AvailabilityWish, PLAIN_WISH } from "../availability/availability-reader.ts";

/** What could not be held somewhere, and for whom. */
export type MissedUnits = { locationId: string; gtin: number; quantity: number };

/** Where else a missed line could be served from, best first. Answers at once: it is asked within a refusal. */
export type FindAlternatives = (missed: MissedUnits, wish: AvailabilityWish) => Alternative[];

/** Units of a reservation that stock does not cover any more, and where else they are now, best first. */
export type UnitsAtRisk = { locationId: string; gtin: string; units: number; alternatives: Alternative[] };

export function unitsAtRisk(
  { lines, channel }: Reservation,
  findAlternatives: FindAlternatives,
): UnitsAtRisk[] {
  return lines
    .filter((line) => line.atRisk > 0)
    .map(({ locationId, gtin, atRisk: units }) => ({
      locationId,
      gtin,
      units,
      alternatives: findAlternatives(
        { locationId, gtin: Number(gtin), quantity: units },
        { ...PLAIN_WISH, channel, quantity: units },
      ),
    }));
}
