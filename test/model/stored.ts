import { z } from "zod";
import type { UnitsTaken } from "../../domain/reservations/reservation-book.ts";
import {
  pendingSaleSchema,
  type ReservationEvent,
  reservationEventKindSchema,
} from "../../domain/reservations/reservation-event.ts";
import { reservationSchema } from "../../domain/reservations/reservation.ts";
import type { SequencedMovement } from "../../server/projection/sequence-follower.ts";
import type { StoredAnswer } from "../../server/reservations/granting-writer.ts";
import type { KnownKey } from "../../server/commit-log/key-book.ts";
import type { StoredRow } from "./memory-log.ts";

/** `atMs`: when the ledger took it. */
export type Movement = SequencedMovement & { locationId: string; atMs: number };

/** What a movement took in the name of a reservation; null for nothing. */
export function takenBy(movement: Omit<Movement, "atMs">): UnitsTaken | null {
  const { reservationId, quantity, locationId, gtin } = movement;
  if (reservationId === "" || quantity >= 0) return null;
  return { reservationId, locationId, gtin, units: -quantity };
}

/** What is in the column `details`. */
const detailsSchema = z.object({
  grantedOrdinal: z.number(),
  sales: z.number(),
  sale: pendingSaleSchema.nullable().default(null),
  keyScope: z.string().default(""),
  requestHash: z.string().default(""),
  answerStatus: z.number().default(0),
  answer: z.string().default(""),
});

export function detailsOf(row: StoredRow): z.infer<typeof detailsSchema> {
  return detailsSchema.parse(JSON.parse(row.details));
}

export function toEvent(row: StoredRow): ReservationEvent | null {
  const kind = reservationEventKindSchema.safeParse(row.kind);
  if (!kind.success) return null;
  const { grantedOrdinal, sales, sale } = detailsOf(row);
  return {
    ordinal: Number(row.ordinal),
    kind: kind.data,
    atMs: Math.round(Number(row.decided_at) * 1000),
    grantedOrdinal,
    sales,
    sale,
    reservation: reservationSchema.parse(JSON.parse(row.reservation)),
  };
}

export function knownKey(row: StoredRow): KnownKey {
  const { requestHash, answerStatus } = detailsOf(row);
  return {
    requestHash,
    ordinal: Number(row.ordinal),
    atMs: Number(row.decided_at) * 1000,
    subjectId: row.reservation_id,
    status: answerStatus,
    text: null,
    entry: null,
  };
}

/** The answer that a row carries. */
export function storedAnswer(row: StoredRow): StoredAnswer {
  const { answerStatus, answer } = detailsOf(row);
  return { status: answerStatus, text: answer === "" ? row.reservation : answer };
}
