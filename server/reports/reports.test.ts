import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ReportAnswer, reportAnswerSchema, reportsSchema } from "../../domain/reports/report.ts";
import { resolveParameters } from "../../domain/reports/report-parameters.ts";
import { sqlParametersOf } from "../../domain/reports/sql-parameters.ts";
import type { Database } from "../../sql/database.ts";
import { loadReports } from "../../sql/load-reports.ts";
import { importText } from "../../test/support/import-text.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

let db: Database;
let at: TestServer;
const folder = mkdtempSync(join(tmpdir(), "onhand-reports-"));

/** Two customers and a guest; one line came back. */
const ORDERS = `orderId,code,quantity,orderedAt,unitPrice,customerId
1,A,2,2026-01-05T10:00:00Z,10.005,c1
1,POST,1,2026-01-05T10:00:00Z,4,c1
2,A,1,2026-02-06T10:00:00Z,10,c1
3,B,1,2026-02-07T10:00:00Z,5.5,c2
4,B,3,2026-02-08T10:00:00Z,5,
5,A,-1,2026-02-09T10:00:00Z,10,c1
`;

beforeAll(async () => {
  db = await openTestDatabase();
  await importText(db, "orders", ORDERS, {
    source: "shop",
    currency: "EUR",
    timeZone: "UTC",
    channel: "web",
  });
  at = await startTestServer({ db });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await at.stop();
  await db.close();
});

const ask = async (path: string): Promise<ReportAnswer> =>
  reportAnswerSchema.parse(await at.ask("GET", `/v1/reports/${path}`, 200, { as: "analyst" }));
const problem = async (path: string, status: number) =>
  await at.ask<{ code: string; detail: string }>("GET", `/v1/reports/${path}`, status, {
    as: "merchandiser",
  });

describe("the catalogue", () => {
  test("has every file of sql/reports as its header describes it", async () => {
    const { items } = reportsSchema.parse(await at.ask("GET", "/v1/reports", 200, { as: "analyst" }));
    expect(items.map(({ name }) => name)).toEqual([...loadReports().keys()]);
  });

  test.each([...loadReports().keys()])(
    "%s has the columns of its header, and uses each of its parameters",
    async (name) => {
      const report = loadReports().get(name)!;
      const { header, sql } = report;
      const around = { nowMs: Date.now(), timeZone: "UTC", currencies: ["EUR"] };
      const found = resolveParameters(header, {}, around);
      if (!found.ok) throw new Error(found.detail);
      const params = sqlParametersOf(sql, found.value, found.value.window, around.nowMs);
      const rows = await db.query({
        name: "test/describe",
        sql: `DESCRIBE TABLE (${sql})`,
        params,
        row: z.object({ name: z.string(), type: z.string() }).loose(),
      });
      expect(rows.map((row) => row.name)).toEqual(header.columns.map((column) => column.name));
      for (const [index, { name: column, unit }] of header.columns.entries()) {
        const type = rows[index]!.type.replace(/^(LowCardinality|Nullable)\((.*)\)$/, "$2");
        const isText = /^(String|Date|FixedString|DateTime)/.test(type);
        const isInteger = /^(U?Int\d+|Bool)$/.test(type);
        const expected = ["text", "date", "instant"].includes(unit)
          ? isText
          : ["count", "units", "flag"].includes(unit)
            ? isInteger
            : !isText;
        expect(expected, `${column} ${unit} is a ${rows[index]!.type}`).toBe(true);
      }
      for (const parameter of header.parameters) {
        // It says where days begin: the window is in instants.
        if (parameter.name === "timeZone") continue;
        const inSql = parameter.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        expect(sql).toContain(`{${inSql}:`);
      }
    },
  );
});

