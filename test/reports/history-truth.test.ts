import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadHistory } from "../../cli/roles/demo-history/load-history.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import { createLocationStore } from "../../server/master-data/location-store.ts";
import { createChain } from "../../simulators/chain/create-chain.ts";
import { createHistory } from "../../simulators/history/create-history.ts";
import type { HistoryTruth } from "../../simulators/history/history-truth.ts";
import { demo } from "../../simulators/scenarios/demo.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { runReport } from "../support/run-report.ts";

let db: Database;
let truth: HistoryTruth;

beforeAll(async () => {
  db = await openTestDatabase();
  const { products, locations } = createChain({ ...demo, products: 40, stores: 2 }, 1);
  const history = createHistory({
    seed: 5,
    endMs: Date.UTC(2026, 10, 22),
    days: 365,
    shoppers: 900,
    guestsPerStoreDay: 1,
    products,
    locations,
  });
  await loadHistory({
    db,
    history,
    nowMs: Date.now(),
    signal: new AbortController().signal,
    onProgress() {},
  });
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin", "is_tagged", "cost", "version"],
    rows: products.map(({ gtin, isTagged, cost }) => [Number(gtin), isTagged, cost, 1]),
  });
  const places = createLocationStore({ db, nextVersion: () => 1 });
  for (const location of locations) await places.save(location);
  truth = history.truth();
});
afterAll(() => db?.close());

async function rowOf(name: string, asked: Record<string, string> = {}): Promise<ReportRow> {
  const [row] = await runReport(db, name, { to: "2027-01-01", ...asked });
  return row!;
}
const close = (found: unknown, expected: number | undefined) =>
  expect(Number(found)).toBeCloseTo(expected ?? Number.NaN, 6);

