import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { omnichannelValue } from "../../domain/comparison/omnichannel-value.ts";
import { retentionRatio } from "../../domain/comparison/retention-ratio.ts";
import { customerValue } from "../../domain/kpis/k1-customer-value.ts";
import { plainOmnichannelValue } from "../../domain/kpis/k3-omnichannel-value.ts";
import { channelCustomers } from "../../domain/kpis/k3-channel-customers.ts";
import { retentionOfMonth } from "../../domain/kpis/k4-retention.ts";
import { cohortRetention } from "../../domain/kpis/k5-cohort-retention.ts";
import { repeatPurchase } from "../../domain/kpis/k6-repeat-purchase.ts";
import { purchaseFrequency } from "../../domain/kpis/k7-purchase-frequency.ts";
import { onlineShare } from "../../domain/kpis/k8-online-share.ts";
import { retentionByChannels } from "../../domain/kpis/k9-retention-by-channels.ts";
import { calendarOf, filterSales, firstDayOf, groupBy } from "../../domain/kpis/sale-line.ts";
import { salesByPeriod, salesOfGroup } from "../../domain/kpis/sales-by-period.ts";
import { sharedCredit } from "../../domain/kpis/shared-credit.ts";
import { valueBuckets } from "../../domain/kpis/value-buckets.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import { dayOfDate } from "../../domain/time-zone/local-clock.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { differences, type Figures } from "../support/report-differences.ts";
import { drawUntilMet, printedSeed } from "../support/random-draws.ts";
import { createReportCaller } from "../support/run-report.ts";
import { type StoredHistory, storeHistory, storeProducts } from "../support/sale-histories.ts";
import { DAYS, type DrawnHistory, historyArbitrary } from "../support/sale-history-arbitrary.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 300 : 6;

let db: Database;
let run: ReturnType<typeof createReportCaller>;
let histories: StoredHistory[];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await storeProducts(db);
  const seed = printedSeed(`${HISTORIES} histories of sales`);
  const store = (drawn: DrawnHistory, index: number) => storeHistory(db, drawn, index);
  histories = await drawUntilMet(historyArbitrary, { seed, least: HISTORIES, store, needs });
  const [drawn] = fc.sample(historyArbitrary, { numRuns: 1, seed });
  if (drawn !== undefined) histories.push(await store(soldAhead(drawn), histories.length));
});
afterAll(() => db?.close());

/** All of it sold from the Monday after the asking on, as a till says whose clock is ahead. */
function soldAhead(drawn: DrawnHistory): DrawnHistory {
  const thursday = 60;
  const lines = drawn.lines.map((line, index) => ({ ...line, minute: (thursday + 4) * 1440 + 720 + index }));
  const asked = { isWide: false, asOf: thursday, from: null, length: DAYS, locations: [], channels: [] };
  return { ...drawn, ...asked, categories: [], cohort: null, newcomers: [], lines };
}

function isComparable({ lines, filter }: StoredHistory): boolean {
  const { plain } = omnichannelValue(channelCustomers(lines, filter), { resamples: 0, tenureBandDays: 30 });
  return plain.estimate !== null;
}

/** Whether all of a month is in the window and over. */
function isWholeMonth({ filter, asOfMs }: StoredHistory, month: number): boolean {
  const { beginOf } = calendarOf(filter.timeZone);
  return (
    beginOf(firstDayOf(month)) >= filter.fromMs &&
    beginOf(firstDayOf(month + 1)) <= Math.min(filter.toMs, asOfMs)
  );
}

function hasWholeMonth(history: StoredHistory): boolean {
  const { dayOf, monthOfDay } = calendarOf(history.filter.timeZone);
  return filterSales(history.lines, history.filter).some(({ atMs }) =>
    isWholeMonth(history, monthOfDay(dayOf(atMs))),
  );
}

const savedOrders = ({ lines, filter, askedAt }: StoredHistory): number =>
  sharedCredit(lines, filter, { storeChannels: ["store"], askedAt, by: "all" }).reduce(
    (sum, { saved_orders: orders }) => sum + orders,
    0,
  );

