import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { computeLifetimeValues } from "../../domain/lifetime-value/compute-lifetime-values.ts";
import type { ReportRow } from "../../domain/reports/report.ts";
import { createLifetimeValueStore } from "../../server/lifetime-value/lifetime-value-store.ts";
import { runFit } from "../../server/lifetime-value/run-fit.ts";
import type { Database } from "../../sql/database.ts";
import { importText } from "../support/import-text.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { runReport } from "../support/run-report.ts";
import { missingSharedData, readSharedJson, sharedPath } from "../support/shared-data.ts";

const UCI = "kpi/uci/uci_online_retail_2010-12_2011-05.csv.gz";
const CDNOW = "kpi/cdnow/CDNOW_sample.txt";
const REFS = "kpi/refs/uci_online_retail_2010-12_2011-05";
const missing = missingSharedData(
  UCI,
  CDNOW,
  `${REFS}.kpi.json`,
  `${REFS}.cohorts.json`,
  `${REFS}.customers.csv.gz`,
  `${REFS}.clv.json`,
);

type Figures = Record<string, number>;
type Cohorts = Record<
  string,
  { size: number; active: number[]; rolling: number[]; revenue?: number[]; revenue_cents?: number[] }
>;

const unzipped = (path: string): string => gunzipSync(readFileSync(sharedPath(path))).toString();

/** CDNOW as orders: each purchase of the file is one. */
function cdnowOrders(): string {
  const lines = readFileSync(sharedPath(CDNOW), "utf8").trimEnd().split("\n");
  const rows = lines.map((line, index) => {
    const [, customer = "", date = "", units = "", dollars = ""] = line.trim().split(/\s+/);
    const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    // The file has the value of the purchase, not the price of a CD.
    return { text: `${index + 1},CD,1,${day}T12:00:00Z,${dollars},${customer}`, units: Number(units) };
  });
  return `orderId,code,quantity,orderedAt,unitPrice,customerId\n${rows.map(({ text }) => text).join("\n")}\n`;
}

let uci: Database;
let cdnow: Database;
beforeAll(async () => {
  if (missing !== null) return;
  uci = await openTestDatabase();
  cdnow = await openTestDatabase();
  const invoices = { source: "uci", currency: "GBP", timeZone: "Europe/London", channel: "web" };
  await importText(uci, "orders", unzipped(UCI), invoices);
  await importText(cdnow, "orders", cdnowOrders(), { source: "cdnow", currency: "USD", timeZone: "UTC" });
});
afterAll(async () => {
  await uci?.close();
  await cdnow?.close();
});

/** `0.1 + 0.2` is no amount: money is compared as text. */
const money = (amount: number | undefined): string => String(amount);
/** Cells of a cohort in the order of months. */
const cellsOf = (rows: readonly ReportRow[], cohort: string, column: string) =>
  rows.filter((row) => row["cohort"] === cohort).map((row) => row[column]);

const title = missing === null ? "" : `: ${missing}`;