describe("a report in JSON", () => {
  test("carries rows, SQL, parameters, window, time zone, currency, n and how new the data is", async () => {
    const answer = await ask("purchase-frequency?from=2026-02-01&to=2026-03-01&timeZone=Europe/Berlin");
    expect(answer.n).toBe(1);
    expect(answer.rows[0]).toMatchObject({
      orders: 3,
      customers: 2,
      sales: "30.5",
      returns: "10",
      net_sales: "20.5",
      units: 5,
    });
    expect(answer.currency).toBe("EUR");
    expect(answer.window).toEqual({
      from: "2026-02-01",
      to: "2026-03-01",
      timeZone: "Europe/Berlin",
      fromInstant: "2026-01-31T23:00:00.000Z",
      toInstant: "2026-02-28T23:00:00.000Z",
    });
    expect(answer.sql).toContain("-- Report:     K7");
    expect(answer.sqlParameters).toMatchObject({ time_zone: "Europe/Berlin", currency: "EUR" });
    expect(Date.parse(answer.dataThrough!)).toBeGreaterThan(Date.now() - 3_600_000);
  });

  test("is compared with the window before and with a year ago", async () => {
    const answer = await ask("purchase-frequency?from=2026-02-01&to=2026-03-01&compare=previous");
    expect(answer.comparison).toMatchObject({
      kind: "previous",
      window: { from: "2026-01-01", to: "2026-02-01" },
      n: 1,
    });
    expect(answer.comparison?.rows[0]).toMatchObject({ orders: 1, sales: "24.01" });
    const empty = await ask("purchase-frequency?from=2026-02-01&to=2026-03-01&compare=year_ago");
    expect(empty.comparison?.rows[0]).toMatchObject({ orders: 0, average_order_value: null });
  });

  test("filters by location, channel, category, cohort and kind", async () => {
    const orders = async (query: string) => (await ask(`purchase-frequency?${query}`)).rows[0]?.["orders"];
    expect(await orders("channel=store")).toBe(0);
    expect(await orders("channel=store,web")).toBe(4);
    expect(await orders("location=S1")).toBe(0);
    expect(await orders("category=none")).toBe(0);
    expect(await orders("cohort=2026-01")).toBe(2);
    const { rows } = await ask("purchase-frequency?kind=merchandise&to=2026-02-01");
    expect(rows[0]).toMatchObject({ sales: "20.01" });
  });

  test("a period that is not over, or not whole in the window, is blank and never 0", async () => {
    const { rows } = await ask("sales-by-period?from=2026-01-06&to=2026-02-08&period=month");
    expect(rows.map(({ period, is_complete, sales }) => [period, is_complete, sales])).toEqual([
      ["2026-02-01", 0, null],
    ]);
    const whole = await ask("sales-by-period?from=2026-01-01&to=2026-03-02&period=week");
    expect(whole.rows[1]).toMatchObject({ period: "2026-01-12", is_complete: 1, sales: "0", orders: 0 });
    expect(whole.rows.at(-1)).toMatchObject({ period: "2026-02-23", is_complete: 1 });
  });
});

