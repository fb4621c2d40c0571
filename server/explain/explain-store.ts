import { z } from "zod";
import type { ExplainLine, FoldedLines, LastCount } from "../../domain/explain/explain-availability.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { movementReasonSchema } from "../../domain/movement.ts";
import { STOCK_STATES, stockStateSchema } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MAX_SECONDS = 20;
/** A count that is older is not looked for: then the history starts at its first line, or where it is cut. */
const COUNTS_SINCE_MS = 400 * 24 * 3_600_000;

const eventColumns = {
  ordinal: z.number(),
  event_id: z.string(),
  event_type: z.string(),
  source: z.string(),
  recorded_at: instantSchema,
};

const stepRowSchema = z.object({
  step: z.number(),
  lines: z.number(),
  cut_lines: z.number(),
  sellable: z.number(),
  inspect: z.number(),
  damaged: z.number(),
  display_only: z.number(),
  first_occurred_at: instantSchema,
  last_occurred_at: instantSchema,
  first_place: z.number(),
  ...eventColumns,
  state: stockStateSchema,
  reason: movementReasonSchema,
  epc: z.string(),
  reservation_id: z.string(),
  order_id: z.string(),
});
type StepRow = z.infer<typeof stepRowSchema>;

const totalRowSchema = z.object({ state: stockStateSchema, units: z.number(), later_units: z.number() });

const countRowSchema = z.object({
  count_id: z.string(),
  ...eventColumns,
  occurred_at: instantSchema,
  expected: z.number(),
  counted: z.number(),
  started_ordinal: z.number(),
});

/** Which movements are looked at: those of one position until an instant, up to a sequence of the location. */
export type ExplainScope = {
  locationId: string;
  gtin: number;
  atMs: number;
  byEventTime: boolean;
  /** The last sequence of the location that counts. */
  through: number;
};

export type StoredHistory = {
  folded: FoldedLines;
  isCut: boolean;
  lines: ExplainLine[];
  count: LastCount | null;
};

/** Units by state, in the order of `STOCK_STATES`: until the instant, and since. */
export type StoredTotals = { units: number[]; laterUnits: number[] };

export type ExplainStore = ReturnType<typeof createExplainStore>;

/** What the ledger tells of one position. */
export function createExplainStore({ db }: { db: Database }) {
  const paramsOf = (scope: ExplainScope) => ({
    location_id: scope.locationId,
    gtin: scope.gtin,
    at_ms: scope.atMs,
    by_event_time: scope.byEventTime ? 1 : 0,
  });

  async function lastCount(scope: ExplainScope) {
    const [row] = await db.query({
      name: "explain/last-count",
      sql: loadQuery("explain/last-count"),
      params: { ...paramsOf(scope), since: new Date(Math.max(0, scope.atMs - COUNTS_SINCE_MS)) },
      row: countRowSchema,
      maxSeconds: MAX_SECONDS,
    });
    return row ?? null;
  }

  return {
    /** From where the last count began, or from the first line; at most `maxSteps` lines, what is older is folded. */
    async history(scope: ExplainScope, maxSteps: number): Promise<StoredHistory> {
      const count = await lastCount(scope);
      const rows = await db.query({
        name: "explain/movements",
        sql: loadQuery("explain/movements"),
        params: {
          ...paramsOf(scope),
          through: scope.through,
          since_ordinal: count?.started_ordinal ?? 0,
          page_rows: maxSteps,
        },
        row: stepRowSchema,
        maxSeconds: MAX_SECONDS,
      });
      const first = rows[0]?.step === 0 ? rows[0] : null;
      return {
        folded: first === null ? NOTHING_FOLDED : toFolded(first),
        isCut: first !== null && first.cut_lines > 0,
        lines: (first === null ? rows : rows.slice(1)).map(toLine),
        count:
          count === null
            ? null
            : {
                countId: count.count_id,
                ordinal: count.ordinal,
                eventId: count.event_id,
                eventType: count.event_type,
                source: count.source,
                occurredAt: count.occurred_at,
                recordedAt: count.recorded_at,
                expected: count.expected,
                counted: count.counted,
              },
      };
    },

    /** The same units, summed apart: what the history is checked against. */
    async totals(scope: ExplainScope): Promise<StoredTotals> {
      const rows = await db.query({
        name: "explain/totals",
        sql: loadQuery("explain/totals"),
        params: { ...paramsOf(scope), through: scope.through },
        row: totalRowSchema,
        maxSeconds: MAX_SECONDS,
      });
      const ofState = (pick: (row: z.infer<typeof totalRowSchema>) => number) =>
        STOCK_STATES.map((state) => {
          const row = rows.find((one) => one.state === state);
          return row === undefined ? 0 : pick(row);
        });
      return { units: ofState((row) => row.units), laterUnits: ofState((row) => row.later_units) };
    },
  };
}

const NOTHING_FOLDED: FoldedLines = {
  lines: 0,
  units: STOCK_STATES.map(() => 0),
  firstOccurredAt: null,
  lastOccurredAt: null,
};

function toFolded(row: StepRow): FoldedLines {
  return {
    lines: row.lines,
    units: STOCK_STATES.map((state) => row[state]),
    firstOccurredAt: row.first_occurred_at,
    lastOccurredAt: row.last_occurred_at,
  };
}

function toLine(row: StepRow): ExplainLine {
  return {
    sequence: row.step,
    ordinal: row.ordinal,
    state: row.state,
    quantity: row[row.state],
    reason: row.reason,
    epc: row.epc,
    reservationId: row.reservation_id,
    orderId: row.order_id,
    eventId: row.event_id,
    eventType: row.event_type,
    source: row.source,
    occurredAt: row.first_occurred_at,
    recordedAt: row.recorded_at,
  };
}