describe.skipIf(missing !== null)(`half a year of a retailer's invoices${title}`, () => {
  const LONDON = { timeZone: "Europe/London", to: "2011-06-01" };
  const refs =
    missing === null
      ? (readSharedJson(`${REFS}.kpi.json`) as Record<string, Figures> & {
          by_month: Record<string, Figures>;
        })
      : null!;

  test("K6: who bought again", async () => {
    const [row] = await runReport(uci, "repeat-purchase", LONDON);
    const { repeat } = refs;
    expect(row).toEqual({
      customers: repeat!["customers"],
      repeat_customers: repeat!["customers_ge2_orders"],
      repeat_rate: repeat!["repeat_purchase_rate_orders"],
      repeat_day_customers: repeat!["customers_ge2_days"],
      repeat_day_rate: repeat!["repeat_purchase_rate_days"],
      orders: refs["sales_identified"]!["orders"],
      orders_per_customer: repeat!["orders_per_customer"],
    });
  });

  test.each([
    ["with guests", "count", "sales_incl_guests"],
    ["of customers who are known", "leave_out", "sales_identified"],
  ])("K7: orders, revenue, order value and units %s", async (_, guests, name) => {
    const [row] = await runReport(uci, "purchase-frequency", { ...LONDON, guests });
    const expected = refs[name]!;
    expect(row).toMatchObject({
      orders: expected["orders"],
      lines: expected["rows"],
      customers: refs["sales_identified"]!["customers"],
      sales: money(expected["revenue"]),
      sales_per_order: expected["AOV"],
      units: expected["units"],
      units_per_order: expected["UPT_units_per_order"],
      lines_per_order: expected["lines_per_order"],
      returns: money(refs["returns"]![guests === "count" ? "cancel_value" : "identified_cancel_value"]),
    });
  });

  test("K1: historic value, net and before returns", async () => {
    const [row] = await runReport(uci, "customer-value", LONDON);
    const [gross, net] = [refs["historic_ltv_gross"]!, refs["historic_ltv_net_of_cancellations"]!];
    expect(row).toMatchObject({
      customers: net["n"],
      sales: money(gross["sum"]),
      mean_sales: gross["mean"],
      median_sales: gross["median"],
      net_revenue: money(net["sum"]),
      mean_revenue: net["mean"],
      median_revenue: net["median"],
      min_revenue: money(net["min"]),
      max_revenue: money(net["max"]),
    });
    for (const share of ["p25", "p75", "p90", "p99"])
      expect(row![`${share}_revenue`]).toBeCloseTo(net[share]!, 8);
    expect(row!["top_20_percent_share"]).toBeCloseTo(refs["pareto"]!["revenue_share"]!, 12);
    expect(row!["top_1_percent_share"]).toBeCloseTo(refs["pareto"]!["top1pct_share"]!, 12);
  });

  test("K1: each customer's orders, days, units and money", async () => {
    const rows = await runReport(uci, "customer-values", LONDON);
    const [, ...expected] = unzipped(`${REFS}.customers.csv.gz`).trimEnd().split("\n");
    const found = rows.map((row) => [
      String(row["person_id"]).replace("uci/", ""),
      row["orders"],
      row["purchase_days"],
      row["first_day"],
      row["last_day"],
      Number(row["sales"]),
      Number(row["returns"]),
      row["units"],
    ]);
    expect(found).toEqual(
      expected.map((line) => {
        const [customer, orders, days, first, last, , , , gross, cancelled, units] = line.split(",");
        return [
          customer,
          Number(orders),
          Number(days),
          first,
          last,
          Number(gross),
          Number(cancelled),
          Number(units),
        ];
      }),
    );
  });

  test("K6, K7: how many ordered how often, days between purchases, who has not come back, share of guests", async () => {
    const rows = await runReport(uci, "customer-values", LONDON);
    const {
      repeat,
      churn,
      inter_purchase_days: between,
    } = refs as unknown as {
      repeat: { order_count_histogram: Record<string, number> };
      churn: Record<string, { churned: number }>;
      inter_purchase_days: Figures;
    };
    const histogram: Record<string, number> = {};
    for (const row of rows) {
      const orders = String(Math.min(20, Number(row["orders"])));
      histogram[orders] = (histogram[orders] ?? 0) + 1;
    }
    expect(histogram).toEqual(repeat.order_count_histogram);
    const endDay = Date.parse("2011-06-01");
    for (const days of [30, 60, 90, 180]) {
      const gone = rows.filter((row) => Date.parse(String(row["last_day"])) < endDay - days * 86_400_000);
      expect(gone.length).toBe(churn[`no_purchase_last_${days}_days`]!.churned);
    }
    expect(rows.filter((row) => row["returns"] !== "0")).toHaveLength(
      refs["returns"]!["customers_with_cancel_and_purchase"]!,
    );
    expect(rows.reduce((sum, row) => sum + Number(row["purchase_days"]) - 1, 0)).toBe(between["n"]);
    const [all] = await runReport(uci, "purchase-frequency", LONDON);
    expect(all!["days_between_purchases"]).toBe(between["median"]);
    const known = await runReport(uci, "purchase-frequency", { ...LONDON, guests: "leave_out" });
    const guestShare = 1 - Number(known[0]!["sales"]) / Number(all!["sales"]);
    expect(guestShare).toBeCloseTo((refs as unknown as Figures)["guest_revenue_share"]!, 12);
  });

  test("K2: no dropout is detectable; values of 12 months, each customer's and all together", async () => {
    const clv = readSharedJson(`${REFS}.clv.json`) as Figures & { nbd_mle: Figures; gammagamma: Figures };
    const order = { run: 1, asOf: "2011-05-31", timeZone: "Europe/London", askedBy: "test" };
    await runFit(
      {
        store: createLifetimeValueStore({ db: uci }),
        compute: (input) => Promise.resolve(computeLifetimeValues(input)),
        nowMs: Date.now,
      },
      { ...order, startedAt: new Date().toISOString() },
      new AbortController().signal,
    );
    const values = await runReport(uci, "predicted-value");
    const row = values.find(({ measure }) => measure === "revenue")!;
    expect(row).toMatchObject({
      model: "nbd",
      as_of: "2011-05-31",
      customers: clv["customers"],
      repeaters: clv["repeat_customers"],
      valued: clv["customers"],
      mean_alive: null,
      flags: "no_dropout_detectable",
    });
    expect(Number(row["log_likelihood"])).toBeCloseTo(clv.nbd_mle["LL"]!, 5);
    expect(Number(row["spend_log_likelihood"])).toBeCloseTo(clv.gammagamma["LL"]!, 5);
    const near = (found: unknown, expected: number) => expect(Number(found) / expected).toBeCloseTo(1, 4);
    for (const name of ["r", "alpha"]) near(row[name], clv.nbd_mle[name]!);
    for (const name of ["p", "q", "v"]) near(row[name], clv.gammagamma[name]!);
    near(row["total_value"], clv["clv_12m_sum"]!);
    near(row["mean_value"], clv["clv_12m_mean"]!);
    near(row["median_value"], clv["clv_12m_median"]!);
    const customers = await runReport(uci, "customer-values", LONDON);
    near(
      customers.reduce((sum, customer) => sum + Number(customer["predicted_value"]), 0),
      clv["clv_12m_sum"]!,
    );
    const buckets = await runReport(uci, "predicted-value-distribution");
    expect(buckets.reduce((sum, bucket) => sum + Number(bucket["customers"]), 0)).toBe(clv["customers"]);
  });

  test("sales by month, with who is new", async () => {
    const rows = await runReport(uci, "sales-by-period", { ...LONDON, from: "2010-12-01", period: "month" });
    const found = rows.map((row) => ({
      orders: row["orders"],
      units: row["units"],
      revenue: Number(row["sales"]),
      identified_orders: row["known_orders"],
      active_customers: row["customers"],
      identified_revenue: Number(row["known_sales"]),
      new_customers: row["new_customers"],
      cancel_invoices: row["return_orders"],
      cancel_value: Number(row["returns"]),
      returning_customers: row["returning_customers"],
    }));
    expect(found).toEqual(Object.values(refs.by_month));
  });

  test("what came back", async () => {
    const [row] = await runReport(uci, "purchase-frequency", LONDON);
    const returns = refs["returns"]!;
    expect(Number(row!["units"]) - Number(row!["net_units"])).toBe(returns["cancel_units"]);
    expect(Number(row!["returns"]) / Number(row!["sales"])).toBe(
      returns["return_value_rate_vs_sales_incl_guests"],
    );
    const months = await runReport(uci, "sales-by-period", {
      ...LONDON,
      from: "2010-12-01",
      period: "month",
    });
    const cancelled = months.reduce((sum, month) => sum + Number(month["return_orders"]), 0);
    expect(cancelled).toBe(returns["cancel_invoices"]);
  });

  test.each([
    ["A", "purchases alone", {}],
    ["B", "cancellations too", { lines: "all" }],
    ["C", "what was given for nothing too", { free: "count" }],
  ])("K5: the cohort matrix, variant %s: %s", async (variant, _, switches) => {
    const all = readSharedJson(`${REFS}.cohorts.json`) as Record<string, { cohorts: Cohorts }>;
    const [, { cohorts }] = Object.entries(all).find(([name]) => name.startsWith(`${variant}_`))!;
    const rows = await runReport(uci, "cohort-retention", { ...LONDON, ...switches });
    expect(new Set(rows.map((row) => row["cohort"]))).toEqual(new Set(Object.keys(cohorts)));
    for (const [cohort, { size, active, rolling, revenue }] of Object.entries(cohorts)) {
      expect(cellsOf(rows, cohort, "size")).toEqual(active.map(() => size));
      expect(cellsOf(rows, cohort, "active")).toEqual(active);
      expect(cellsOf(rows, cohort, "active_or_later")).toEqual(rolling);
      expect(cellsOf(rows, cohort, "revenue")).toEqual(revenue!.map(money));
    }
  });
});