describe("files", () => {
  async function fileOf(format: string): Promise<{ bytes: Buffer; type: string | null }> {
    const response = await at.request("GET", `/v1/reports/customer-values?format=${format}&to=2026-03-01`, {
      as: "admin",
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain(`customer-values.${format}`);
    return { bytes: Buffer.from(await response.arrayBuffer()), type: response.headers.get("content-type") };
  }

  test("CSV has the names of the columns, with rows and without", async () => {
    const { bytes, type } = await fileOf("csv");
    expect(type).toContain("text/csv");
    const lines = bytes.toString().trimEnd().split("\n");
    expect(lines[0]).toMatch(/^person_id,orders,/);
    expect(lines[1]).toMatch(/^"shop\/c1",2,2,"2026-01-05","2026-02-06",1,4,/);
    expect(lines).toHaveLength(3);
    const empty = await at.request("GET", "/v1/reports/customer-values?format=csv&to=2020-01-01", {
      as: "admin",
    });
    expect(await empty.text()).toMatch(/^person_id,.*predicted_model\n$/);
  });

  test.each([
    ["arrow", "ArrowStream"],
    ["parquet", "Parquet"],
  ])("%s is read by others as it was meant", async (format, name) => {
    const { bytes } = await fileOf(format);
    const file = join(folder, `rows.${format}`);
    writeFileSync(file, bytes);
    const rows = await db.query({
      name: "test/read",
      sql: `SELECT person_id, orders, toString(net_revenue) AS net FROM file('${file}', '${name}') ORDER BY person_id`,
      row: z.object({ person_id: z.string(), orders: z.number(), net: z.string() }),
    });
    expect(rows).toEqual([
      { person_id: "shop/c1", orders: 2, net: "24.01" },
      { person_id: "shop/c2", orders: 1, net: "5.5" },
    ]);
  });
});

describe("refusals", () => {
  test.each([
    ["none", 404, "report_not_found"],
    ["repeat-purchase?colour=red", 400, "report_parameter_unknown"],
    ["repeat-purchase?from=yesterday", 400, "report_parameter_invalid"],
    ["repeat-purchase?format=xml", 400, "invalid_request"],
    ["repeat-purchase?compare=previous", 400, "report_comparison_unbounded"],
    ["repeat-purchase?compare=previous&format=csv&from=2026-01-01", 400, "report_comparison_format"],
  ])("%s is %d %s", async (path, status, code) => {
    expect((await problem(path, status)).code).toBe(code);
  });

  test("amounts in two currencies are never added up", async () => {
    await importText(
      db,
      "orders",
      "orderId,code,quantity,orderedAt,unitPrice\n9,A,1,2026-02-06T10:00:00Z,10\n",
      {
        source: "uk",
        currency: "GBP",
        timeZone: "UTC",
      },
    );
    at.clock.aheadMs += 60_000;
    const refused = await problem("purchase-frequency", 400);
    expect(refused.code).toBe("report_currency_needed");
    expect(refused.detail).toContain("EUR, GBP");
    expect((await ask("purchase-frequency?currency=GBP")).rows[0]).toMatchObject({ orders: 1, sales: "10" });
  });
});

describe("today so far", () => {
  test("is beside the same weekday a week ago until the same time, hour by hour where asked", async () => {
    const clockMs = Date.now() + at.clock.aheadMs;
    // A quarter past ten of tomorrow, UTC.
    const nowMs = (Math.floor(clockMs / 86_400_000) + 1) * 86_400_000 + 10.25 * 3_600_000;
    const line = (order: number, agoHours: number, quantity = 1) =>
      `${order},A,${quantity},${new Date(nowMs - agoHours * 3_600_000).toISOString()},10`;
    const week = 7 * 24;
    const lines = [
      line(101, 0.1),
      line(102, 2, 2),
      line(103, 10.3),
      line(104, -0.1),
      line(105, week + 0.1, 4),
      line(106, week - 0.1),
      line(107, week + 10.3),
      line(108, 24),
      line(109, 1, -1),
    ];
    const text = `orderId,code,quantity,orderedAt,unitPrice\n${lines.join("\n")}\n`;
    const options = { source: "today", currency: "SEK", timeZone: "UTC", channel: "web" };
    await importText(db, "orders", text, options);
    at.clock.aheadMs += nowMs - clockMs;
    const { rows } = await ask("day-so-far?currency=SEK&timeZone=UTC");
    expect(rows).toMatchObject([
      { is_today: 1, orders: 2, units: 3, net_sales: "20", online_orders: 2, pickups_waiting: 0 },
      { is_today: 0, orders: 1, units: 4, net_sales: "40" },
    ]);
    const hours = await ask("day-so-far?currency=SEK&timeZone=UTC&by=hour");
    expect(hours.rows).toHaveLength(22);
    const sold = hours.rows.filter((row) => row["orders"] !== 0);
    expect(sold.map((row) => [row["is_today"], row["hour"]])).toEqual([
      [1, 8],
      [1, 10],
      [0, 10],
    ]);
  });
});
