import { z } from "zod";
import type { RuleBook } from "../../domain/rules/rule-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { StoredRule } from "./rule-store.ts";

/** Commits of several writers become visible a little out of order: so far back is read again, and counted once. */
const OVERLAP_MS = 10_000;

const soldRow = z.object({
  location_id: z.string(),
  sequence: z.number(),
  gtin: z.number(),
  units: z.number(),
  recorded_at_ms: z.number(),
  channel: z.string(),
});
export type SoldUnits = z.infer<typeof soldRow>;

/** When an allocation began, Unix ms: at its start, or when it was set, whichever was later. */
export function beganAtMs({ rule, changedAt }: StoredRule): number {
  const startMs = rule.window.startsAt === null ? 0 : Date.parse(rule.window.startsAt);
  return Math.max(startMs, Date.parse(changedAt));
}

/** Lines of the ledger that sold something, with the channel, by time of recording (both bounds are within). */
export function readSoldUnits(db: Database, sinceMs: number, untilMs: number): AsyncIterable<SoldUnits[]> {
  return db.stream({
    name: "rules/sold-units",
    sql: loadQuery("rules/sold-units"),
    params: { since: new Date(sinceMs), until: new Date(untilMs) },
    row: soldRow,
  });
}

/**
 * Units that channels have sold of their allocations since these began: read from the ledger once, and then what was
 * recorded since. Made anew with each set of rules.
 */
export function createAllocationSales(deps: {
  db: Database;
  book(): RuleBook;
  rules: readonly StoredRule[];
  nowMs(): number;
}) {
  const allocations = deps.rules
    .filter(({ rule }) => rule.kind === "allocation")
    .map((stored) => ({ rule: stored.rule, beganMs: beganAtMs(stored), sold: new Map<string, number>() }));
  const byId = new Map(allocations.map((one) => [one.rule.ruleId, one]));
  let readFromMs = Math.min(...allocations.map((one) => one.beganMs));
  let counted = new Map<string, number>();

  return {
    isEmpty: allocations.length === 0,
    soldUnits: (ruleId: string, locationId: string, gtin: number): number =>
      byId.get(ruleId)?.sold.get(`${gtin} ${locationId}`) ?? 0,

    /** Takes in what was recorded since the last call. Calls `onChange` for each position of which an allocation was used. */
    async follow(onChange: (locationId: string, gtin: number) => void): Promise<void> {
      if (allocations.length === 0) return;
      const book = deps.book();
      let newestMs = readFromMs;
      for await (const rows of readSoldUnits(deps.db, readFromMs, deps.nowMs() + OVERLAP_MS)) {
        for (const row of rows) {
          const key = `${row.sequence} ${row.location_id}`;
          newestMs = Math.max(newestMs, row.recorded_at_ms);
          if (counted.has(key)) continue;
          counted.set(key, row.recorded_at_ms);
          for (const { rule, beganMs, sold } of allocations) {
            if (rule.scope.channel !== row.channel || row.recorded_at_ms < beganMs) continue;
            if (!book.covers(rule, row.location_id, row.gtin)) continue;
            const position = `${row.gtin} ${row.location_id}`;
            sold.set(position, (sold.get(position) ?? 0) + row.units);
            onChange(row.location_id, row.gtin);
          }
        }
      }
      readFromMs = Math.max(readFromMs, newestMs - OVERLAP_MS);
      counted = new Map([...counted].filter(([, atMs]) => atMs >= readFromMs));
    },
  };
}
export type AllocationSales = ReturnType<typeof createAllocationSales>;