describe.skipIf(missing !== null)(`2,357 customers of a shop for CDs${title}`, () => {
  const ALL = { to: "1998-07-01", free: "count" };
  const refs =
    missing === null
      ? (readSharedJson("kpi/refs/cdnow_sample.reference.json") as Record<string, Figures | number>)
      : null!;

  test("K1, K6, K7: purchases, revenue, repeat rate; three averages that are not one", async () => {
    const [orders] = await runReport(cdnow, "purchase-frequency", ALL);
    const historic = refs["historic_ltv"] as Figures;
    expect(orders).toMatchObject({
      orders: refs["transactions"],
      customers: refs["customers"],
      sales: money(refs["revenue"] as number),
    });
    expect(orders!["sales_per_order"]).toBeCloseTo(historic["aov_per_transaction_row"]!, 10);
    expect(orders!["sales_per_customer_day"]).toBeCloseTo(historic["aov_per_customer_day"]!, 10);
    const [value] = await runReport(cdnow, "customer-value", ALL);
    expect(value).toMatchObject({ min_revenue: money(historic["min"]), max_revenue: money(historic["max"]) });
    expect(value!["mean_revenue"]).toBeCloseTo(historic["mean"]!, 10);
    const [repeat] = await runReport(cdnow, "repeat-purchase", ALL);
    const expected = refs["repeat"] as Figures;
    expect(repeat).toMatchObject({ repeat_day_customers: expected["customers_with_repeat_full_period"] });
    expect(repeat!["repeat_day_rate"]).toBeCloseTo(expected["repeat_rate_full_period_days"]!, 12);
  });

  test("K5: the cohort matrix", async () => {
    const { cohorts } = readSharedJson("kpi/refs/cdnow_sample.cohorts.json") as { cohorts: Cohorts };
    const rows = await runReport(cdnow, "cohort-retention", ALL);
    for (const [cohort, { size, active, rolling, revenue_cents: cents }] of Object.entries(cohorts)) {
      expect(cellsOf(rows, cohort, "size")).toEqual(active.map(() => size));
      expect(cellsOf(rows, cohort, "active")).toEqual(active);
      expect(cellsOf(rows, cohort, "active_or_later")).toEqual(rolling);
      expect(cellsOf(rows, cohort, "revenue").map((amount) => Math.round(Number(amount) * 100))).toEqual(
        cents,
      );
    }
  });
});
