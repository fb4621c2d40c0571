import { z } from "zod";
import type { ExplainRule } from "../../domain/explain/explanation.ts";
import { createRuleBook } from "../../domain/rules/rule-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { beganAtMs, readSoldUnits } from "./allocation-sales.ts";
import type { RuleStore, StoredRule } from "./rule-store.ts";

const reservedRow = z.object({ channel: z.string(), reserved: z.number() });

/**
 * The rules that held at a position at any past instant, by what was stored then, with the units that each took from a channel's
 * answer. Time zones of locations and categories of products are today's: they have no history.
 */
export function createRulesInForce(deps: { db: Database; store: RuleStore }) {
  /** Units of each allocation that its channel had used by the instant. */
  async function usedAt(allocations: readonly StoredRule[], locationId: string, gtin: number, atMs: number) {
    const used = new Map<string, number>();
    if (allocations.length === 0) return used;
    const rows = await deps.db.query({
      name: "rules/reserved-by-channel",
      sql: loadQuery("rules/reserved-by-channel"),
      params: { at: new Date(atMs), location_id: locationId, gtin },
      row: reservedRow,
    });
    const reserved = new Map(rows.map((row) => [row.channel, row.reserved]));
    for (const { rule } of allocations) used.set(rule.ruleId, reserved.get(rule.scope.channel ?? "") ?? 0);
    const firstMs = Math.min(...allocations.map(beganAtMs));
    if (firstMs > atMs) return used;
    for await (const sold of readSoldUnits(deps.db, firstMs, atMs)) {
      for (const row of sold) {
        if (row.location_id !== locationId || row.gtin !== gtin) continue;
        for (const one of allocations) {
          if (one.rule.scope.channel !== row.channel || row.recorded_at_ms < beganAtMs(one)) continue;
          used.set(one.rule.ruleId, (used.get(one.rule.ruleId) ?? 0) + row.units);
        }
      }
    }
    return used;
  }

  return {
    async inForce(locationId: string, gtin: number, channel: string, atMs: number): Promise<ExplainRule[]> {
      const set = await deps.store.loadAsOf(atMs);
      const allocations = set.rules.filter(({ rule }) => rule.kind === "allocation");
      const used = await usedAt(allocations, locationId, gtin, atMs);
      const book = createRuleBook({
        ...set,
        rules: set.rules.map(({ rule }) => rule),
        usedUnits: (rule) => used.get(rule.ruleId) ?? 0,
      });
      const stored = new Map(set.rules.map((one) => [one.rule.ruleId, one]));
      return book
        .fittingRules(locationId, gtin, channel, atMs)
        .filter(({ holds }) => holds)
        .map(({ rule, units }) => ({
          ruleId: rule.ruleId,
          version: stored.get(rule.ruleId)?.version ?? 0,
          kind: rule.kind,
          units,
          changedAt: stored.get(rule.ruleId)?.changedAt ?? null,
          note: rule.note,
        }));
    },
  };
}
