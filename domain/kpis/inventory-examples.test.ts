import { expect, test } from "vitest";
import { ageOfTruth, ghostLines, ghostStock, type ProvedPosition } from "./i12-i13-evidence.ts";
import { lastUnitSales, lastUnits, type SellableStep } from "./i14-last-unit-sales.ts";
import { freshness } from "./i15-freshness.ts";
import { shrink } from "./i6-shrink.ts";
import { sellThrough } from "./i7-sell-through.ts";
import { stockOuts } from "./i8-stock-outs.ts";
import { shelfAvailability } from "./i9-shelf-availability.ts";
import type { StockDay } from "./stock-days.ts";

// Small enough to be worked out by hand: a fold that is wrong as its SQL is would else pass.

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const euro = (units: number) => BigInt(units) * 1_000_000n;
const sku = { locationId: "S1", gtin: 17 };
const dayOf = (day: number, of: Partial<StockDay>): StockDay => ({
  ...sku,
  day,
  onHand: 0,
  sellable: 0,
  sold: 0,
  returned: 0,
  received: 0,
  ...of,
});

test("I6: 3 units of 5 lost between two counts, of 200 of net sales, are a shrink of 7.5 %; what was lost before is not", () => {
  const counts = [10, 20].map((day) => Object.assign({ atMs: day * DAY_MS, costMicros: euro(5) }, sku));
  const losses = [
    { ...sku, atMs: 5 * DAY_MS, units: 9, costMicros: null },
    { ...sku, atMs: 15 * DAY_MS, units: 4, costMicros: null },
    // Found again.
    { ...sku, atMs: 16 * DAY_MS, units: -1, costMicros: null },
  ];
  const sales = [{ ...sku, atMs: 12 * DAY_MS, netMicros: euro(200) }];
  expect(shrink(counts, losses, sales)).toMatchObject({
    lost_units: 3,
    loss_cost: euro(15),
    shrink_rate: 0.075,
  });
});

test("I7: of 100 received and 60 sold, sell-through is 60 %, and 75 % of sold and on hand where 20 are left", () => {
  const days = [dayOf(1, { received: 100, sold: 40, onHand: 60 }), dayOf(2, { sold: 20, onHand: 20 })];
  expect(sellThrough(days, 2, "received").sell_through).toBe(0.6);
  expect(sellThrough(days, 2, "sold_and_on_hand").sell_through).toBe(0.75);
});

test("I8: two of eight days with nothing to sell are 25 %, also where something damaged lies there", () => {
  const days = Array.from({ length: 8 }, (_, at) => dayOf(at, { onHand: 1, sellable: at < 2 ? 0 : 1 }));
  expect(stockOuts(days)).toMatchObject({ stock_out_days: 2, stock_out_rate: 0.25, in_stock_rate: 0.75 });
});

test("I9: of four SKUs in the store three have a unit on the floor", () => {
  const of = (gtin: number, isOnFloor: boolean) => ({ locationId: "S1", gtin, isOnFloor });
  const items = [of(1, true), of(1, false), of(2, true), of(3, false), of(3, false), of(4, true)];
  expect(shelfAvailability(items)).toMatchObject({ shelf_availability: 0.75, backroom_only_skus: 1 });
});

const position = (gtin: number, seenDaysAgo: number | null, zoneId = "floor"): ProvedPosition => ({
  locationId: "S1",
  gtin,
  units: 2,
  firstMs: 0,
  seenMs: seenDaysAgo === null ? null : (30 - seenDaysAgo) * DAY_MS,
  zoneId,
  costMicros: euro(3),
  priceMicros: euro(gtin),
});

test("I12: unseen for 7 days beside one that was seen is a ghost; where nobody was seen, none is", () => {
  const among = [position(1, 1), position(2, 8), position(3, null), position(4, 20, "back")];
  const question = { nowMs: 30 * DAY_MS, unseenDays: 7, among };
  expect(ghostStock(among, question)).toMatchObject({
    sku_locations: 4,
    watched_sku_locations: 3,
    ghost_sku_locations: 2,
    ghost_units: 4,
    cost_at_stake: euro(12),
  });
  expect(ghostLines(among, question).map(({ gtin, unseen_days: days }) => [Number(gtin), days])).toEqual([
    [3, 30],
    [2, 8],
  ]);
});

test("I13: of proofs 1, 3 and 30 hours ago the median is 3 hours; what was never proved has no age", () => {
  const ages = [1, 3, 30].map((hours) => ({ seenMs: 100 * HOUR_MS - hours * HOUR_MS }));
  expect(ageOfTruth([...ages, { seenMs: null }], 100 * HOUR_MS)).toMatchObject({
    age_p50: 3,
    within_hour: 1,
    within_day: 1,
    within_week: 1,
    never: 1,
  });
});

test("I14: shown as the last one twice, sold online once: 50 %", () => {
  const step = (atMs: number, quantity: number, isOnline: boolean): SellableStep => ({
    ...sku,
    atMs,
    quantity,
    reason: quantity > 0 ? "received" : "sold",
    isOnline,
  });
  const steps = [step(1, 2, false), step(2, -1, false), step(3, -1, true), step(4, 1, false)];
  expect(lastUnitSales(lastUnits(steps).map(({ ending }) => ({ ending })))).toMatchObject({
    times_shown: 2,
    online_sales: 1,
    last_unit_sale_rate: 0.5,
    still_one: 1,
  });
});

test("I15: the median of 1, 2 and 9 seconds is 2; one of four events came twice", () => {
  expect(freshness([1_000, 2_000, 9_000], ["accepted", "accepted", "duplicate", "rejected"])).toMatchObject({
    seconds_p50: 2,
    duplicate_share: 0.25,
    rejected_share: 0.25,
    late_share: 0,
  });
});
