import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { CustomerGraph } from "../../../domain/customers/customer-graph.ts";
import { customerRowSchema, toCustomerEvent } from "../../../server/customers/customer-rows.ts";
import { createChain } from "../../../simulators/chain/create-chain.ts";
import { createHistory } from "../../../simulators/history/create-history.ts";
import type { HistoryTruth } from "../../../simulators/history/history-truth.ts";
import { demo } from "../../../simulators/scenarios/demo.ts";
import type { Database } from "../../../sql/database.ts";
import { openTestDatabase } from "../../../test/support/open-test-database.ts";
import { instantText } from "./instant-text.ts";
import { type HistoryProgress, loadHistory } from "./load-history.ts";

let db: Database;
let truth: HistoryTruth;
let progress: HistoryProgress;
const shown: number[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  const { products, locations } = createChain({ ...demo, products: 40, stores: 2 }, 1);
  const history = createHistory({
    seed: 3,
    endMs: Date.UTC(2026, 10, 22),
    days: 365,
    shoppers: 900,
    guestsPerStoreDay: 1,
    products,
    locations,
  });
  const { signal } = new AbortController();
  const onProgress = ({ share }: HistoryProgress) => shown.push(share);
  progress = await loadHistory({ db, history, nowMs: Date.now(), signal, onProgress });
  truth = history.truth();
});
afterAll(() => db?.close());

/** The one row of a question, as numbers. */
async function ask(sql: string): Promise<Record<string, number>> {
  const rows = await db.query({ name: "test", sql, row: z.record(z.string(), z.coerce.number()) });
  return rows[0] ?? {};
}

