import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { serve, type ServerType } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migratedDirectory } from "../../test/support/migrated-directory.ts";
import { streamImport } from "./import-client.ts";
import { importOptionsSchema } from "./import-options.ts";
import type { ImportKind, ImportProgress, ImportReport, RejectedRow } from "./import-report.ts";
import { createImportRoute } from "./import-route.ts";

const directory = migratedDirectory("import-route");
let db: Database;
let server: ServerType;
let url = "";
const noted: { changed: readonly string[]; report: ImportReport }[] = [];

beforeAll(async () => {
  db = await openDatabase({ dataDirectory: directory });
  const app = createImportRoute({
    db,
    nowMs: Date.now,
    publishEvent: () => Promise.reject(new Error("no positions here")),
    noteImport: async (changed, report) => {
      noted.push({ changed, report });
    },
  });
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, () => resolve());
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await db.close();
});

async function send(kind: ImportKind, body: Readable, options: Record<string, unknown>) {
  const rejected: RejectedRow[] = [];
  const progress: ImportProgress[] = [];
  const report = await streamImport({ url, token: "t" }, kind, body, importOptionsSchema.parse(options), {
    onProgress: (step) => progress.push(step),
    writeRejected: (row) => {
      rejected.push(row);
    },
  });
  return { report, rejected, progress };
}

function* invoices(lines: number): Generator<string> {
  yield "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  for (let at = 0; at < lines; at += 1) {
    const quantity = at % 100 === 99 ? "x" : "2";
    yield `${Math.floor(at / 10)},A${at % 50},Thing,${quantity},2010-12-01 08:26,1.5,7.0,UK\n`;
  }
}

test("a file goes through in a stream: progress on the way, refused rows by line, the report at the end", async () => {
  const options = {
    source: "s",
    currency: "GBP",
    timeZone: "Europe/London",
    map: { description: "Description" },
  };
  const { report, rejected, progress } = await send("orders", Readable.from(invoices(60_000)), options);
  expect(report).toMatchObject({
    rows: 60_000,
    accepted: 59_400,
    rejected: 600,
    productsCreated: 50,
    failure: null,
  });
  expect(rejected).toHaveLength(600);
  expect(rejected[0]).toEqual({
    line: 101,
    code: "invalid_quantity",
    detail: expect.any(String),
    original: "9,A49,Thing,x,2010-12-01 08:26,1.5,7.0,UK",
  });
  expect(progress.length).toBeGreaterThan(0);
  expect(noted.at(-1)).toMatchObject({ changed: ["products"], report: { accepted: 59_400 } });
});

test("wrong options are refused before anything is read", async () => {
  const answer = await fetch(`${url}/v1/admin/imports/orders?currency=pounds`, { method: "POST", body: "x" });
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  await expect(send("no-such-kind" as ImportKind, Readable.from(["x"]), {})).rejects.toThrow(/no-such-kind/);
});

test("a client that goes away in the middle leaves what was stored, and the next run finishes it", async () => {
  const broken = Readable.from(
    (function* () {
      let sent = 0;
      for (const line of invoices(60_000)) {
        sent += 1;
        if (sent > 40_000) throw new Error("the cable was pulled");
        yield line;
      }
    })(),
  );
  const options = { source: "broken", currency: "GBP", timeZone: "Europe/London" };
  await expect(send("orders", broken, options)).rejects.toThrow(/cable|aborted|hang up|ended/);
  const { report } = await send("orders", Readable.from(invoices(60_000)), options);
  expect(report.accepted + report.unchanged).toBe(59_400);
  const rows = await db.query({
    name: "test/lines",
    sql: "SELECT count() AS n FROM order_lines FINAL WHERE source = 'broken'",
    row: z.object({ n: z.number() }),
  });
  expect(rows).toEqual([{ n: 59_400 }]);
});
