import fc from "fast-check";
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
import { createReportCaller } from "../support/run-report.ts";
import { type Figures, rowDifferences } from "../support/row-differences.ts";
import { type AskedPast, askedOf, inventoryFacts, placeOf } from "../support/asked-past.ts";
import { pastArbitrary, UNSEEN_DAYS } from "../support/stock-pasts.ts";
import { storeCommon, storePast } from "../support/store-stock-past.ts";

const PASTS = process.env["ONHAND_LONG"] === "1" ? 200 : 6;

let db: Database;
let run: ReturnType<typeof createReportCaller>;
const pasts: AskedPast[] = [];
/** Pasts with ghosts: of those above, and others where these are too few. */
const haunted: AskedPast[] = [];
const HAUNTED = 4;

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await storeCommon(db);
  const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${PASTS} pasts of stock, seed ${seed} (ONHAND_SEED)\n`);
  for (const [index, drawn] of fc.sample(pastArbitrary, { numRuns: PASTS + 40, seed }).entries()) {
    if (index >= PASTS && haunted.length >= HAUNTED) break;
    const past = askedOf(drawn, await storePast(db, drawn, index));
    if (index < PASTS) pasts.push(past);
    if (ghostsOf(past, hauntedDays(past)).length > 0) haunted.push(past);
  }
});
afterAll(() => db?.close());

/** Each row of the report beside the figures of its group; null figures are those of a period that is not whole. */
async function wrongIn(
  report: string,
  groupsOf: (past: AskedPast) => Map<string, Figures | null>,
  more: (past: AskedPast) => Record<string, string>,
): Promise<string[]> {
  let compared = 0;
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
      compared += 1;
      wrong.push(...rowDifferences(row, { group, ...(figures ?? { is_complete: 0 }) }, of));
      if (figures === null) wrong.push(...notBlank(row, of));
    }
  }
  return compared > 0 ? wrong : ["nothing was compared"];
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

test("I1–I5: the accuracy of counts of here and of before in SQL equals the fold", async () => {
  expect(
    await wrongIn(
      "count-accuracy",
      (past) =>
        past.byInstant(past.counts, (counts) => ({
          counts: counts.length,
          ...countAccuracy(counts, past.drawn.tolerance),
        })),
      (past) => ({ ...by(past), tolerance: String(past.drawn.tolerance) }),
    ),
  ).toEqual([]);
});

test("I6: shrink in SQL equals the fold", async () => {
  const groupsOf = (past: AskedPast) => {
    const told = past.allCounts.filter(({ isLive, book, counted }) => !isLive && book !== counted);
    const losses = [
      ...past.changes.map(({ lost, ...change }) => ({ ...change, units: lost, costMicros: null })),
      ...told.map((count) => Object.assign({ units: count.book - count.counted }, count)),
    ];
    const groups = past.byPlace(past.counts, (counts) => shrink(counts, losses, past.allSales));
    return new Map([...groups].filter(([, figures]) => figures?.["sku_locations"] !== 0));
  };
  expect(await wrongIn("shrink", groupsOf, byPlace)).toEqual([]);
});

test("I7: sell-through in SQL equals the fold, by what is received and by what is left", async () => {
  expect(
    await wrongIn(
      "sell-through",
      (past) =>
        past.byDay(past.stock, firstOf(past.stock), (days, { lastDay }) =>
          sellThrough(days, lastDay, past.drawn.against),
        ),
      (past) => ({ ...by(past), against: past.drawn.against }),
    ),
  ).toEqual([]);
});

test("I8: the stock-out rate in SQL equals the fold over every day of every product at every location", async () => {
  expect(
    await wrongIn("stock-outs", (past) => past.byDay(past.stock, firstOf(past.stock), stockOuts), by),
  ).toEqual([]);
});

test("I10, I11: GMROI, turns and days of supply in SQL equal the folds", async () => {
  const groupsOf = (fold: typeof gmroi | typeof inventoryTurns) => (past: AskedPast) => {
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
  expect(await wrongIn("gmroi", groupsOf(gmroi), by)).toEqual([]);
  expect(await wrongIn("inventory-turns", groupsOf(inventoryTurns), by)).toEqual([]);
});

test("I9: on-shelf availability in SQL equals the fold", async () => {
  expect(
    await wrongIn(
      "shelf-availability",
      (past) =>
        past.byPlace(
          past.items.filter(({ isHere, isSellable }) => isHere && isSellable),
          shelfAvailability,
        ),
      byPlace,
    ),
  ).toEqual([]);
});

const tagged = ({ proved }: AskedPast) => proved.filter(({ isTagged }) => isTagged);
const ghostQuestion = (past: AskedPast) => ({
  nowMs: past.question.nowMs,
  unseenDays: past.drawn.unseenDays,
  among: tagged(past),
});
const unseenDays = ({ drawn }: AskedPast) => ({ unseenDays: String(drawn.unseenDays) });

test("I12, I13: ghosts and the age of truth in SQL equal the folds", async () => {
  const ghosts = (past: AskedPast) =>
    past.byPlace(tagged(past), (positions) => ghostStock(positions, ghostQuestion(past)));
  expect(await wrongIn("ghost-stock", ghosts, (past) => ({ ...byPlace(past), ...unseenDays(past) }))).toEqual(
    [],
  );
  expect(
    await wrongIn(
      "age-of-truth",
      (past) => past.byPlace(past.proved, (positions) => ageOfTruth(positions, past.question.nowMs)),
      byPlace,
    ),
  ).toEqual([]);
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
  for (const past of haunted) {
    const days = hauntedDays(past);
    const asked = { ...only("ghost-stock-lines", past.question.asked), unseenDays: String(days) };
    const rows = await run("ghost-stock-lines", asked, past.question.nowMs);
    const expected = ghostsOf(past, days);
    const of = `${JSON.stringify(asked)} of haunted past ${haunted.indexOf(past)}`;
    if (rows.length !== expected.length) wrong.push(`${rows.length} ghosts, not ${expected.length}, ${of}`);
    for (const [index, figures] of expected.entries())
      wrong.push(...rowDifferences(rows[index], figures, of));
  }
  expect(wrong).toEqual([]);
  expect(haunted.length).toBeGreaterThanOrEqual(HAUNTED);
});

test("I14: last units and how they end in SQL equal the fold", async () => {
  expect(
    await wrongIn(
      "last-unit-sales",
      (past) =>
        past.byInstant(
          lastUnits(past.steps).map(({ step, ending }) => Object.assign({ ending }, step)),
          lastUnitSales,
        ),
      by,
    ),
  ).toEqual([]);
});
