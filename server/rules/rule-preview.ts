import { computeAvailability } from "../../domain/availability/compute-availability.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { AvailabilityRule } from "../../domain/rules/availability-rule.ts";
import { createRuleBook, type RuleBook, type UsedUnits } from "../../domain/rules/rule-book.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { ReservedUnits } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import type { RuleSet } from "./rule-store.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
const MAX_SHOWN = 100;
const ROWS_AT_ONCE = 10_000;

/** What would be promised to a channel with another rule, or without one: of the positions that it covers, before or after. */
export async function previewRule(
  deps: { projection: Projection; reserved: ReservedUnits; usedUnits: UsedUnits; nowMs(): number },
  wish: { set: RuleSet; now: RuleBook; ruleId: string; rule: AvailabilityRule | null; channel: string },
) {
  const { projection } = deps;
  const table = projection.table();
  const others = wish.set.rules.map(({ rule }) => rule).filter(({ ruleId }) => ruleId !== wish.ruleId);
  const before = wish.set.rules.find(({ rule }) => rule.ruleId === wish.ruleId)?.rule ?? null;
  const next = createRuleBook({
    ...wish.set,
    rules: wish.rule === null ? others : [...others, wish.rule],
    usedUnits: deps.usedUnits,
  });
  const atMs = deps.nowMs();

  const promised = (book: RuleBook, row: number, locationId: string, gtin: number): number => {
    const { safetyStock, allocated, cap } = book.effectOn(locationId, gtin, wish.channel, atMs);
    const { available } = computeAvailability({
      onHand: table.onHandAt(row),
      sellable: table.quantityAt(row, SELLABLE),
      displayOnly: 0,
      reserved: deps.reserved.unitsAt(locationId, gtin, atMs),
      safetyStock,
      allocated,
      certain: null,
      hasRecord: true,
    });
    return cap === null ? available : Math.min(available, cap);
  };

  const items: { locationId: string; gtin: string; from: number; to: number }[] = [];
  let covered = 0;
  let changed = 0;
  for (let row = 0; row < table.size; row += 1) {
    if (row % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    const locationId = table.locationIdAt(row);
    const gtin = table.gtinAt(row);
    const isCovered =
      (wish.rule !== null && next.covers(wish.rule, locationId, gtin)) ||
      (before !== null && wish.now.covers(before, locationId, gtin));
    if (!isCovered) continue;
    covered += 1;
    const from = promised(wish.now, row, locationId, gtin);
    const to = promised(next, row, locationId, gtin);
    if (from === to) continue;
    changed += 1;
    if (items.length < MAX_SHOWN) items.push({ locationId, gtin: gtinFromNumber(gtin), from, to });
  }
  return { channel: wish.channel, covered, changed, items };
}
