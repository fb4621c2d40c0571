import { describe, expect, test } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { gmroi, inventoryTurns } from "./i10-i11-inventory-value.ts";
import type { SaleLine } from "./sale-line.ts";
import type { StockDay } from "./stock-days.ts";

const FILE = "kpi/cases/kpi_worked_examples.json";
const missing = missingSharedData(FILE);
const MICROS = 1_000_000n;

type Cases = {
  turnover: {
    retail_sales: number;
    avg_inv_retail: number;
    turn_retail: number;
    cogs: number;
    avg_inv_cost: number;
    turn_cost: number;
    unit_sales: number;
    avg_inv_units: number;
    turn_units: number;
  }[];
  gmroi: { gm_pct: number; net_sales: number; avg_inventory: number; gmroi_as_published: number }[];
  weeks_of_supply: { inventory: number; sales_6_weeks: number; weeks_of_supply: number }[];
};

/** A year with the same stock every day would do; one day is as good for an average. */
const stockOf = (onHand: number): StockDay[] => [
  { locationId: "S1", gtin: 1, day: 0, onHand, sellable: onHand, sold: 0, returned: 0, received: 0 },
];
const saleOf = (net: number, cost: number, quantity = 1): SaleLine => ({
  orderId: "1",
  lineType: "sale",
  personId: null,
  channel: "store",
  method: "carry_out",
  locationId: "S1",
  category: "",
  isMerchandise: true,
  quantity,
  priceMicros: MICROS,
  netMicros: BigInt(Math.round(net)) * MICROS,
  costMicros: BigInt(Math.round(cost)) * MICROS,
  currency: "EUR",
  atMs: 0,
});
const atOne = { costOf: () => MICROS, days: 1, lastDay: 0 };

describe.skipIf(missing !== null)(`worked examples${missing === null ? "" : `: ${missing}`}`, () => {
  const cases = missing === null ? (readSharedJson(FILE) as Cases) : null!;

  test("I11: turns at cost, at retail and in units", () => {
    for (const one of cases.turnover) {
      const atCost = inventoryTurns(stockOf(one.avg_inv_cost), [saleOf(0, one.cogs)], atOne);
      expect(atCost.turns).toBeCloseTo(one.turn_cost, 4);
      const atRetail = inventoryTurns(stockOf(one.avg_inv_retail), [saleOf(0, one.retail_sales)], atOne);
      expect(atRetail.turns).toBeCloseTo(one.turn_retail, 4);
      const inUnits = inventoryTurns(stockOf(one.avg_inv_units), [saleOf(0, 0, one.unit_sales)], atOne);
      expect(inUnits.unit_turns).toBeCloseTo(one.turn_units, 4);
    }
  });

  test("I11: weeks of supply", () => {
    for (const { inventory, sales_6_weeks: units, weeks_of_supply: weeks } of cases.weeks_of_supply) {
      const found = inventoryTurns(stockOf(inventory), [saleOf(0, 0, units)], { ...atOne, days: 42 });
      expect(found.days_of_supply! / 7).toBeCloseTo(weeks, 6);
    }
  });

  test("I10: gross margin on the money in stock", () => {
    for (const {
      gm_pct: share,
      net_sales: net,
      avg_inventory: stock,
      gmroi_as_published: ratio,
    } of cases.gmroi) {
      const found = gmroi(stockOf(stock), [saleOf(net, net * (1 - share))], atOne);
      expect(found.gmroi).toBeCloseTo(ratio, 4);
    }
  });
});

test("what has no cost has no value in stock, and not the value 0", () => {
  const costless = { ...atOne, costOf: () => null };
  expect(gmroi(stockOf(5), [saleOf(10, 4)], costless)).toMatchObject({
    average_inventory: null,
    gmroi: null,
  });
});

test("what nobody buys lasts for no number of days", () => {
  expect(inventoryTurns(stockOf(5), [], atOne)).toMatchObject({ unit_turns: 0, days_of_supply: null });
});