describe("the demo's past in ClickHouse", () => {
  test("is told to its end, and says how far it is", () => {
    expect(shown.length).toBeGreaterThan(2);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(progress.share).toBe(1);
  });

  test("moves no stock and is no live order", async () => {
    expect(
      await ask("SELECT (SELECT count() FROM events) AS events, (SELECT count() FROM order_log) AS log"),
    ).toEqual({
      events: 0,
      log: 0,
    });
  });

  test("K1, K6: what each person is worth, over their records, is what the generator says", async () => {
    const found = await ask(`
      SELECT count() AS persons, avg(net) AS mean_revenue, countIf(orders > 1) AS repeaters FROM
      (
          SELECT person_id, sum(quantity * unit_price) AS net, uniqExactIf(order_id, line_type = 'sale') AS orders
          FROM all_order_lines
          INNER JOIN customer_keys USING (source, customer_id)
          GROUP BY person_id
      )`);
    expect(found["persons"]).toBe(truth["K1"]?.["persons"]);
    expect(found["mean_revenue"]).toBeCloseTo(truth["K1"]?.["meanRevenue"] ?? Number.NaN, 6);
    expect(found["repeaters"]).toBe(truth["K6"]?.["repeaters"]);
  });

  test("K12: offers are redeemed in other channels as often as the generator says", async () => {
    const found = await ask(`
      SELECT sum(redemptions) AS redeemed, sumIf(redemptions, issuing_channel != redeeming_channel) / redeemed AS share
      FROM offer_channels`);
    expect(found["redeemed"]).toBe(truth["K12"]?.["redeemed"]);
    expect(found["share"]).toBeCloseTo(truth["K12"]?.["share"] ?? Number.NaN, 9);
  });

  test("P2–P5: pickups, their waits and who did not come are what the generator says", async () => {
    const found = await ask(`
      SELECT
          count() AS closed,
          countIf(collected_at IS NOT NULL) / closed AS completion,
          countIf(no_show_at IS NOT NULL) / closed AS no_show,
          quantileExactInclusive(0.9)(seconds_to_ready / 60) AS ready_p90,
          quantileExactInclusiveIf(0.5)(seconds_at_car / 60, method = 'curbside') AS wait,
          avg(is_ready_on_time) AS on_time
      FROM all_fulfilments
      WHERE is_pickup AND is_closed`);
    expect(found["on_time"]).toBeCloseTo(truth["P4"]?.["rate"] ?? Number.NaN, 9);
    expect(found["closed"]).toBe(truth["P2"]?.["closed"]);
    expect(found["completion"]).toBeCloseTo(truth["P2"]?.["completion"] ?? Number.NaN, 9);
    expect(found["no_show"]).toBeCloseTo(truth["P2"]?.["noShow"] ?? Number.NaN, 9);
    expect(found["ready_p90"]).toBeCloseTo(truth["P3"]?.["p90Minutes"] ?? Number.NaN, 6);
    expect(found["wait"]).toBeCloseTo(truth["P5"]?.["curbsideP50Minutes"] ?? Number.NaN, 6);
  });

  test("P8–P10: short lines, returns and misses are what the generator says", async () => {
    const found = await ask(`
      SELECT
          (SELECT countIf(short > 0) / countIf(picking_at IS NOT NULL) FROM all_order_units
           INNER JOIN all_order_fulfilments USING (source, order_id, fulfilment_id)) AS short_rate,
          (SELECT countIf(way = 'in_store') / count() FROM all_returns WHERE bought_channel != 'store') AS in_store,
          (SELECT countIf(bought_location_id = '' OR bought_method = '') FROM all_returns) AS bought_nowhere,
          (SELECT countIf(bought_location_id != location_id AND way = 'in_store') FROM all_returns) AS elsewhere,
          (SELECT avg(is_saved) FROM all_misses) AS saved,
          (SELECT countIf(is_saved != (saved_location_id != '')) FROM all_misses) AS saved_nowhere,
          (SELECT count() FROM all_order_steps WHERE kind = 'returned') AS returned_steps`);
    expect(found["short_rate"]).toBeCloseTo(truth["P8"]?.["shortPickRate"] ?? Number.NaN, 9);
    expect(found["in_store"]).toBeCloseTo(truth["P9"]?.["inStore"] ?? Number.NaN, 9);
    expect(found["saved"]).toBeCloseTo(truth["P10"]?.["rate"] ?? Number.NaN, 9);
    expect(found["returned_steps"]).toBeGreaterThan(0);
    expect(found).toMatchObject({ bought_nowhere: 0, saved_nowhere: 0 });
    expect(found["elsewhere"]).toBeGreaterThan(0);
  });

  test("I1, I3, I8: counts and the book are what the generator says", async () => {
    const found = await ask(`
      SELECT
          (SELECT countIf(book = counted) / count() FROM history_count_lines) AS exact,
          (SELECT 1 - sum(abs(book - counted)) / sum(counted) FROM history_count_lines) AS units,
          (SELECT countIf(on_hand <= 0) / count() FROM history_stock_days) AS stock_out,
          (SELECT dateDiff('day', min(day), max(day)) FROM history_stock_days) AS days`);
    expect(found["exact"]).toBeCloseTo(truth["I1"]?.["rate"] ?? Number.NaN, 9);
    expect(found["units"]).toBeCloseTo(truth["I3"]?.["rate"] ?? Number.NaN, 9);
    expect(found["stock_out"]).toBeCloseTo(truth["I8"]?.["rate"] ?? Number.NaN, 9);
    expect(found["days"]).toBe(364);
  });

  test("the server reads its customers, merges and consents as its own", async () => {
    const rows = await db.query({
      name: "test",
      sql: "SELECT * EXCEPT (recorded_at) FROM customer_events ORDER BY ordinal",
      row: customerRowSchema,
    });
    const graph = new CustomerGraph();
    for (const row of rows) {
      const event = toCustomerEvent(row);
      if (event !== null) graph.apply(event);
    }
    const last = new Map(rows.map((row) => [row.customer_id, row.person_id]));
    for (const [customerId, personId] of last) expect(graph.personOf(customerId)).toBe(personId);
    expect(rows.filter(({ kind }) => kind === "merged").length).toBeGreaterThan(10);
  });
});

test("instants are written as everywhere", () => {
  for (const ms of [
    0,
    59_999,
    1_795_000_000_007,
    Date.UTC(2026, 1, 28, 23, 59, 59, 999),
    Date.UTC(2026, 2, 1),
  ]) {
    expect(instantText(ms)).toBe(new Date(ms).toISOString());
  }
});
