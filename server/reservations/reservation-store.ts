import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { reservationSchema } from "../../domain/reservations/reservation.ts";
import {
  pendingSaleSchema,
  type ReservationEvent,
  reservationEventKindSchema,
} from "../../domain/reservations/reservation-event.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { createLogReader } from "../commit-log/log-reader.ts";

const eventRowSchema = z.object({
  ordinal: z.number(),
  kind: z.string(),
  decided_at: instantSchema,
  granted_ordinal: z.number(),
  counts_until: instantSchema,
  sales: z.number(),
  sale: z.string(),
  reservation: z.string(),
});
type EventRow = z.infer<typeof eventRowSchema>;

const takenRowSchema = z.object({
  reservation_id: z.string(),
  location_id: z.string(),
  sequence: z.number(),
  gtin: z.number(),
  quantity: z.number(),
});

const MAX_LOADED_ROWS = 5_000_000;

export type ReservationStore = ReturnType<typeof createReservationStore>;

/** What the server reads of `reservation_events`, and of the movements that name reservations. */
export function createReservationStore(deps: { db: Database }) {
  const log = createLogReader({
    db: deps.db,
    area: "reservations",
    maxRows: MAX_LOADED_ROWS,
    maxSeconds: 120,
  });
  const { ask } = log;

  return {
    ...log,

    /** The newest change of each reservation that may hold stock, or ended after `sinceMs`; the oldest grant first. */
    async live(sinceMs: number, through: number): Promise<ReservationEvent[]> {
      const rows = await ask("load-live", { since: instantParameter(sinceMs), through }, eventRowSchema);
      const events = rows.flatMap((row) => toEvent(row) ?? []);
      return events.sort((one, other) => one.grantedOrdinal - other.grantedOrdinal);
    },

    /** Changes after an ordinal, in their order; rows that change no reservation only move the ordinal on. */
    async after(
      ordinal: number,
      pageRows: number,
    ): Promise<{ events: ReservationEvent[]; lastOrdinal: number; isFull: boolean }> {
      const rows = await ask("follow", { after: ordinal, page_rows: pageRows }, eventRowSchema);
      const events = rows.flatMap((row) => toEvent(row) ?? []);
      return { events, lastOrdinal: rows.at(-1)?.ordinal ?? ordinal, isFull: rows.length === pageRows };
    },

    /** Movements recorded since an instant that took units in the name of reservations. */
    taken: (sinceMs: number) => ask("load-taken", { since: instantParameter(sinceMs) }, takenRowSchema),

    /** One reservation as of an ordinal, the newest change without one. */
    async reservationAsOf(
      reservationId: string,
      through = Number.MAX_SAFE_INTEGER,
    ): Promise<ReservationEvent | null> {
      const [row] = await ask(
        "reservation-as-of",
        { reservation_id: reservationId, through },
        eventRowSchema,
      );
      return row === undefined ? null : toEvent(row);
    },
  };
}

/** Null for a row that changes no reservation. Throws when it is not what was written: a bug, and no stock to guess about. */
function toEvent(row: EventRow): ReservationEvent | null {
  const kind = reservationEventKindSchema.safeParse(row.kind);
  if (!kind.success) return null;
  return {
    ordinal: row.ordinal,
    kind: kind.data,
    atMs: Date.parse(row.decided_at),
    grantedOrdinal: row.granted_ordinal,
    sales: row.sales,
    sale: row.sale === "" ? null : pendingSaleSchema.parse(JSON.parse(row.sale)),
    reservation: reservationSchema.parse(JSON.parse(row.reservation)),
  };
}
