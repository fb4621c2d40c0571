import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { importText } from "../support/import-text.ts";
import { openTestDatabase } from "../support/open-test-database.ts";
import { SOLD_AT, writeOrder, writeTill } from "../support/write-sales.ts";

let db: Database;

const rowSchema = z.object({
  order_id: z.string(),
  line_no: z.number(),
  line_type: z.string(),
  quantity: z.number(),
  unit_price: z.string(),
  discount: z.string(),
  net_amount: z.string(),
  ordered_at: z.string(),
  currency: z.string(),
});

async function linesOf(orderId: string) {
  return await db.query({
    name: "test/lines",
    sql: `SELECT order_id, line_no, line_type, quantity, unit_price, discount, net_amount, ordered_at, currency
          FROM all_order_lines WHERE order_id = {id:String} ORDER BY line_no`,
    params: { id: orderId },
    row: rowSchema,
  });
}

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

describe("net = quantity × price − discount, whatever it comes from", () => {
  test("imported: the price is the price paid", async () => {
    const text = `orderId,code,quantity,orderedAt,unitPrice\ni1,A,3,${SOLD_AT},9.995\ni1,A,-1,${SOLD_AT},9.995\n`;
    await importText(db, "orders", text, { source: "file", currency: "EUR", timeZone: "UTC" });
    expect(await linesOf("i1")).toMatchObject([
      { line_type: "sale", quantity: 3, unit_price: "9.995", discount: "0", net_amount: "29.985" },
      { line_type: "return", quantity: -1, discount: "0", net_amount: "-9.995" },
    ]);
  });

  test("live: units that are not had bring nothing, and have no part in the discount of their line", async () => {
    await writeOrder(db, 1, "o1", [
      { quantity: 3, short: 1, unitPrice: "10.00", discount: "1.00" },
      { quantity: 2, cancelled: 2, unitPrice: "5.00", discount: "0" },
      { quantity: 0, unitPrice: "5.00", discount: "0" },
    ]);
    expect(await linesOf("o1")).toMatchObject([
      {
        line_no: 1,
        quantity: 2,
        unit_price: "10",
        discount: "0.666666",
        net_amount: "19.333334",
        currency: "EUR",
      },
    ]);
  });

  test("live: what came back counts when it came back, and all of a line that came back at once leaves nothing", async () => {
    const back = { lineId: "l1", quantity: 3, at: "2026-02-20T09:00:00.000Z" };
    await writeOrder(
      db,
      2,
      "o2",
      [{ quantity: 3, returned: 3, unitPrice: "10.00", discount: "1.00" }],
      [back],
    );
    const lines = await linesOf("o2");
    expect(lines).toMatchObject([
      { line_type: "sale", quantity: 3, net_amount: "29", ordered_at: SOLD_AT.replace(".000Z", ".000Z") },
      { line_type: "return", quantity: -3, discount: "-1", net_amount: "-29", ordered_at: back.at },
    ]);
  });

  test("tills: sales and returns at their price, without voids, training, and what is an order's", async () => {
    const line = (lineNo: number, more = {}) => ({
      lineNo,
      gtin: "00000000000017",
      quantity: 2,
      unitPrice: "4.50",
      currency: "EUR",
      ...more,
    });
    await writeTill(db, 10, "sale", {
      transactionId: "t1",
      lines: [line(1), line(2), line(3, { orderId: "o1" }), line(4, { type: "return", quantity: 1 })],
    });
    await writeTill(db, 11, "void", { voids: { transactionId: "t1", lineNos: [2] } });
    await writeTill(db, 12, "sale", { transactionId: "t2", lines: [line(1)] });
    await writeTill(db, 13, "void", { voids: { transactionId: "t2" } });
    await writeTill(db, 14, "sale", { transactionId: "t3", training: true, lines: [line(1)] });
    expect(await linesOf("S1/pos/1/t1")).toMatchObject([
      { line_no: 1, line_type: "sale", quantity: 2, net_amount: "9", currency: "EUR" },
      { line_no: 4, line_type: "return", quantity: -1, net_amount: "-4.5" },
    ]);
    expect(await linesOf("S1/pos/1/t2")).toEqual([]);
    expect(await linesOf("S1/pos/1/t3")).toEqual([]);
  });

  test("sales_lines names the person, and leaves corrections of a book out", async () => {
    const text = `orderId,code,quantity,orderedAt,unitPrice,customerId\nA1,A,-5,${SOLD_AT},0,\n`;
    await importText(db, "orders", text, { source: "file", currency: "EUR", timeZone: "UTC" });
    const rows = await db.query({
      name: "test/persons",
      sql: "SELECT DISTINCT order_id, person_id, is_purchase FROM sales_lines WHERE line_type = 'sale' OR order_id = 'A1' ORDER BY order_id",
      row: z.object({ order_id: z.string(), person_id: z.string(), is_purchase: z.number() }),
    });
    expect(rows).toEqual([
      { order_id: "S1/pos/1/t1", person_id: "", is_purchase: 1 },
      { order_id: "i1", person_id: "", is_purchase: 1 },
      { order_id: "o1", person_id: "cus_1", is_purchase: 1 },
      { order_id: "o2", person_id: "cus_1", is_purchase: 1 },
    ]);
  });
});
