import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenPromiseChurn } from "../../domain/comparison/broken-promise-churn.ts";
import { satisfaction } from "../../domain/kpis/k10-satisfaction.ts";
import { promisedOrders } from "../../domain/kpis/k11-promised-orders.ts";
import { crossChannelOffers } from "../../domain/kpis/k12-cross-channel-offers.ts";
import { pickupRate } from "../../domain/kpis/p1-pickup-rate.ts";
import { pickupFunnel } from "../../domain/kpis/p2-pickup-funnel.ts";
import { pickupService } from "../../domain/kpis/p2-pickup-service.ts";
import { attachRate } from "../../domain/kpis/p6-attach-rate.ts";
import { disappointment } from "../../domain/kpis/p7-disappointment.ts";
import { shortPicks } from "../../domain/kpis/p8-short-picks.ts";
import { returnsAnywhere } from "../../domain/kpis/p9-returns-anywhere.ts";
import { savedSales } from "../../domain/kpis/p10-saved-sales.ts";
import { calendarOf } from "../../domain/opening-hours/pickup-ready.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { type PickupHistory, pickupHistoryOf } from "../support/pickup-histories.ts";
import { type DrawnPickups, LOCATIONS, pickupHistoryArbitrary } from "../support/pickup-history-arbitrary.ts";
import { differences, type Figures } from "../support/report-differences.ts";
import { drawUntilMet, printedSeed } from "../support/random-draws.ts";
import { createReportCaller } from "../support/run-report.ts";
import { storePickupHistory } from "../support/store-pickup-history.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 30 : 3;
const STORE = ["store"];
const NOW_MS = Date.now();

/** Over midnight, closed on Sundays; never closed; not known. */
const HOURS: Record<(typeof LOCATIONS)[number], { openingHours: string; timeZone: string }> = {
  S1: { openingHours: "Mo-Fr 09:00-12:30,14:00-20:00; Sa 18:00-02:00", timeZone: "Europe/Berlin" },
  S2: { openingHours: "24/7", timeZone: "America/New_York" },
  W1: { openingHours: "", timeZone: "UTC" },
};
const calendars = new Map(
  Object.entries(HOURS).map(([id, hours]) => [id, calendarOf({ ...hours, publicHolidays: [] })]),
);
const openMinutesBetween = (locationId: string, fromMs: number, toMs: number): number | null =>
  calendars.get(locationId)?.openMinutesBetween(fromMs, toMs) ?? null;

let db: Database;
let run: ReturnType<typeof createReportCaller>;
let histories: PickupHistory[];

beforeAll(async () => {
  db = await openTestDatabase();
  run = createReportCaller(db);
  await db.insert({
    name: "test/locations",
    table: "locations",
    columns: ["location_id", "kind", "opening_hours", "time_zone", "version"],
    rows: LOCATIONS.map((id) => [id, "store", HOURS[id].openingHours, HOURS[id].timeZone, 1]),
  });
  const seed = printedSeed(`${HISTORIES} histories of pickups`);
  histories = await drawUntilMet(pickupHistoryArbitrary, { seed, least: HISTORIES, store, needs: needs() });
});
afterAll(() => db?.close());

async function store(drawn: DrawnPickups, index: number): Promise<PickupHistory> {
  const history = pickupHistoryOf(drawn, index);
  await storePickupHistory(db, history);
  return history;
}

/** A few small histories may have nothing for one of the tests. */
const needs = () => [
  ...folds.map(([, report, , , fold]) => ({
    name: report,
    isMet: (history: PickupHistory) => !isEmpty(fold(history)),
  })),
  { name: "orders whose promise was broken beside others", isMet: isComparable },
];

const churnOf = ({ churnDays, asOfMs, filter, ...facts }: PickupHistory) =>
  brokenPromiseChurn(promisedOrders(facts, filter, { asOfMs, churnDays }), { resamples: 0 });

function isComparable(history: PickupHistory): boolean {
  return churnOf(history).plain.estimate !== null;
}

function isEmpty(figures: Figures): boolean {
  return Object.values(figures).every((figure) => figure === null || figure === 0);
}

type Asked = Record<string, string | string[]>;

/** Runs a report of each history; what is not as the fold says. Without rows the fold must have nothing. */
async function wrongIn(
  report: string,
  options: {
    takes: readonly string[];
    more?: (history: PickupHistory) => Asked;
    nowMs?: (history: PickupHistory) => number;
    judge: (history: PickupHistory, rows: ReportRow[], asked: Asked) => string[];
  },
): Promise<string[]> {
  const wrong: string[] = [];
  for (const history of histories) {
    const own = Object.entries(history.asked).filter(([name]) => options.takes.includes(name));
    const asked = { ...Object.fromEntries(own), ...options.more?.(history) };
    const rows = await run(report, asked, options.nowMs?.(history) ?? NOW_MS);
    wrong.push(...options.judge(history, rows, asked));
  }
  return wrong;
}

const USUAL = ["from", "to", "timeZone", "location", "channel"];

