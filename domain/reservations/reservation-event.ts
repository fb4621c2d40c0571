import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import type { Reservation } from "./reservation.ts";

/**
 * What can happen to a reservation. `regranted`: it had lapsed and was granted anew. `fulfilling`: a sale of it is about to be
 * published, `sale_refused`: it was not taken, `handed_over`: the ledger has it. `fulfilled`: the ledger has its last unit. `at_risk`, `covered`: stock no
 * longer covers it, or does again.
 */
export const RESERVATION_EVENT_KINDS = [
  "granted",
  "confirmed",
  "extended",
  "regranted",
  "transferred",
  "picked",
  "shorted",
  "released",
  "reduced",
  "fulfilling",
  "sale_refused",
  "handed_over",
  "fulfilled",
  "at_risk",
  "covered",
] as const;
export const reservationEventKindSchema = z.enum(RESERVATION_EVENT_KINDS);
export type ReservationEventKind = z.infer<typeof reservationEventKindSchema>;

/**
 * A sale that is on its way to the ledger: what is published again, unchanged, when nobody knows whether it was taken.
 * `number` counts the sales of one reservation from 1, `fulfilledBefore` the units handed over before it. While it is pending
 * the hold does not expire before `keptUntil`.
 */
export const pendingSaleSchema = z.object({
  number: z.number().int().positive(),
  occurredAt: instantSchema,
  keptUntil: instantSchema,
  fulfilledBefore: z.number().int(),
  orderId: z.string().nullable(),
  lines: z.array(
    z.object({
      gtin: z.string(),
      locationId: idSchema,
      quantity: z.number().int().positive(),
      epcs: z.array(z.string()).optional(),
    }),
  ),
});
export type PendingSale = z.infer<typeof pendingSaleSchema>;

/**
 * One change, with the whole reservation after it. `ordinal` rises by one with each change of any reservation.
 * `grantedOrdinal` is its place in the queue for stock: of two holds the one with the higher is the newer.
 * `sales` is how many sales of it were begun; `sale` the one whose outcome is not known, null for none.
 */
export type ReservationEvent = {
  ordinal: number;
  kind: ReservationEventKind;
  /** By the granting server's clock, Unix ms. */
  atMs: number;
  grantedOrdinal: number;
  sales: number;
  sale: PendingSale | null;
  reservation: Reservation;
};
