import type { UnitsTaken } from "../../domain/reservations/reservation-book.ts";
import type { SequencedMovement } from "../projection/sequence-follower.ts";

/** Units that one movement took in the name of a reservation. */
export type SequencedTaken = UnitsTaken & { sequence: number };

/** What movements took in the name of reservations: what comes in for one is not given back to its hold. */
export function takenBy(locationId: string, movements: readonly SequencedMovement[]): SequencedTaken[] {
  const taken: SequencedTaken[] = [];
  for (const { reservationId, quantity, gtin, sequence } of movements) {
    if (reservationId === "" || quantity >= 0) continue;
    taken.push({ reservationId, locationId, gtin, units: -quantity, sequence });
  }
  return taken;
}

/**
 * Each movement once, and only those that the projection has applied: the others will come by it. `stored` is what ClickHouse
 * has, `heard` what the projection applied meanwhile; a movement may be in both.
 */
export function appliedOnce(
  stored: readonly SequencedTaken[],
  heard: readonly SequencedTaken[],
  appliedAt: (locationId: string) => number,
): SequencedTaken[] {
  const seen = new Set<string>();
  return [...stored, ...heard].filter((one) => {
    const name = `${one.locationId} ${one.sequence}`;
    if (one.sequence > appliedAt(one.locationId) || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
