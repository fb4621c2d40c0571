import { z } from "zod";
import type { ReconciliationDifference } from "../../domain/api/reconciliation.ts";
import type { ExplainHold } from "../../domain/explain/explanation.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { reservationStatusSchema } from "../../domain/reservations/reservation.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { Projection } from "../projection/projection.ts";
import type { ReservationRole } from "./reservation-role.ts";

const holdRowSchema = z.object({
  reservation_id: z.string(),
  status: reservationStatusSchema,
  channel: z.string(),
  gtin: z.number(),
  units: z.number(),
  changed_at: instantSchema,
  created_at: instantSchema,
  expires_at: z.string(),
  hold_until: z.string(),
});

const LAST = Number.MAX_SAFE_INTEGER;
const DAY_MS = 86_400_000;
const DURABLE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 20;

type Scope = {
  locationId: string;
  /** 0: all. */
  gtin: number;
  atMs: number;
  throughOrdinal: number;
  throughSequence: number;
  recordedUntilMs: number;
};

/** Holds as the table and the ledger have them: to explain an answer, and to check the memory. */
export function createHoldHistory(deps: {
  db: Database;
  role: ReservationRole;
  projection: Projection;
  nowMs(): number;
}) {
  const { role, projection } = deps;

  const holdsAt = (scope: Scope) =>
    deps.db.query({
      name: "reservations/holds-at-location",
      sql: loadQuery("reservations/holds-at-location"),
      params: {
        location_id: scope.locationId,
        gtin: scope.gtin,
        at: instantParameter(scope.atMs),
        through_ordinal: scope.throughOrdinal,
        through_sequence: scope.throughSequence,
        recorded_until: instantParameter(scope.recordedUntilMs),
      },
      row: holdRowSchema,
    });

  async function untilDurable(ordinal: number): Promise<void> {
    const untilMs = performance.now() + DURABLE_WITHIN_MS;
    while ((role.log()?.durableOrdinal() ?? LAST) < ordinal) {
      if (performance.now() > untilMs) throw new Error("the last reservations do not become durable");
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  return {
    /** Holds of one product at one location that counted at an instant, by what was decided until then. */
    async liveAt(scope: {
      locationId: string;
      gtin: number;
      atMs: number;
      through: number;
    }): Promise<ExplainHold[]> {
      const rows = await holdsAt({
        ...scope,
        throughOrdinal: LAST,
        throughSequence: scope.through,
        recordedUntilMs: scope.atMs,
      });
      return rows.map((row) => ({
        reservationId: row.reservation_id,
        status: row.status,
        channel: row.channel,
        units: row.units,
        createdAt: row.created_at,
        recordedAt: row.changed_at,
        expiresAt: row.expires_at === "" ? null : row.expires_at,
        holdUntil: row.hold_until === "" ? null : row.hold_until,
      }));
    },

    /** Held units of each product at a location, in memory and by the table, both as of this moment. */
    async compare(
      locationId: string,
    ): Promise<{ products: number; differences: ReconciliationDifference[] }> {
      const book = role.book();
      const atMs = Math.max(deps.nowMs(), book.nowMs);
      const memory = book.unitsByProduct(locationId, atMs);
      const throughOrdinal = book.lastOrdinal;
      const throughSequence = projection.appliedSequence(locationId);
      await untilDurable(throughOrdinal);
      const stored = new Map<number, number>();
      for (const row of await holdsAt({
        locationId,
        gtin: 0,
        atMs,
        throughOrdinal,
        throughSequence,
        // Another machine's clock may be ahead: what is applied is applied.
        recordedUntilMs: atMs + DAY_MS,
      })) {
        stored.set(row.gtin, (stored.get(row.gtin) ?? 0) + row.units);
      }
      const gtins = [...new Set([...memory.keys(), ...stored.keys()])];
      const differences = gtins.flatMap((gtin) => {
        const inMemory = memory.get(gtin) ?? 0;
        const inLedger = stored.get(gtin) ?? 0;
        return inMemory === inLedger ? [] : [differenceOf(gtin, inMemory, inLedger)];
      });
      return { products: gtins.length, differences };
    },
  };
}

function differenceOf(gtin: number, inMemory: number, inLedger: number): ReconciliationDifference {
  return { gtin: gtinFromNumber(gtin), state: null, inMemory, inLedger };
}