const folds: [
  kpi: string,
  report: string,
  takes: string[],
  more: Asked,
  fold: (history: PickupHistory) => Figures,
][] = [
  ["K10", "satisfaction", USUAL, {}, ({ answers, filter }) => satisfaction(answers, filter)],
  [
    "K12",
    "cross-channel-offers",
    USUAL.slice(0, 3),
    {},
    ({ offers, filter }) => crossChannelOffers(offers, filter),
  ],
  ["P1", "pickup-rate", USUAL, {}, ({ fulfilments, filter }) => pickupRate(fulfilments, filter, STORE)],
  [
    "P2 to P5",
    "pickup-service",
    USUAL,
    {},
    ({ fulfilments, filter }) => pickupService(fulfilments, filter, { nowMs: NOW_MS, openMinutesBetween }),
  ],
  [
    "P6",
    "attach-rate",
    USUAL,
    { withinMinutes: "60" },
    ({ fulfilments, sales, filter }) => attachRate(fulfilments, sales, filter, 60),
  ],
  [
    "P7",
    "disappointment",
    [...USUAL, "category"],
    {},
    ({ lines, steps, filter }) => disappointment(lines, steps, filter),
  ],
  ["P8", "short-picks", USUAL, {}, (history) => shortPicks(history, history.filter)],
  [
    "P9",
    "returns-anywhere",
    USUAL,
    {},
    ({ returns, sales, filter }) =>
      returnsAnywhere(returns, sales, filter, { storeChannels: STORE, withinMinutes: 60 }),
  ],
  ["P10", "saved-sales", USUAL, {}, ({ misses, filter }) => savedSales(misses, filter)],
];

test.each(folds)("%s: %s in SQL equals the fold", async (_, report, takes, more, fold) => {
  let seen = 0;
  const judge = (history: PickupHistory, [row]: ReportRow[], asked: Asked) => {
    const figures = fold(history);
    if (row === undefined && isEmpty(figures)) return [];
    seen += isEmpty(figures) ? 0 : 1;
    return differences(row, figures, asked);
  };
  expect(await wrongIn(report, { takes, more: () => more, judge })).toEqual([]);
  expect(seen).toBeGreaterThan(0);
});

test("P2: the funnel of pickups in SQL equals the fold, stage by stage", async () => {
  let placed = 0;
  const judge = ({ fulfilments, filter }: PickupHistory, rows: ReportRow[], asked: Asked) => {
    const expected = pickupFunnel(fulfilments, filter);
    placed += expected[0]?.pickups ?? 0;
    const wrong = expected.flatMap((stage, index) => differences(rows[index], stage, asked));
    return rows.length === expected.length ? wrong : [...wrong, `${rows.length} stages`];
  };
  expect(await wrongIn("pickup-funnel", { takes: USUAL, judge })).toEqual([]);
  expect(placed).toBeGreaterThan(0);
});

test.each([
  ["P7", "disappointment", "promised_lines"],
  ["P2 to P5", "pickup-service", "pickups"],
])(
  "%s: days and groups of %s add up to the whole, and days that are not over are blank",
  async (_, report, column) => {
    // The first that has any: what is asked of a small history may leave nothing of it.
    let byDay: Asked = {};
    let whole: ReportRow | undefined;
    let parts: ReportRow[] = [];
    for (let index = 0; parts.length === 0 && index < histories.length; index += 1) {
      const own = Object.entries(histories[index]?.asked ?? {}).filter(([name]) => USUAL.includes(name));
      const asked = Object.fromEntries(own);
      byDay = { ...asked, period: "day", by: "location" };
      [whole] = await run(report, asked);
      parts = await run(report, byDay);
    }
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.every((row) => row["is_complete"] === 1)).toBe(true);
    expect(parts.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(whole?.[column] ?? 0);
    // Asked in the middle of a day in the middle of the window.
    const middleMs = Date.parse(String(parts[Math.floor(parts.length / 2)]?.["period"])) + 43_200_000;
    const asMiddle = await run(report, byDay, middleMs);
    const isOver = (row: ReportRow) => Date.parse(String(row["period"])) + 36 * 3_600_000 < middleMs;
    const isAhead = (row: ReportRow) => Date.parse(String(row["period"])) > middleMs;
    expect(asMiddle.filter(isOver).every((row) => row["is_complete"] === 1)).toBe(true);
    expect(asMiddle.filter(isAhead).every((row) => row["is_complete"] === 0 && row[column] === null)).toBe(
      true,
    );
  },
);

test("K11: churn after a broken promise in SQL equals the comparison in the domain, plain and matched", async () => {
  let compared = 0;
  const judge = (history: PickupHistory, rows: ReportRow[], asked: Asked) => {
    const expected = churnOf(history);
    return (["matched", "plain"] as const).flatMap((comparison) => {
      const { estimate, treated, control, strata, matchedStrata } = expected[comparison];
      const row = rows.find((one) => one["comparison"] === comparison);
      if (row === undefined && treated.n + control.n === 0) return [];
      compared += estimate === null ? 0 : 1;
      const figures = {
        broken_orders: treated.n,
        kept_orders: control.n,
        broken_matched: treated.matched,
        kept_matched: control.matched,
        broken_churn: treated.mean,
        kept_churn: control.mean,
        strata,
        matched_strata: matchedStrata,
      };
      const isNear =
        estimate === null
          ? row?.["difference"] === null
          : Math.abs(Number(row?.["difference"]) - estimate) < 1e-12;
      const wrong = differences(row, figures, asked);
      if (!isNear) wrong.push(`difference: ${row?.["difference"]}, not ${estimate}`);
      return wrong;
    });
  };
  const found = await wrongIn("broken-promise-churn", {
    takes: USUAL,
    more: ({ churnDays }) => ({ churnDays: String(churnDays), resamples: "20" }),
    nowMs: ({ asOfMs }) => asOfMs,
    judge,
  });
  expect(found).toEqual([]);
  expect(compared).toBeGreaterThan(0);
});
