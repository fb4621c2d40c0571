import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type ClickHouseClient, ClickHouseError, createClient } from "@clickhouse/client";
import { RecordBatchReader, tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AnalystEngine, createAnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import { isOpenFunction } from "../../sql/analysts/check-syntax-tree.ts";
import { OPEN_AGGREGATES } from "../../sql/analysts/open-aggregates.ts";
import { OPEN_FORMATS } from "../../sql/analysts/open-formats.ts";
import { OPEN_FUNCTIONS } from "../../sql/analysts/open-functions.ts";
import { OPEN_TABLES } from "../../sql/analysts/open-tables.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { openBytes } from "../../sql/open-bytes.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { z } from "zod";

const EXPORTED_ROWS = process.env["ONHAND_LONG"] === "1" ? 5_000_000 : 500_000;

let db: Database;
let analysts: AnalystEngine;
let at: TestServer;
let client: ClickHouseClient;
beforeAll(async () => {
  const directory = migratedDirectory("analysts-client");
  db = await openDatabase({ dataDirectory: directory });
  await migrate(db);
  const limits = {
    max_execution_time: 60,
    max_memory_usage: 500_000_000,
    max_result_rows: 20_000_000,
    max_result_bytes: 2_000_000_000,
    max_rows_to_read: 10_000_000_000,
  };
  analysts = createAnalystEngine({ bytes: await openBytes({ dataDirectory: directory }), limits });
  at = await startTestServer({ db, deps: { analysts }, listen: true });
  client = createClient({
    url: at.url,
    pathname: "/clickhouse",
    username: "anybody",
    password: at.tokens.analyst,
    database: "onhand",
    compression: { response: true, request: false },
  });
});
afterAll(async () => {
  await client?.close();
  await at?.stop();
  await analysts?.close();
  await db?.close();
});

async function ask(
  query: string,
  more: { path?: string; key?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return await fetch(`${at.url}/clickhouse/?${more.path ?? ""}`, {
    method: "POST",
    body: query,
    headers: { authorization: `Bearer ${more.key ?? at.tokens.analyst}`, ...more.headers },
  });
}

it("answers the client's everyday questions: ping, formats, parameters, settings, ids", async () => {
  expect((await client.ping()).success).toBe(true);
  expect((await client.ping({ select: true })).success).toBe(true);
  const rows = await client.query({
    query:
      "SELECT {text:String} AS text, {list:Array(UInt32)} AS list, {at:DateTime} AS at, {none:Nullable(String)} AS none",
    query_params: {
      text: "it's\ta 'text'\n\\",
      list: [1, 2],
      at: new Date("2026-01-02T03:04:05Z"),
      none: null,
    },
    format: "JSONEachRow",
    query_id: "mine-1",
  });
  expect(rows.query_id).toBe("mine-1");
  expect(await rows.json()).toEqual([
    { text: "it's\ta 'text'\n\\", list: [1, 2], at: "2026-01-02 03:04:05", none: null },
  ]);
  const json = await client.query({
    query: "SELECT toUInt64(1) AS n",
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
  });
  expect(await json.json()).toMatchObject({ data: [{ n: "1" }], rows: 1 });
  const csv = await client.query({ query: "SELECT 1 AS a, 'b' AS b", format: "CSVWithNames" });
  expect(await csv.text()).toBe('"a","b"\n1,"b"\n');
});

it("streams rows to the client with its compression, and ends the query when it leaves", async () => {
  const rows = await client.query({
    query: "SELECT number FROM numbers(300000)",
    format: "JSONCompactEachRow",
  });
  let count = 0;
  for await (const chunk of rows.stream()) count += chunk.length;
  expect(count).toBe(300_000);

  const controller = new AbortController();
  const endless = client.query({
    query: "SELECT count() FROM numbers(9000000000) WHERE sipHash64(number) = 1",
    format: "TabSeparated",
    abort_signal: controller.signal,
  });
  setTimeout(() => controller.abort(), 300);
  await expect(endless).rejects.toThrow(/abort/i);
  await expect
    .poll(async () => await (await fetch(`${at.url}/metrics`)).text())
    .toMatch(/onhand_sql_running\{state="running"\} 0/);
});

it("gives the client ClickHouse's errors with their code", async () => {
  const codeOf = async (query: string): Promise<string> => {
    const error: unknown = await client.query({ query, format: "TabSeparated" }).then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof ClickHouseError ? `${error.code} ${error.type}` : String(error);
  };
  expect(await codeOf("SELEC 1")).toBe("62 SYNTAX_ERROR");
  expect(await codeOf("SELECT nope FROM products")).toBe("47 UNKNOWN_IDENTIFIER");
  expect(await codeOf("SELECT * FROM nowhere")).toBe("60 UNKNOWN_TABLE");
  expect(await codeOf("SELECT * FROM api_keys")).toBe("497 ACCESS_DENIED");
  expect(await codeOf("SELECT throwIf(1, 'so')")).toBe("395 FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
  await expect(client.insert({ table: "products", values: [{ gtin: 1 }] })).rejects.toThrow(/Only SELECT/);
  await expect(client.command({ query: "DROP TABLE products" })).rejects.toThrow(/nothing was changed/);
});

it("takes a key as password, header or bearer, of analysts and administrators alone", async () => {
  const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`me:${key}`).toString("base64")}` });
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(`${at.url}/clickhouse/?query=SELECT+1`, { headers })).status;
  expect(await statusOf(basic(at.tokens.analyst))).toBe(200);
  expect(await statusOf({ "x-clickhouse-user": "me", "x-clickhouse-key": at.tokens.admin })).toBe(200);
  expect(await statusOf({ authorization: `Bearer ${at.tokens.analyst}` })).toBe(200);
  expect(await statusOf({})).toBe(401);
  expect(await statusOf(basic("oh_000000000000_wrong"))).toBe(401);
  expect(await statusOf({ cookie: "onhand_session=x" })).toBe(401);
  for (const role of ["device", "storefront", "store", "merchandiser"] as const) {
    expect(await statusOf(basic(at.tokens[role]))).toBe(403);
  }
});

it("takes a signed-in browser by POST from this server's own pages alone, with the rights of who signed in", async () => {
  const cookieOf = async (role: "analyst" | "merchandiser" | "admin" | "store") => {
    const signedIn = await at.request("POST", "/v1/session", { body: { key: at.tokens[role] } });
    return (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  };
  const statusOf = async (method: string, headers: Record<string, string>) =>
    (await fetch(`${at.url}/clickhouse/?query=SELECT+1`, { method, headers })).status;
  const cookie = await cookieOf("analyst");
  expect(await statusOf("POST", { cookie, origin: at.url })).toBe(200);
  expect(await statusOf("POST", { cookie: await cookieOf("admin"), origin: at.url })).toBe(200);
  expect(await statusOf("POST", { cookie: await cookieOf("merchandiser"), origin: at.url })).toBe(403);
  expect(await statusOf("POST", { cookie: await cookieOf("store"), origin: at.url })).toBe(403);
  for (const origin of ["http://evil.example", "null", `${at.url}.evil.example`]) {
    expect(await statusOf("POST", { cookie, origin })).toBe(403);
  }
  expect(await statusOf("POST", { cookie })).toBe(403);
  // A link of somebody else is a GET, which carries no origin of its own.
  expect(await statusOf("GET", { cookie, origin: at.url })).toBe(401);
  expect(await statusOf("POST", { cookie: "onhand_session=x", origin: at.url })).toBe(401);
  // What a wrong key comes with is not asked instead.
  expect(await statusOf("POST", { cookie, origin: at.url, authorization: "Bearer oh_0_wrong" })).toBe(401);
});

it("says what it is in ClickHouse's headers, and packs what the client takes packed", async () => {
  const response = await ask("SELECT number FROM numbers(1000)", {
    path: "enable_http_compression=1&default_format=JSONEachRow&query_id=q7",
    headers: { "accept-encoding": "gzip" },
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "x-clickhouse-query-id": "q7",
    "x-clickhouse-format": "JSONEachRow",
    "x-clickhouse-timezone": "UTC",
    "x-clickhouse-server-display-name": "onhand",
    "x-clickhouse-exception-tag": expect.stringMatching(/^[0-9a-f]{16}$/),
    "content-encoding": "gzip",
    "content-type": "application/x-ndjson; charset=UTF-8",
  });
  expect(JSON.parse(response.headers.get("x-clickhouse-summary") ?? "")).toMatchObject({ read_rows: "1000" });
  expect((await response.text()).split("\n").length).toBe(1001);
  expect(
    await (await ask("AS a FORMAT JSONEachRow", { path: `query=${encodeURIComponent("SELECT 1")}` })).text(),
  ).toBe('{"a":1}\n');
  expect((await ask("SELECT 1", { path: "database=other" })).status).toBe(404);
  expect((await ask("SELECT 1", { path: "database=default&session_id=x" })).status).toBe(200);
});

it("shows tools the open tables with their columns, and no other", async () => {
  const names = async (query: string) => (await (await ask(query)).text()).trimEnd().split("\n");
  expect(await names("SHOW DATABASES")).toEqual(["onhand"]);
  const tables = await names("SELECT name FROM system.tables WHERE database = 'onhand' ORDER BY name");
  expect(tables).toEqual(await names("SHOW TABLES"));
  expect(tables.filter((name) => !OPEN_TABLES.includes(name))).toEqual([]);
  expect(tables.length).toBeGreaterThan(40);
  expect(await names("SELECT DISTINCT table FROM system.columns ORDER BY table")).toEqual(tables);
  expect(await names("SELECT * FROM system.tables")).not.toContain("/store/");
  const functions = await names("SELECT name FROM system.functions");
  expect(functions).toContain("uniqExact");
  expect(functions.filter((name) => !isOpenFunction(name.toLowerCase()))).toEqual([]);
});

it("lets every open table be read, column by column", async () => {
  const statuses: Record<string, string> = {};
  const columns =
    "SELECT table, arrayStringConcat(groupArray(concat('`', name, '`')), ', ') FROM system.columns GROUP BY table";
  const there = (await (await ask(columns)).text()).trimEnd().split("\n");
  for (const [name = "", list = ""] of there.map((line) => line.split("\t"))) {
    const response = await ask(`SELECT ${list} FROM ${name} LIMIT 1 FORMAT Null`);
    if (response.status !== 200) statuses[name] = await response.text();
    else await response.text();
  }
  expect(statuses).toEqual({});
});

const USEFUL = [
  "SELECT category, count() AS n, avg(price) FROM products FINAL GROUP BY category WITH TOTALS ORDER BY n DESC LIMIT 5",
  "WITH sold AS (SELECT gtin, sum(quantity) AS units FROM all_order_lines GROUP BY gtin) SELECT p.name, s.units FROM sold AS s LEFT JOIN products AS p ON p.gtin = s.gtin",
  "SELECT toStartOfMonth(ordered_at) AS month, uniqExact(customer_id), quantile(0.9)(unit_price), sumIf(quantity, line_type = 'sale') FROM order_lines GROUP BY month ORDER BY month WITH FILL STEP INTERVAL 1 MONTH",
  "SELECT gtin, rank() OVER (PARTITION BY location_id ORDER BY quantity DESC) AS r, lagInFrame(quantity) OVER w FROM positions WINDOW w AS (ORDER BY gtin) QUALIFY r < 4",
  "SELECT CASE 1 WHEN 2 THEN 3 ELSE 4 END, CASE WHEN 1 THEN 2 END, -1::Int8, [1, 2][1], (1, 'a').2, map('a', 1)['a'], 1 IN (1, 2), x.1 FROM (SELECT (1, 2) AS x)",
  "SELECT arrayMap(x -> x * 2, range(5)) AS a, arraySum(a), arrayStringConcat(arrayMap(toString, a), ',')",
  "SELECT gtin FROM products WHERE gtin IN (SELECT gtin FROM positions) AND name LIKE '%a%' UNION ALL SELECT 1 UNION DISTINCT SELECT 2",
  "SELECT * EXCEPT (version) REPLACE (upper(name) AS name) FROM products, (SELECT 1 AS one) AS o WHERE EXISTS (SELECT 1)",
  "SELECT number % 3 AS k, groupArray(number), argMax(number, number), uniqState(number) FROM numbers(9) GROUP BY k HAVING count() > 1",
  "SELECT dateDiff('day', toDate('2026-01-01'), now()), formatDateTime(now(), '%F'), toTimeZone(now(), 'Europe/Berlin') - INTERVAL 1 DAY, extract(YEAR FROM now())",
  "SELECT item, n FROM (SELECT ['a', 'b'] AS items, [1, 2] AS ns) ARRAY JOIN items AS item, ns AS n",
  "SELECT JSONExtractString('{\"a\":\"b\"}', 'a'), replaceRegexpAll('abc', '[ab]', 'x'), 'a' || 'b', position('abc', 'c'), 'a;b -- c /* d' AS text",
  "SELECT count() FILTER (WHERE number > 2), grouping(k) FROM (SELECT number, number % 2 AS k FROM numbers(5)) GROUP BY GROUPING SETS ((k), ())",
  "SELECT a.n FROM (SELECT number AS n, 1 AS k FROM numbers(3)) AS a ASOF LEFT JOIN (SELECT number AS n, 1 AS k FROM numbers(3)) AS b ON a.k = b.k AND a.n >= b.n SETTINGS join_use_nulls = 1",
  "SELECT version(), currentDatabase(), currentUser(), timezone() FORMAT JSONCompact",
  "SELECT name, is_aggregate FROM system.functions WHERE name = 'sum'",
  "DESCRIBE TABLE (SELECT 1 AS a, 'b' AS b)",
];

it.each(USEFUL)("runs %s", async (query) => {
  const response = await ask(query);
  const text = await response.text();
  expect({ status: response.status, text: response.status === 200 ? "" : text }).toEqual({
    status: 200,
    text: "",
  });
});

it("gives out every open format", async () => {
  for (const format of Object.keys(OPEN_FORMATS)) {
    const response = await ask(`SELECT number AS n, 'a' AS a FROM numbers(3) FORMAT ${format}`);
    expect({ format, status: response.status }).toEqual({ format, status: 200 });
    await response.arrayBuffer();
  }
});

it("names only functions that ClickHouse has, and none that is closed under another name", async () => {
  const rows = await db.query({
    name: "test",
    sql: "SELECT name, alias_to FROM system.functions",
    row: z.object({ name: z.string(), alias_to: z.string() }),
  });
  const known = new Set(rows.map(({ name }) => name));
  const ofTheParser = new Set(["lambda", "exists", "untuple", "grouping"]);
  const unknown = [...OPEN_FUNCTIONS, ...OPEN_AGGREGATES].filter(
    (name) => !known.has(name) && !ofTheParser.has(name),
  );
  expect(unknown).toEqual([]);
  const slipped = rows.filter(
    ({ name, alias_to }) =>
      alias_to !== "" && isOpenFunction(name.toLowerCase()) && !isOpenFunction(alias_to.toLowerCase()),
  );
  expect(slipped).toEqual([]);
});

it("tells a key with too many queries to wait (429), and everybody when the queue is full (503)", async () => {
  const leaving = new AbortController();
  const other = await at.keys.create({ role: "analyst", name: "other", locationId: null, origins: [] });
  const gone: Promise<unknown>[] = [];
  const askLong = (key: string) => {
    const asked = fetch(`${at.url}/clickhouse/`, {
      method: "POST",
      body: "SELECT count() FROM numbers(9000000000) WHERE sipHash64(number) = 1",
      headers: { authorization: `Bearer ${key}` },
      signal: leaving.signal,
    });
    gone.push(asked.catch(() => undefined));
  };
  const inLine = async () => {
    const text = await (await fetch(`${at.url}/metrics`)).text();
    const of = (state: string) =>
      Number(new RegExp(`onhand_sql_running\\{state="${state}"\\} (\\d+)`).exec(text)?.[1]);
    return of("running") + of("waiting");
  };
  try {
    for (let n = 0; n < 12; n += 1) askLong(at.tokens.analyst);
    await expect.poll(inLine).toBe(12);
    const mine = await ask("SELECT 1");
    expect([mine.status, mine.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await mine.text()).toMatch(/^Code: 202\. .*TOO_MANY_SIMULTANEOUS_QUERIES/);
    for (let n = 0; n < 12; n += 1) askLong(at.tokens.admin);
    for (let n = 0; n < 7; n += 1) askLong(other.token);
    await expect.poll(inLine).toBe(31);
    const full = await ask("SELECT 1", { key: other.token });
    expect([full.status, full.headers.get("retry-after")]).toEqual([503, "5"]);
  } finally {
    leaving.abort();
    await Promise.all(gone);
  }
  await expect.poll(inLine).toBe(0);
});

/** Of each kind of column one, as n says it: exact, with a zone, from a dictionary, and sometimes null. */
const TYPED = `
  SELECT
    number AS n,
    concat('row ', toString(number)) AS text,
    toDecimal64(number, 2) / 4 AS price,
    toDate('2026-01-01') + toUInt16(number % 365) AS day,
    toDateTime64(1767225600 + number, 3, 'Europe/Berlin') AS at,
    toLowCardinality(concat('store-', toString(number % 500))) AS store,
    if(number % 3 = 0, NULL, toInt32(number % 1000)) AS units
  FROM numbers(${EXPORTED_ROWS})
  SETTINGS output_format_arrow_low_cardinality_as_dictionary = 1
  FORMAT ArrowStream`;

it(`exports ${EXPORTED_ROWS} rows as an Arrow stream that apache-arrow reads whole, with flat memory`, async () => {
  await (await ask("SELECT 1")).text();
  const beforeBytes = process.memoryUsage.rss();
  let mostBytes = 0;
  const timer = setInterval(() => {
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
  }, 20);
  const startedMs = performance.now();
  const response = await ask(TYPED);
  expect(response.status).toBe(200);
  const reader = await RecordBatchReader.from(response.body!);
  const seen = { rows: 0, n: 0, units: 0, nulls: 0, batches: 0 };
  const types: Record<string, string> = {};
  for await (const batch of reader) {
    for (const field of batch.schema.fields) types[field.name] = String(field.type);
    seen.rows += batch.numRows;
    seen.batches += 1;
    seen.nulls += batch.getChild("units")?.nullCount ?? 0;
    for (const n of batch.getChild("n")?.toArray() ?? []) seen.n += Number(n);
    if (seen.batches > 1) continue;
    expect(batch.get(7)?.toJSON()).toMatchObject({ n: 7n, text: "row 7", store: "store-7", units: 7 });
    expect(batch.get(3)?.toJSON()).toMatchObject({ units: null });
    expect(new Date(Number(batch.get(7)?.["at"])).toISOString()).toBe("2026-01-01T00:00:07.000Z");
    expect(new Date(Number(batch.get(31)?.["day"])).toISOString()).toBe("2026-02-01T00:00:00.000Z");
    // 7 / 4 with two digits.
    expect(String(batch.get(7)?.["price"])).toBe("175");
  }
  clearInterval(timer);
  const seconds = (performance.now() - startedMs) / 1000;
  const grownMb = (Math.max(mostBytes, process.memoryUsage.rss()) - beforeBytes) / 1e6;
  console.log(
    `${EXPORTED_ROWS} rows read by apache-arrow in ${seconds.toFixed(1)} s and ${seen.batches} batches, memory grew by ${grownMb.toFixed(0)} MB`,
  );
  expect(types).toEqual({
    n: "Uint64",
    text: "Utf8",
    price: "Decimal[18e+2]",
    day: "Date32<DAY>",
    at: "Timestamp<MILLISECOND, Europe/Berlin>",
    store: "Dictionary<Int32, Utf8>",
    units: "Int32",
  });
  const last = EXPORTED_ROWS - 1;
  expect(seen).toMatchObject({
    rows: EXPORTED_ROWS,
    n: (EXPORTED_ROWS * last) / 2,
    nulls: Math.floor(last / 3) + 1,
  });
  expect(grownMb).toBeLessThan(300);
});

it("exports an Arrow file that reads whole", async () => {
  const path = join(temporaryDirectory("export"), "export.arrow");
  const response = await ask(
    "SELECT number AS n, toString(number) AS text FROM numbers(200000) FORMAT Arrow",
  );
  await pipeline(response.body!, createWriteStream(path));
  const table = tableFromIPC(readFileSync(path));
  expect(table.numRows).toBe(200_000);
  expect(table.get(199_999)?.toJSON()).toEqual({ n: 199_999n, text: "199999" });
});
