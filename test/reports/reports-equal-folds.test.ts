import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerValue } from "../../domain/kpis/k1-customer-value.ts";
import { plainOmnichannelValue } from "../../domain/kpis/k3-omnichannel-value.ts";
import { retentionOfMonth } from "../../domain/kpis/k4-retention.ts";
import { cohortRetention } from "../../domain/kpis/k5-cohort-retention.ts";
import { repeatPurchase } from "../../domain/kpis/k6-repeat-purchase.ts";
import { purchaseFrequency } from "../../domain/kpis/k7-purchase-frequency.ts";
import { onlineShare } from "../../domain/kpis/k8-online-share.ts";
import { retentionByChannels } from "../../domain/kpis/k9-retention-by-channels.ts";
import { calendarOf, firstDayOf } from "../../domain/kpis/sale-line.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import { dayOfDate } from "../../domain/time-zone/local-clock.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { createReportCaller } from "../support/run-report.ts";
import {
  historyArbitrary,
  type StoredHistory,
  storeHistory,
  storeProducts,
} from "../support/sale-histories.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 300 : 6;

let db: Database;
let run: ReturnType<typeof createReportCaller>;
const histories: StoredHistory[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await storeProducts(db);
  const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 2 ** 31);
  process.stdout.write(`${HISTORIES} histories of sales, seed ${seed} (ONHAND_SEED)\n`);
  for (const [index, drawn] of fc.sample(historyArbitrary, { numRuns: HISTORIES, seed }).entries()) {
    histories.push(await storeHistory(db, drawn, index));
  }
});
afterAll(() => db?.close());

type Figures = Record<string, bigint | number | string | null>;

const micros = (text: string): bigint => {
  const [, sign = "", whole = "", part = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${part.padEnd(6, "0")}`);
};

/** Columns that are not as the fold has them: counts and sums exactly, what was divided to the last digits of a double. */
function differences(row: ReportRow | undefined, figures: Figures, of: unknown): string[] {
  return Object.entries(figures).flatMap(([column, expected]) => {
    const found = row?.[column];
    return isSame(found, expected) ? [] : [`${column}: ${found}, not ${expected}, of ${JSON.stringify(of)}`];
  });
}

function isSame(found: unknown, expected: Figures[string]): boolean {
  if (typeof expected === "bigint") return micros(String(found)) === expected;
  if (typeof expected !== "number" || Number.isInteger(expected)) return found === expected;
  return Math.abs(Number(found) - expected) <= 1e-9 * Math.abs(expected);
}

/** Runs a report of each history; what is not as it should be. */
async function wrongIn(
  report: string,
  judge: (history: StoredHistory, rows: ReportRow[]) => string[],
  options: { more?: (history: StoredHistory) => Record<string, string>; without?: readonly string[] } = {},
): Promise<string[]> {
  const wrong: string[] = [];
  for (const history of histories) {
    const { more = () => ({}), without = [] } = options;
    const asked = Object.fromEntries(
      Object.entries(history.asked).filter(([name]) => !without.includes(name)),
    );
    wrong.push(...judge(history, await run(report, { ...asked, ...more(history) }, history.asOfMs)));
  }
  return wrong;
}

const activeDays = ({ activeDays: days }: StoredHistory) => ({ activeDays: String(days) });
const withoutCohort = ["cohort"];

const folds: [kpi: string, report: string, fold: (history: StoredHistory) => Figures][] = [
  ["K1", "customer-value", ({ lines, filter }) => customerValue(lines, filter)],
  ["K3", "omnichannel-value", ({ lines, filter }) => plainOmnichannelValue(lines, filter)],
  ["K6", "repeat-purchase", ({ lines, filter }) => repeatPurchase(lines, filter)],
  ["K7", "purchase-frequency", ({ lines, filter }) => purchaseFrequency(lines, filter)],
  ["K8", "online-share", ({ lines, filter }) => onlineShare(lines, filter, ["store"])],
];

test.each(folds)("%s: %s in SQL equals the fold", async (_, report, fold) => {
  const judge = (history: StoredHistory, [row]: ReportRow[]) =>
    differences(row, fold(history), history.asked);
  expect(await wrongIn(report, judge)).toEqual([]);
});

test("K4: retention in SQL equals the fold, and is blank in months that are not over or not whole", async () => {
  let compared = 0;
  const judge = ({ lines, filter, activeDays: days, asked, asOfMs }: StoredHistory, rows: ReportRow[]) => {
    const { monthOfDay, beginOf } = calendarOf(filter.timeZone);
    return rows.flatMap((row) => {
      const month = monthOfDay(dayOfDate(String(row["month"])));
      const isWhole =
        beginOf(firstDayOf(month)) >= filter.fromMs &&
        beginOf(firstDayOf(month + 1)) <= Math.min(filter.toMs, asOfMs);
      const figures = retentionOfMonth(lines, filter, { month, activeDays: days });
      const blank = Object.fromEntries(Object.keys(figures).map((name) => [name, null]));
      compared += isWhole ? 1 : 0;
      return differences(row, { is_complete: isWhole ? 1 : 0, ...(isWhole ? figures : blank) }, asked);
    });
  };
  expect(await wrongIn("retention", judge, { more: activeDays, without: withoutCohort })).toEqual([]);
  expect(compared).toBeGreaterThan(0);
});

test("K5: the cohort matrix in SQL equals the fold, cell by cell, and months that are not over are blank", async () => {
  let cells = 0;
  const judge = ({ lines, filter, asked, asOfMs }: StoredHistory, rows: ReportRow[]) => {
    const expected = cohortRetention(lines, filter, asOfMs);
    cells += expected.length;
    const wrong = expected.flatMap((figures, index) => differences(rows[index], figures, asked));
    return rows.length === expected.length
      ? wrong
      : [...wrong, `${rows.length} cells, not ${expected.length}`];
  };
  expect(await wrongIn("cohort-retention", judge, { without: withoutCohort })).toEqual([]);
  expect(cells).toBeGreaterThan(0);
});

test("K9: retention by channels in SQL equals the fold", async () => {
  const judge = ({ lines, filter, activeDays: days, asked }: StoredHistory, [row]: ReportRow[]) =>
    differences(row, retentionByChannels(lines, filter, days), asked);
  expect(await wrongIn("retention-by-channels", judge, { more: activeDays, without: withoutCohort })).toEqual(
    [],
  );
});

test("the rows of customers add up to the report of all", async () => {
  const judge = ({ lines, filter, asked }: StoredHistory, rows: ReportRow[]) => {
    const { customers, net_revenue, returns } = customerValue(lines, filter);
    const sum = (column: string) =>
      String(rows.reduce((total, row) => total + micros(String(row[column])), 0n));
    const found = { customers: rows.length, net_revenue: sum("net_revenue"), returns: sum("returns") };
    return differences(
      found,
      { customers, net_revenue: String(net_revenue), returns: String(returns) },
      asked,
    );
  };
  expect(await wrongIn("customer-values", judge)).toEqual([]);
});