/** A few small histories may have nothing for one of the tests. */
const needs = [
  { name: "customers of several channels beside those of one", isMet: isComparable },
  { name: "a month that is over, with sales", isMet: hasWholeMonth },
  {
    name: "a cohort",
    isMet: ({ lines, filter, asOfMs }: StoredHistory) => cohortRetention(lines, filter, asOfMs).length > 0,
  },
  { name: "a saved sale", isMet: (history: StoredHistory) => savedOrders(history) > 0 },
];

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
  const judge = (history: StoredHistory, rows: ReportRow[]) => {
    const { lines, filter, activeDays: days, asked } = history;
    const { monthOfDay } = calendarOf(filter.timeZone);
    return rows.flatMap((row) => {
      const month = monthOfDay(dayOfDate(String(row["month"])));
      const isWhole = isWholeMonth(history, month);
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
  const judge = ({ lines, filter, activeDays: days, asked }: StoredHistory, [row]: ReportRow[]) => {
    const figures = retentionByChannels(lines, filter, days);
    const stayed = (atStart: number, atEnd: number) => ({ atStart, atEnd, newInWindow: 0 });
    const { ratio, lower, upper } = retentionRatio(
      stayed(figures.several_channels_customers, figures.several_channels_kept),
      stayed(figures.one_channel_customers, figures.one_channel_kept),
    );
    const interval = { retention_ratio: ratio, ratio_lower: lower, ratio_upper: upper };
    return differences(row, { ...figures, ...interval }, asked);
  };
  expect(await wrongIn("retention-by-channels", judge, { more: activeDays, without: withoutCohort })).toEqual(
    [],
  );
});

test("K3: the matched comparison in SQL equals that of the domain, and the same seed gives the same interval", async () => {
  const intervals = new Map<string, unknown>();
  let compared = 0;
  const judge = ({ lines, filter, asked }: StoredHistory, rows: ReportRow[]) => {
    const customers = channelCustomers(lines, filter);
    const expected = omnichannelValue(customers, { resamples: 0, tenureBandDays: 30 });
    return (["matched", "plain"] as const).flatMap((comparison) => {
      const { estimate, treated, control, strata, matchedStrata } = expected[comparison];
      const row = rows.find((one) => one["comparison"] === comparison);
      if (row === undefined && customers.length === 0) return [];
      compared += estimate === null ? 0 : 1;
      const interval = [row?.["ratio_lower"], row?.["ratio_upper"], row?.["resamples"]];
      const key = JSON.stringify([asked, comparison]);
      const isSame = JSON.stringify(intervals.get(key) ?? interval) === JSON.stringify(interval);
      intervals.set(key, interval);
      const figures = {
        ratio: estimate,
        several_channels_customers: treated.n,
        one_channel_customers: control.n,
        several_channels_matched: treated.matched,
        one_channel_matched: control.matched,
        several_channels_mean: treated.mean,
        one_channel_mean: control.mean,
        strata,
        matched_strata: matchedStrata,
      };
      const wrong = differences(row, figures, asked);
      if (!isSame) wrong.push(`another interval: ${interval}`);
      return wrong;
    });
  };
  const more = () => ({ tenureBandDays: "30", resamples: "20" });
  for (let time = 0; time < 2; time += 1)
    expect(await wrongIn("omnichannel-value-matched", judge, { more })).toEqual([]);
  expect(compared).toBeGreaterThan(0);
});

test("K1: the distribution of values in SQL equals the fold, bucket by bucket", async () => {
  const judge = ({ lines, filter, asked }: StoredHistory, rows: ReportRow[]) => {
    const values = channelCustomers(lines, filter).map(({ value }) => value);
    const expected = valueBuckets(values, 5);
    const wrong = expected.flatMap((bucket, index) => differences(rows[index], bucket, asked));
    return rows.length === expected.length ? wrong : [`${rows.length} buckets, not ${expected.length}`];
  };
  expect(await wrongIn("customer-value-distribution", judge, { more: () => ({ buckets: "5" }) })).toEqual([]);
});

test.each(["day", "week", "month"] as const)(
  "K7, K8: sales by %s in SQL equal the fold, also in periods without any and those that are not over",
  async (period) => {
    const judge = ({ lines, filter, asked, asOfMs }: StoredHistory, rows: ReportRow[]) => {
      const expected = salesByPeriod(lines, filter, { period, asOfMs, storeChannels: ["store"] });
      const wrong = expected.flatMap((figures, index) => differences(rows[index], figures, asked));
      return rows.length === expected.length ? wrong : [`${rows.length} periods, not ${expected.length}`];
    };
    expect(await wrongIn("sales-by-period", judge, { more: () => ({ period }) })).toEqual([]);
  },
);

test("K8: sales by channel in SQL equal the fold", async () => {
  const judge = ({ lines, filter, asked }: StoredHistory, rows: ReportRow[]) => {
    const counted = filterSales(lines, filter);
    const groups = [...groupBy(counted, ({ channel }) => channel)];
    const wrong = groups.flatMap(([group, own]) =>
      differences(
        rows.find((row) => row["group"] === group),
        salesOfGroup(own, counted, filter.countsFree),
        asked,
      ),
    );
    return rows.length === groups.length ? wrong : [`${rows.length} channels, not ${groups.length}`];
  };
  expect(await wrongIn("sales-by-group", judge)).toEqual([]);
});

test.each(["all", "location"] as const)(
  "shared credit of stores and online in SQL equals the fold, by %s",
  async (by) => {
    let saved = 0;
    const judge = ({ lines, filter, askedAt, asked }: StoredHistory, rows: ReportRow[]) => {
      const expected = sharedCredit(lines, filter, { storeChannels: ["store"], askedAt, by });
      saved += expected.reduce((sum, { saved_orders: orders }) => sum + orders, 0);
      const wrong = expected.flatMap((figures, index) => differences(rows[index], figures, asked));
      return rows.length === expected.length ? wrong : [`${rows.length} groups, not ${expected.length}`];
    };
    expect(await wrongIn("shared-credit", judge, { more: () => ({ by }) })).toEqual([]);
    expect(saved).toBeGreaterThan(0);
  },
);
