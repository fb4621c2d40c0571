import { gtinFromNumber } from "../../gtin.ts";
import type { ReservationWish } from "../reservation.ts";
import { sumLines } from "../sum-lines.ts";
import {
  type Decision,
  type DecisionContext,
  decisionMs,
  refuseRequest,
  type Shortfall,
} from "./decision.ts";

/**
 * Grants a wish or refuses it whole; with `partial` it holds what there is of each line, and refuses only when there is
 * nothing of any. Checked and granted in one step: between them nothing else can happen. O(lines · log reservations) with
 * `availableOf` in O(1).
 */
export function decideHold(
  context: DecisionContext,
  wish: Omit<ReservationWish, "confidence">,
  reservationId: string,
): Decision {
  const { book } = context;
  const atMs = decisionMs(context);
  if (book.record(reservationId) !== undefined)
    return refuseRequest(`There is a reservation ${reservationId}.`);
  const shortfalls: Shortfall[] = [];
  let granted = 0;
  const lines = sumLines(wish.lines).map((line) => {
    const available = Math.max(0, context.availableOf(line.locationId, line.gtin, atMs));
    if (available < line.quantity) shortfalls.push({ ...line, available });
    const quantity = Math.min(available, line.quantity);
    granted += quantity;
    return {
      gtin: gtinFromNumber(line.gtin),
      locationId: line.locationId,
      requested: line.quantity,
      quantity,
      fulfilled: 0,
      atRisk: 0,
    };
  });
  if (shortfalls.length > 0 && (!wish.partial || granted === 0)) {
    return { ok: false, refusal: { code: "insufficient_availability", shortfalls } };
  }
  const ordinal = book.lastOrdinal + 1;
  const at = new Date(atMs).toISOString();
  return {
    ok: true,
    events: [
      {
        ordinal,
        kind: "granted",
        atMs,
        grantedOrdinal: ordinal,
        sales: 0,
        sale: null,
        reservation: {
          reservationId,
          status: "held",
          isAtRisk: false,
          channel: wish.channel,
          customerId: wish.customerId ?? null,
          orderId: wish.orderId ?? null,
          createdAt: at,
          changedAt: at,
          expiresAt: new Date(atMs + wish.ttlSeconds * 1000).toISOString(),
          holdUntil: null,
          transferredFrom: null,
          transferredTo: null,
          reason: null,
          lines,
          version: 1,
        },
      },
    ],
  };
}
