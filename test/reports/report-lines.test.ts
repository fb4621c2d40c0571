import { eventually } from "../support/eventually.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createReportLines } from "../../server/reports/report-lines.ts";
import { createReportRunner } from "../../server/reports/report-runner.ts";
import type { Database } from "../../sql/database.ts";
import { loadReports } from "../../sql/load-reports.ts";
import { importText } from "../support/import-text.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { SOLD_AT, writeOrder, writeTill } from "../support/write-sales.ts";

let db: Database;
let ordinal = 0;
const next = () => (ordinal += 1);

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** What can change a line of sales, each as it is written. `n` chooses which order, product or customer. */
const CHANGES = {
  order: (n: number) =>
    writeOrder(db, next(), `o${n % 3}`, [{ quantity: 1 + n, unitPrice: "10.00", discount: "0.50" }]),
  return: (n: number) =>
    writeOrder(
      db,
      next(),
      `o${n % 3}`,
      [{ quantity: 3, returned: 1, unitPrice: "10.00", discount: "0" }],
      [{ lineId: "l1", quantity: 1, at: SOLD_AT }],
    ),
  till: (n: number) =>
    writeTill(db, next(), "sale", {
      transactionId: `t${n}`,
      lines: [{ lineNo: 1, gtin: "00000000000017", quantity: n, unitPrice: "4.50", currency: "EUR" }],
    }),
  void: (n: number) => writeTill(db, next(), "void", { voids: { transactionId: `t${n}` } }),
  import: (n: number) =>
    importText(
      db,
      "orders",
      `orderId,code,quantity,orderedAt,unitPrice,customerId\ni${n},A,${n},${SOLD_AT},${n}.5,k${n}\n`,
      { source: "file", currency: "EUR", timeZone: "UTC" },
    ),
  product: async (n: number) => {
    const row = {
      gtin: 17,
      sku: "s",
      name: "p",
      category: `c${n}`,
      kind: "merchandise",
      cost: n,
      version: next(),
    };
    await db.insert({
      name: "test/product",
      table: "products",
      columns: Object.keys(row),
      rows: [Object.values(row)],
    });
  },
  merge: async (n: number) => {
    const row = { customer_id: "cus_1", ordinal: next(), kind: "merged", person_id: `cus_${n}` };
    await db.insert({
      name: "test/merge",
      table: "customer_events",
      columns: Object.keys(row),
      rows: [Object.values(row)],
    });
  },
} satisfies Record<string, (n: number) => Promise<void>>;
const KINDS = Object.keys(CHANGES) as (keyof typeof CHANGES)[];

/** Number of lines, and a sum that differs when any cell of any does. */
async function digest(table: string): Promise<unknown> {
  const [row] = await db.query({
    name: "test/digest",
    sql: `SELECT count() AS lines, toString(sum(cityHash64(toString(tuple(*))))) AS digest FROM ${table}`,
    row: z.object({ lines: z.number(), digest: z.string() }),
  });
  return row;
}