/** A year whose truth was folded from the facts as they were made, without SQL. */
describe("reports of a simulated year are what its generator says", () => {
  test("K1, K6: the worth of a person, over all their records; who bought again", async () => {
    const [value, repeat] = [await rowOf("customer-value"), await rowOf("repeat-purchase")];
    expect(value["customers"]).toBe(truth["K1"]!["persons"]);
    close(value["mean_revenue"], truth["K1"]!["meanRevenue"]);
    close(value["median_revenue"], truth["K1"]!["medianRevenue"]);
    expect(repeat["repeat_customers"]).toBe(truth["K6"]!["repeaters"]);
    close(repeat["repeat_rate"], truth["K6"]!["rate"]);
  });

  test("K3: customers of two or more channels beside those of one", async () => {
    const row = await rowOf("omnichannel-value");
    expect(row["several_channels_customers"]).toBe(truth["K3"]!["severalChannels"]);
    expect(row["one_channel_customers"]).toBe(truth["K3"]!["oneChannel"]);
    close(row["plain_ratio"], truth["K3"]!["ratio"]);
  });

  test("K7, K8: orders, net sales, their value; the share of online", async () => {
    const [orders, online] = [await rowOf("purchase-frequency"), await rowOf("online-share")];
    expect(orders["orders"]).toBe(truth["K7"]!["orders"]);
    close(orders["net_sales"], truth["K7"]!["netSales"]);
    close(orders["average_order_value"], truth["K7"]!["averageOrderValue"]);
    close(orders["orders_per_customer"], truth["K7"]!["ordersPerPerson"]);
    close(Number(orders["net_units"]) / Number(orders["orders"]), truth["K7"]!["unitsPerOrder"]);
    close(online["online_sales_share"], truth["K8"]!["shareOfSales"]);
    close(online["online_order_share"], truth["K8"]!["shareOfOrders"]);
  });

  test("K10, K12: satisfaction, and offers redeemed elsewhere", async () => {
    const [answers, offers] = [await rowOf("satisfaction"), await rowOf("cross-channel-offers")];
    expect(answers["csat_answers"]).toBe(truth["K10"]!["csatAnswers"]);
    close(answers["csat"], truth["K10"]!["csat"]);
    close(answers["nps"], truth["K10"]!["nps"]);
    expect(offers["redemptions"]).toBe(truth["K12"]!["redeemed"]);
    expect(offers["issued"]).toBe(truth["K12"]!["issued"]);
    close(offers["cross_channel_share"], truth["K12"]!["share"]);
  });

  test("P1–P5: pickups, their times and waits", async () => {
    const [rate, service] = [await rowOf("pickup-rate"), await rowOf("pickup-service")];
    expect(rate["online_orders"]).toBe(truth["P1"]!["onlineOrders"]);
    close(rate["pickup_rate"], truth["P1"]!["rate"]);
    expect(service["closed"]).toBe(truth["P2"]!["closed"]);
    close(service["completion"], truth["P2"]!["completion"]);
    close(service["no_show_rate"], truth["P2"]!["noShow"]);
    close(service["to_ready_p50"], truth["P3"]!["p50Minutes"]);
    close(service["to_ready_p90"], truth["P3"]!["p90Minutes"]);
    expect(service["open_ready"]).toBe(service["ready"]);
    close(service["open_to_ready_p50"], truth["P3"]!["p50OpenMinutes"]);
    close(service["open_to_ready_p90"], truth["P3"]!["p90OpenMinutes"]);
    expect(service["promised"]).toBe(truth["P4"]!["promised"]);
    close(service["ready_on_time_rate"], truth["P4"]!["rate"]);
    close(service["store_wait_p50"], truth["P5"]!["pickupP50Minutes"]);
    close(service["car_wait_p50"], truth["P5"]!["curbsideP50Minutes"]);
    close(service["car_wait_p90"], truth["P5"]!["curbsideP90Minutes"]);
  });

  test("P6: what is bought beside a pickup", async () => {
    const row = await rowOf("attach-rate");
    expect(row["collections"]).toBe(truth["P6"]!["collections"]);
    close(row["attach_rate"], truth["P6"]!["rate"]);
  });

  test("P7: lines that were promised and not given", async () => {
    const row = await rowOf("disappointment");
    expect(row["promised_lines"]).toBe(truth["P7"]!["promisedLines"]);
    close(row["disappointment_rate"], truth["P7"]!["rate"]);
    const causes = ["not_found", "damaged", "sold_in_store", "late", "system"];
    const sum = causes.reduce((total, cause) => total + Number(row[cause]), 0);
    expect(sum).toBe(row["disappointed_lines"]);
  });

  test("P8–P10: short picks, returns anywhere, saved sales", async () => {
    const [picks, returns, saved] = [
      await rowOf("short-picks"),
      await rowOf("returns-anywhere"),
      await rowOf("saved-sales"),
    ];
    close(picks["short_pick_rate"], truth["P8"]!["shortPickRate"]);
    close(picks["store_cancel_rate"], truth["P8"]!["storeCancelRate"]);
    expect(returns["online_returns"]).toBe(truth["P9"]!["onlineReturns"]);
    close(returns["in_store_share"], truth["P9"]!["inStore"]);
    close(returns["exchange_rate"], truth["P9"]!["exchangeRate"]);
    close(returns["to_sellable_p50"], truth["P9"]!["p50MinutesToSellable"]);
    expect(saved["misses"]).toBe(truth["P10"]!["misses"]);
    close(saved["saved_share"], truth["P10"]!["rate"]);
  });

  test("I1–I5: how right the book was", async () => {
    const row = await rowOf("count-accuracy");
    expect(row["lines"]).toBe(truth["I1"]!["lines"]);
    close(row["exact_accuracy"], truth["I1"]!["rate"]);
    close(row["tolerant_accuracy"], truth["I2"]!["rateWithinOne"]);
    close(row["unit_accuracy"], truth["I3"]!["rate"]);
    expect(row["net_units"]).toBe(truth["I4"]!["netUnits"]);
    expect(row["gross_units"]).toBe(truth["I4"]!["grossUnits"]);
    close(row["net_cost"], truth["I4"]!["netCost"]);
    close(row["gross_cost"], truth["I4"]!["grossCost"]);
    close(row["read_rate"], truth["I5"]!["rate"]);
  });

  test("I6–I8, I11: what was lost, sold of what was received, days without, and turns", async () => {
    const to = "2026-11-22";
    const from = "beginning";
    const sold = await rowOf("sell-through", { from, to });
    close(sold["sell_through"], truth["I7"]!["soldOfReceived"]);
    const empty = await rowOf("stock-outs", { from, to });
    expect(empty["sku_location_days"]).toBe(truth["I8"]!["days"]);
    close(empty["stock_out_rate"], truth["I8"]!["rate"]);
    // The generator counts what left the shelf, the report what was sold less what came back, by the day of the order.
    const turns = await rowOf("inventory-turns", { from, to });
    expect(Number(turns["turns"]) / truth["I11"]!["turns"]!).toBeCloseTo(0.95, 1);
    const shrink = await rowOf("shrink");
    expect(Number(shrink["shrink_rate"])).toBeGreaterThan(0);
    expect(Number(shrink["shrink_rate"])).toBeLessThan(0.02);
  });

  test("groups add up to all", async () => {
    const [all] = await runReport(db, "pickup-service", { to: "2027-01-01" });
    for (const by of ["location", "channel", "method"]) {
      const groups = await runReport(db, "pickup-service", { to: "2027-01-01", by });
      expect(groups.length).toBeGreaterThan(1);
      for (const column of ["pickups", "closed", "collected", "no_shows", "promised"]) {
        expect(groups.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(all![column]);
      }
    }
  });

  test("each pickup ends in one way, and the funnel counts as many as the report of pickups", async () => {
    const [all] = await runReport(db, "pickup-service", { to: "2027-01-01" });
    const stages = await runReport(db, "pickup-funnel", { to: "2027-01-01" });
    const countOf = (stage: string) => Number(stages.find((row) => row["stage"] === stage)!["pickups"]);
    expect(countOf("placed")).toBe(all!["pickups"]);
    expect(countOf("ready")).toBe(all!["ready"]);
    expect(countOf("collected")).toBe(all!["collected"]);
    expect(countOf("no_show")).toBe(all!["no_shows"]);
    expect(countOf("open")).toBe(Number(all!["pickups"]) - Number(all!["closed"]));
    const ends = ["collected", "no_show", "cancelled", "short", "open"];
    expect(ends.reduce((sum, stage) => sum + countOf(stage), 0)).toBe(countOf("placed"));
    for (const row of stages) close(row["share"], Number(row["pickups"]) / countOf("placed"));
  });
});
