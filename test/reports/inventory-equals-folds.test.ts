import { afterAll, beforeAll, expect, test } from "vitest";
import { countAccuracy } from "../../domain/kpis/count-accuracy.ts";
import { gmroi, inventoryTurns } from "../../domain/kpis/i10-i11-inventory-value.ts";
import { ageOfTruth, ghostLines, ghostStock } from "../../domain/kpis/i12-i13-evidence.ts";
import { lastUnitSales, lastUnits } from "../../domain/kpis/i14-last-unit-sales.ts";
import { shrink } from "../../domain/kpis/i6-shrink.ts";
import { sellThrough } from "../../domain/kpis/i7-sell-through.ts";
import { stockOuts } from "../../domain/kpis/i8-stock-outs.ts";
import { shelfAvailability } from "../../domain/kpis/i9-shelf-availability.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { drawUntilMet, printedSeed } from "../support/random-draws.ts";
import { createReportCaller } from "../support/run-report.ts";
import { type Figures, differences } from "../support/report-differences.ts";
import { type AskedPast, askedOf, inventoryFacts, placeOf } from "../support/asked-past.ts";
import { type DrawnPast, pastArbitrary, UNSEEN_DAYS } from "../support/stock-pasts.ts";
import { storeCommon, storePast } from "../support/store-stock-past.ts";

const PASTS = process.env["ONHAND_LONG"] === "1" ? 200 : 6;

type Groups = Map<string, Figures | null>;
/** A report with what is asked of it beside the usual, and the figures of each of its groups. */
type Fold = {
  kpi: string;
  report: string;
  more: (past: AskedPast) => Record<string, string>;
  groupsOf: (past: AskedPast) => Groups;
};

let db: Database;
let run: ReturnType<typeof createReportCaller>;
let pasts: AskedPast[];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await storeCommon(db);
  const seed = printedSeed(`${PASTS} pasts of stock`);
  const store = async (drawn: DrawnPast, index: number) => askedOf(drawn, await storePast(db, drawn, index));
  pasts = await drawUntilMet(pastArbitrary, { seed, least: PASTS, store, needs: needs() });
});
afterAll(() => db?.close());

/** A few small pasts may have nothing for one of the tests, or only periods that are not whole. */
const needs = () => [
  ...folds.map(({ report, groupsOf }) => ({
    name: report,
    isMet: (past: AskedPast) => [...groupsOf(past).values()].some((figures) => figures !== null),
  })),
  { name: "ghosts", isMet: (past: AskedPast) => ghostsOf(past, hauntedDays(past)).length > 0, draws: 4 },
];

/** What of a report's rows is not as the fold says; null figures are those of a period that is not whole. */
async function wrongIn({ report, more, groupsOf }: Fold): Promise<string[]> {
  const wrong: string[] = [];
  for (const past of pasts) {
    const asked = { ...only(report, past.question.asked), ...more(past) };
    const rows = await run(report, asked, past.question.nowMs);
    const expected = [...groupsOf(past)].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const of = `${JSON.stringify(asked)} of past ${pasts.indexOf(past)}`;
    if (rows.length !== expected.length)
      wrong.push(`groups ${rows.map((row) => row["group"])}, not ${expected.map(([group]) => group)}, ${of}`);
    for (const [index, [group, figures]] of expected.entries()) {
      const row: ReportRow = rows[index] ?? {};
      wrong.push(...differences(row, { group, ...(figures ?? { is_complete: 0 }) }, of));
      if (figures === null) wrong.push(...notBlank(row, of));
    }
  }
  return wrong;
}

function notBlank(row: ReportRow, of: string): string[] {
  const said = new Set(["group", "is_complete", "label", "note", "tolerance"]);
  return Object.entries(row).flatMap(([column, value]) =>
    value === null || said.has(column) ? [] : [`${column}: ${value}, not blank, ${of}`],
  );
}

const NOW_ONLY = new Set(["shelf-availability", "age-of-truth", "ghost-stock", "ghost-stock-lines"]);
const WITH_MONEY = new Set([
  "gmroi",
  "inventory-turns",
  "shrink",
  "ghost-stock",
  "ghost-stock-lines",
  "count-accuracy",
]);

function only(report: string, asked: AskedPast["question"]["asked"]): Record<string, string | string[]> {
  const { from, to, timeZone, currency, ...others } = asked;
  const window = NOW_ONLY.has(report) ? {} : { from: from ?? "", to: to ?? "", timeZone: timeZone ?? "" };
  return { ...others, ...window, ...(WITH_MONEY.has(report) ? { currency: currency ?? "" } : {}) };
}
const firstOf = (days: readonly { day: number }[]) => Math.min(...days.map(({ day }) => day));
const by = ({ question }: AskedPast) => ({ by: question.by });
const byPlace = ({ question }: AskedPast) => ({ by: placeOf(question) });

const tagged = ({ proved }: AskedPast) => proved.filter(({ isTagged }) => isTagged);
const ghostQuestion = (past: AskedPast) => ({
  nowMs: past.question.nowMs,
  unseenDays: past.drawn.unseenDays,
  among: tagged(past),
});

