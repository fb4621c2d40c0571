import { describe, expect, test } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { countAccuracy } from "./count-accuracy.ts";
import { satisfaction } from "./k10-satisfaction.ts";
import { shortPicks } from "./p8-short-picks.ts";
import type { FulfilmentFact, OrderUnitsFact } from "./pickup-facts.ts";

const FILE = "kpi/cases/kpi_worked_examples.json";
const missing = missingSharedData(FILE);

type Cases = {
  phantom_units: { system: number; physical: number; phantom: number }[];
  fill_rate: (
    | {
        lines_filled: number;
        lines_requested: number;
        line_fill_rate: number;
        units_shipped: number;
        units_requested: number;
      }
    | { shelf_stock: number; order_qty: number; line_fill_rate: number }
  )[];
  nps: { promoters_pct: number; detractors_pct: number; nps: number }[];
  stocktake_unit_accuracy: { found_expected: number; unexpected: number; missing: number }[];
};

/** Where each group of the file is tested, or why it is none of ours. */
const GROUPS: Record<string, string> = {
  fill_rate: "here",
  turnover: "inventory-kpis.test.ts",
  gmroi: "inventory-kpis.test.ts",
  weeks_of_supply: "inventory-kpis.test.ts",
  inventory_record_accuracy: "count-accuracy.test.ts",
  phantom_units: "here",
  stocktake_unit_accuracy: "count-accuracy.test.ts, and here",
  nps: "here",
  retention_24h_window: "of a window of 24 hours; K4 and K5 are of calendar months",
};

const AT_MS = 1;
const ALL = { fromMs: 0, toMs: 2, locations: [], channels: [] };

const part: FulfilmentFact = {
  orderId: "1",
  fulfilmentId: "1",
  channel: "web",
  personId: null,
  locationId: "S1",
  method: "pickup",
  status: "ready",
  placedAtMs: AT_MS,
  promisedReadyAtMs: null,
  acceptedAtMs: AT_MS,
  pickingAtMs: AT_MS,
  readyAtMs: AT_MS,
  arrivedAtMs: null,
  collectedAtMs: null,
  cancelledAtMs: null,
  noShowAtMs: null,
};
const lineOf = (lineNo: number, quantity: number, short: number): OrderUnitsFact => ({
  orderId: "1",
  lineNo,
  fulfilmentId: "1",
  channel: "web",
  locationId: "S1",
  method: "pickup",
  category: "",
  placedAtMs: AT_MS,
  quantity,
  short,
  cancelled: 0,
  handedOver: quantity - short,
  insteadOf: 0,
});
const shortRate = (lines: readonly OrderUnitsFact[]) =>
  shortPicks({ fulfilments: [part], lines, steps: [] }, ALL).short_pick_rate;

describe.skipIf(missing !== null)(`worked examples${missing === null ? "" : `: ${missing}`}`, () => {
  const cases = missing === null ? (readSharedJson(FILE) as Cases) : null!;

  test("every group of the file is tested, or is told why not", () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(GROUPS).toSorted());
  });

  test("I4: units that are on the book and not there", () => {
    expect(cases.phantom_units.length).toBeGreaterThan(1);
    for (const { system, physical, phantom } of cases.phantom_units) {
      const figures = countAccuracy([{ book: system, counted: physical, costMicros: null }], 0);
      expect(figures).toMatchObject({ missing_units: phantom, unexpected_units: 0, net_units: -phantom });
    }
  });

  test("P8: the line fill rate is what the short-pick rate leaves; a line that is filled in part is short", () => {
    const linesOf = (one: Cases["fill_rate"][number]): OrderUnitsFact[] => {
      if ("shelf_stock" in one) return [lineOf(1, one.order_qty, one.order_qty - one.shelf_stock)];
      const unfilled = one.lines_requested - one.lines_filled;
      const lacking = (one.units_requested - one.units_shipped) / unfilled;
      return Array.from({ length: one.lines_requested }, (_, at) =>
        lineOf(at + 1, lacking + 1, at < unfilled ? lacking : 0),
      );
    };
    expect(cases.fill_rate.length).toBeGreaterThan(1);
    for (const one of cases.fill_rate) {
      expect(1 - (shortRate(linesOf(one)) ?? 0)).toBeCloseTo(one.line_fill_rate, 4);
    }
  });

  test("K10: promoters less detractors", () => {
    for (const { promoters_pct: promoters, detractors_pct: detractors, nps } of cases.nps) {
      const scores = Array.from({ length: 100 }, (_, at) =>
        at < promoters ? 9 : at < promoters + detractors ? 6 : 8,
      );
      const answers = scores.map((score) => ({
        question: "nps" as const,
        score,
        locationId: "S1",
        channel: "web",
        atMs: AT_MS,
      }));
      expect(satisfaction(answers, ALL).nps).toBe(nps);
    }
  });

  test("I4: a net error of −0.9 % hides a gross one of 1.8 %", () => {
    const [{ found_expected: found, unexpected, missing: lost } = null!] = cases.stocktake_unit_accuracy;
    const line = (book: number, counted: number) => ({ book, counted, costMicros: null });
    const figures = countAccuracy([line(found, found), line(lost, 0), line(0, unexpected)], 0);
    const percent = (units: number) => Math.round((1000 * units) / figures.book_units) / 10;
    expect([percent(figures.net_units), percent(figures.gross_units)]).toEqual([-0.9, 1.8]);
  });
});
