import type { ReservationWish } from "../../domain/reservations/reservation.ts";
import { HttpProblem } from "../problems.ts";

const MAX_LINES = 10;
const MAX_TTL_SECONDS = 900;
/** Reservations that one address may hold at once with one key. */
const MAX_LIVE = 20;
const MAX_ADDRESSES = 20_000;

/**
 * A key that anybody can read in a page may hold a basket, not a store's stock: few lines, few units, a short time, and few
 * holds at once from one address.
 */
export function createPublishableLimits(deps: {
  quantityCap: number;
  isLive(reservationId: string): boolean;
}) {
  const holds = new Map<string, string[]>();

  return {
    /** Throws `publishable_limit`. */
    check(name: string, wish: ReservationWish): void {
      const refuse = (detail: string) => {
        throw new HttpProblem("publishable_limit", detail, {
          limits: {
            lines: MAX_LINES,
            quantity: deps.quantityCap,
            ttlSeconds: MAX_TTL_SECONDS,
            reservations: MAX_LIVE,
          },
        });
      };
      if (wish.lines.length > MAX_LINES) refuse(`${wish.lines.length} lines.`);
      if (wish.lines.some((line) => line.quantity > deps.quantityCap))
        refuse("Too many units of one product.");
      if (wish.ttlSeconds > MAX_TTL_SECONDS) refuse(`${wish.ttlSeconds} seconds.`);
      const live = (holds.get(name) ?? []).filter((id) => deps.isLive(id));
      if (live.length >= MAX_LIVE) refuse(`${live.length} reservations are held from this address.`);
      holds.set(name, live);
    },
    note(name: string, reservationId: string): void {
      const known = holds.get(name) ?? [];
      holds.delete(name);
      holds.set(name, [...known, reservationId]);
      if (holds.size <= MAX_ADDRESSES) return;
      const oldest = holds.keys().next();
      if (oldest.done === false) holds.delete(oldest.value);
    },
  };
}