const ofInventory =
  (fold: typeof gmroi | typeof inventoryTurns) =>
  (past: AskedPast): Groups => {
    const facts = inventoryFacts(past);
    return past.byDay(facts, firstOf(facts), (ofGroup, { days, lastDay }) => {
      const stock = ofGroup.flatMap((fact) => fact.stock ?? []);
      const filled = stock.filter(({ onHand }) => onHand > 0);
      // Where nothing was in stock there is no row.
      if (filled.length === 0) return null;
      const counted = days ?? past.question.untilDay - firstOf(filled);
      const sales = ofGroup.flatMap((fact) => fact.sale ?? []);
      return { days: counted, ...fold(stock, sales, { costOf: past.costOf, days: counted, lastDay }) };
    });
  };

const folds: Fold[] = [
  {
    kpi: "I1–I5, of counts of here and of before",
    report: "count-accuracy",
    more: (past) => ({ ...by(past), tolerance: String(past.drawn.tolerance) }),
    groupsOf: (past) =>
      past.byInstant(past.counts, (counts) => ({
        counts: counts.length,
        ...countAccuracy(counts, past.drawn.tolerance),
      })),
  },
  {
    kpi: "I6",
    report: "shrink",
    more: byPlace,
    groupsOf: (past) => {
      const told = past.allCounts.filter(({ isLive, book, counted }) => !isLive && book !== counted);
      const losses = [
        ...past.changes.map(({ lost, ...change }) => ({ ...change, units: lost, costMicros: null })),
        ...told.map((count) => Object.assign({ units: count.book - count.counted }, count)),
      ];
      const groups = past.byPlace(past.counts, (counts) => shrink(counts, losses, past.allSales));
      return new Map([...groups].filter(([, figures]) => figures?.["sku_locations"] !== 0));
    },
  },
  {
    kpi: "I7, by what is received and by what is left",
    report: "sell-through",
    more: (past) => ({ ...by(past), against: past.drawn.against }),
    groupsOf: (past) =>
      past.byDay(past.stock, firstOf(past.stock), (days, { lastDay }) =>
        sellThrough(days, lastDay, past.drawn.against),
      ),
  },
  {
    kpi: "I8, over every day of every product at every location",
    report: "stock-outs",
    more: by,
    groupsOf: (past) => past.byDay(past.stock, firstOf(past.stock), stockOuts),
  },
  { kpi: "I10", report: "gmroi", more: by, groupsOf: ofInventory(gmroi) },
  { kpi: "I11", report: "inventory-turns", more: by, groupsOf: ofInventory(inventoryTurns) },
  {
    kpi: "I9",
    report: "shelf-availability",
    more: byPlace,
    groupsOf: (past) =>
      past.byPlace(
        past.items.filter(({ isHere, isSellable }) => isHere && isSellable),
        shelfAvailability,
      ),
  },
  {
    kpi: "I12",
    report: "ghost-stock",
    more: (past) => ({ ...byPlace(past), unseenDays: String(past.drawn.unseenDays) }),
    groupsOf: (past) => past.byPlace(tagged(past), (positions) => ghostStock(positions, ghostQuestion(past))),
  },
  {
    kpi: "I13",
    report: "age-of-truth",
    more: byPlace,
    groupsOf: (past) => past.byPlace(past.proved, (positions) => ageOfTruth(positions, past.question.nowMs)),
  },
  {
    kpi: "I14, of last units and how they end",
    report: "last-unit-sales",
    more: by,
    groupsOf: (past) =>
      past.byInstant(
        lastUnits(past.steps).map(({ step, ending }) => Object.assign({ ending }, step)),
        lastUnitSales,
      ),
  },
];

const named = folds.map((fold) => [fold.kpi, fold.report, fold] as const);
test.each(named)("%s: %s in SQL equals the fold", async (_kpi, _report, fold) => {
  expect(await wrongIn(fold)).toEqual([]);
});

const ghostsOf = (past: AskedPast, days: number) =>
  ghostLines(tagged(past).filter(past.isAsked), { ...ghostQuestion(past), unseenDays: days });
/** D for which a past has most ghosts: many have none for the one that was drawn. */
const hauntedDays = (past: AskedPast): number =>
  UNSEEN_DAYS.reduce<number>(
    (best, days) => (ghostsOf(past, days).length > ghostsOf(past, best).length ? days : best),
    1,
  );

test("I12: each ghost in SQL equals the fold, the most money first", async () => {
  const wrong: string[] = [];
  for (const past of pasts) {
    const days = hauntedDays(past);
    const asked = { ...only("ghost-stock-lines", past.question.asked), unseenDays: String(days) };
    const rows = await run("ghost-stock-lines", asked, past.question.nowMs);
    const expected = ghostsOf(past, days);
    const of = `${JSON.stringify(asked)} of past ${pasts.indexOf(past)}`;
    if (rows.length !== expected.length) wrong.push(`${rows.length} ghosts, not ${expected.length}, ${of}`);
    for (const [index, figures] of expected.entries()) wrong.push(...differences(rows[index], figures, of));
  }
  expect(wrong).toEqual([]);
});