describe("the copy of sales that reports read", () => {
  test("is never one of nothing once there is something, however new it is", async () => {
    const lines = createReportLines({ db, maxAgeMs: 600_000 });
    expect(await lines.fresh()).toMatchObject({ dataThrough: null });
    await CHANGES.import(1);
    expect((await lines.fresh()).dataThrough).not.toBeNull();
    expect(await digest("report_lines")).toMatchObject({ lines: 1 });
    await CHANGES.import(2);
    expect(await lines.fresh()).toEqual(await lines.fresh());
    expect(await digest("report_lines")).toMatchObject({ lines: 1 });
  });

  test("equals the view after whatever changed a line", async () => {
    const lines = createReportLines({ db, maxAgeMs: 0 });
    const change = fc.record({ kind: fc.constantFrom(...KINDS), n: fc.integer({ min: 1, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        for (const { kind, n } of changes) await CHANGES[kind](n);
        await lines.fresh();
        expect(await digest("report_lines")).toEqual(await digest("sales_lines"));
      }),
      { numRuns: 3 },
    );
  });

  test.each(KINDS)("is made anew after a change of kind %s, and only then", async (kind) => {
    const lines = createReportLines({ db, maxAgeMs: 0 });
    await lines.fresh();
    const before = await tableId();
    await lines.fresh();
    expect(await tableId()).toBe(before);
    // One that no history above has: to import the same again changes nothing.
    await CHANGES[kind](6);
    await lines.fresh();
    expect(await tableId()).not.toBe(before);
  });

  test("is what every report of sales reads", () => {
    const others = [...loadReports()]
      .filter(([, { sql }]) => /\b(sales_lines|all_order_lines|till_lines|order_lines)\b/.test(sql))
      .map(([name]) => name);
    expect(others).toEqual([]);
  });

  test("is not made anew while it is young, and those who ask at the same time share one", async () => {
    const lines = createReportLines({ db, maxAgeMs: 3_600_000 });
    await lines.fresh();
    const before = await tableId();
    await CHANGES.till(5);
    await Promise.all([lines.fresh(), lines.fresh(), lines.fresh()]);
    expect(await tableId()).toBe(before);
    await Promise.all([1, 2, 3].map(() => createReportLines({ db, maxAgeMs: 0 }).fresh()));
    expect(await digest("report_lines")).toEqual(await digest("sales_lines"));
  });

  test("is read a little longer while the next is made, so that nobody waits for it", async () => {
    const lines = createReportLines({ db, maxAgeMs: 1 });
    await lines.fresh();
    await CHANGES.till(3);
    const before = await tableId();
    // The age at which it is made anew is a multiple of what copying takes.
    await eventually(async () => {
      await lines.fresh();
      expect(await tableId()).not.toBe(before);
    });
    expect(await digest("report_lines")).toEqual(await digest("sales_lines"));
  });

  test("leaves no remains of a copy that was broken off an hour ago, and lets one be that is under way", async () => {
    const old = `report_lines_${Date.now() - 3_700_000}_00ff00ff`;
    const young = `report_lines_${Date.now()}_00ff00ff`;
    for (const name of [old, young])
      await db.command({ name: "test", sql: `CREATE TABLE ${name} AS report_lines` });
    await createReportLines({ db, maxAgeMs: 0 }).fresh();
    const tables = await db.query({
      name: "test/tables",
      sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'report\\\\_lines\\\\_%'",
      row: z.object({ name: z.string() }),
    });
    expect(tables).toEqual([{ name: young }]);
  });
});

describe("how new the data of a report is said to be", () => {
  test("is the copy's for reports of sales, the run's for predictions, and what is recorded now for all others", async () => {
    const runner = createReportRunner({ db, nowMs: Date.now, maxAgeMs: 3_600_000 });
    const through = async (name: string) => {
      const prepared = await runner.prepare(name, {}, null);
      if (!prepared.ok) throw new Error(prepared.detail);
      return prepared.value.dataThrough;
    };
    const copied = await through("purchase-frequency");
    expect(await through("predicted-value")).toBeNull();
    const soon = new Date(Date.now() + 60_000).toISOString();
    await db.insert({
      name: "test/event",
      table: "events",
      columns: ["location_id", "ordinal", "event_id", "event_type", "source", "occurred_at", "recorded_at"],
      rows: [["S1", 900_001, "new", "adjustment", "pos/t1", soon, soon]],
    });
    const ran = new Date(Date.now() - 3_600_000).toISOString();
    await db.insert({
      name: "test/fit",
      table: "lifetime_value_fits",
      columns: ["run", "currency", "measure", "model", "as_of", "started_at", "finished_at"],
      rows: [[1, "EUR", "revenue", "nbd", ran.slice(0, 10), ran, soon]],
    });
    expect(await through("purchase-frequency")).toBe(copied);
    expect(await through("customer-values")).toBe(copied);
    expect(await through("stock-outs")).toBe(soon);
    expect(await through("predicted-value")).toBe(ran);
  });
});

/** Another one stands in its place after each copying. */
async function tableId(): Promise<string> {
  const [row] = await db.query({
    name: "test/table-id",
    sql: "SELECT toString(uuid) AS id FROM system.tables WHERE database = currentDatabase() AND name = 'report_lines'",
    row: z.object({ id: z.string() }),
  });
  return row?.id ?? "";
}
