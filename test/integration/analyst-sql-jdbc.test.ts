import { afterAll, beforeAll, expect, it } from "vitest";
import { fromBlocks, toBlock } from "../../server/analysts/blocks/blocks.ts";
import { type AnalystEngine, createAnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { openBytes } from "../../sql/open-bytes.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

// Requests as the drivers for Java make them (github.com/ClickHouse/clickhouse-java 0.9: HttpAPIClientHelper of client-v2, ClickHouseHttpConnection
// of the older client), which DBeaver and Metabase connect with. No Java runs here.

let db: Database;
let analysts: AnalystEngine;
let at: TestServer;
beforeAll(async () => {
  const directory = migratedDirectory("analysts-jdbc");
  db = await openDatabase({ dataDirectory: directory });
  await migrate(db);
  const limits = {
    max_execution_time: 60,
    max_memory_usage: 500_000_000,
    max_result_rows: 3_000_000,
    max_result_bytes: 2_000_000_000,
    max_rows_to_read: 10_000_000_000,
  };
  analysts = createAnalystEngine({ bytes: await openBytes({ dataDirectory: directory }), limits });
  at = await startTestServer({ db, deps: { analysts }, listen: true });
});
afterAll(async () => {
  await at?.stop();
  await analysts?.close();
  await db?.close();
});

const ENOUGH = 1e9;

/** As client-v2 asks, which has no slash behind the path; the answer unpacked. */
async function ask(
  query: string,
  more: { path?: string; body?: Uint8Array; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer; packedLength: number }> {
  const response = await fetch(
    `${at.url}/clickhouse?query_id=${crypto.randomUUID()}&compress=1${more.path ?? ""}`,
    {
      method: "POST",
      body: new Uint8Array(more.body ?? Buffer.from(query)),
      headers: {
        "content-type": "text/plain",
        "x-clickhouse-database": "onhand",
        "x-clickhouse-format": "RowBinaryWithNamesAndTypes",
        authorization: `Basic ${Buffer.from(`reader:${at.tokens.analyst}`).toString("base64")}`,
        "user-agent": "clickhouse-java-v2/0.9.6 jdbc-v2/0.9.6 (Linux; jvm:21.0.8)",
        ...more.headers,
      },
    },
  );
  const packed = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes: fromBlocks(packed, ENOUGH),
    packedLength: packed.length,
  };
}

it("answers a driver's greeting in blocks: who, which zone, which version", async () => {
  const { status, headers, bytes } = await ask(
    "SELECT currentUser() AS user, timezone() AS timezone, version() AS version LIMIT 1",
  );
  expect(status).toBe(200);
  expect(headers.get("x-clickhouse-format")).toBe("RowBinaryWithNamesAndTypes");
  expect(headers.get("content-encoding")).toBe(null);
  const words = readTexts(bytes.subarray(1), 9);
  expect(words.slice(0, 8)).toEqual([
    "user",
    "timezone",
    "version",
    "String",
    "String",
    "String",
    expect.any(String),
    "UTC",
  ]);
  expect(words[8]).toMatch(/^\d+\.\d+/);
});

/** Texts as RowBinary has them, of less than 128 bytes each. */
function readTexts(bytes: Buffer, count: number): string[] {
  const texts: string[] = [];
  for (let from = 0; texts.length < count; ) {
    const length = bytes[from] ?? 0;
    texts.push(bytes.subarray(from + 1, from + 1 + length).toString());
    from += 1 + length;
  }
  return texts;
}

it("gives the same bytes in blocks as without, small and long, also packed for HTTP once more", async () => {
  for (const query of [
    "SELECT 1 AS a",
    "SELECT number AS n, concat('row ', toString(number)) AS text, toDecimal64(number, 2) AS d FROM numbers(400000)",
    "SELECT * FROM products WHERE 0",
  ]) {
    const plain = await fetch(`${at.url}/clickhouse/?default_format=RowBinaryWithNamesAndTypes`, {
      method: "POST",
      body: query,
      headers: { authorization: `Bearer ${at.tokens.analyst}` },
    });
    const whole = Buffer.from(await plain.arrayBuffer());
    const blocks = await ask(query);
    expect(blocks.bytes.equals(whole)).toBe(true);
    // Of few bytes the head of a block is more than packing saves.
    expect(blocks.packedLength).toBeLessThan(Math.max(1000, whole.length * 0.7));
    const both = await ask(query, {
      path: "&enable_http_compression=1",
      headers: { "accept-encoding": "gzip" },
    });
    expect(both.headers.get("content-encoding")).toBe("gzip");
    expect(both.bytes.equals(whole)).toBe(true);
  }
});

it("takes what the older driver asks beside it, and values of a prepared statement", async () => {
  const path = "&extremes=0&max_result_rows=1000&result_overflow_mode=break&session_id=a&session_timeout=60";
  const { status, bytes } = await ask("SELECT 'x' AS a", { path });
  expect([status, readTexts(bytes.subarray(1), 3)]).toEqual([200, ["a", "String", "x"]]);
  const named = await ask("SELECT {name:String} AS a", { path: "&param_name=it%27s" });
  expect(readTexts(named.bytes.subarray(1), 3)).toEqual(["a", "String", "it's"]);
});

it("takes bodies in blocks, and refuses those that were damaged before anything is asked", async () => {
  const sql = `SELECT '${"long ".repeat(5000)}' AS a FORMAT TabSeparated`;
  const body = Buffer.concat([
    toBlock(Buffer.from(sql.slice(0, 9000))),
    toBlock(Buffer.from(sql.slice(9000))),
  ]);
  const { status, bytes } = await ask("", { path: "&decompress=1", body });
  expect([status, bytes.toString()]).toEqual([200, `${"long ".repeat(5000)}\n`]);

  const damaged = Buffer.from(body);
  damaged[40] = (damaged[40] ?? 0) ^ 1;
  const wrong = await ask("", { path: "&decompress=1", body: damaged });
  expect([wrong.status, wrong.headers.get("x-clickhouse-exception-code")]).toEqual([400, "40"]);
  expect(wrong.bytes.toString()).toMatch(/^Code: 40\. .*checksum of block 1 .*\(CHECKSUM_DOESNT_MATCH\)/);
  const plain = await ask("SELECT 1", { path: "&decompress=1" });
  expect([plain.status, plain.headers.get("x-clickhouse-exception-code")]).toEqual([400, "271"]);
  // A few bytes that say they are four gigabytes.
  const bomb = toBlock(Buffer.from("SELECT 1"));
  Buffer.from(bomb.buffer, bomb.byteOffset).writeUInt32LE(0xffffffff, 21);
  const large = await ask("", { path: "&decompress=1", body: bomb });
  expect([large.status, large.headers.get("x-clickhouse-exception-code")]).toEqual([413, "168"]);
});

it("tells errors in blocks with their code and status, and a missing key in plain text", async () => {
  const refused = await ask("SELECT * FROM api_keys");
  expect([refused.status, refused.headers.get("x-clickhouse-exception-code")]).toEqual([403, "497"]);
  expect(refused.bytes.toString()).toMatch(/^Code: 497\. DB::Exception: .*\(ACCESS_DENIED\)/);
  expect((await ask("SELEC 1")).bytes.toString()).toMatch(/^Code: 62\./);
  const nobody = await fetch(`${at.url}/clickhouse?compress=1`, { method: "POST", body: "SELECT 1" });
  expect([nobody.status, await nobody.text()]).toEqual([401, expect.stringMatching(/^Code: 516\./)]);
});

it("writes what fails in the middle into the last block, behind the rows, and cuts the connection", async () => {
  const response = await fetch(
    `${at.url}/clickhouse/?compress=1&default_format=TabSeparated&max_block_size=1000`,
    {
      method: "POST",
      body: "SELECT number, throwIf(number = 2900000, 'in the middle') FROM numbers(3000000)",
      headers: { authorization: `Bearer ${at.tokens.analyst}` },
    },
  );
  expect(response.status).toBe(200);
  const tag = response.headers.get("x-clickhouse-exception-tag") ?? "";
  const chunks: Uint8Array[] = [];
  const read = async () => {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  };
  await expect(read()).rejects.toThrow(/terminated/);
  const text = fromBlocks(Buffer.concat(chunks), ENOUGH).toString();
  expect(text.startsWith("0\t0\n1\t0\n")).toBe(true);
  expect(text.slice(-2000)).toContain(
    `\r\n__exception__\r\n${tag}\r\nCode: 395. DB::Exception: in the middle`,
  );
  expect(text.endsWith(` ${tag}\r\n__exception__\r\n`)).toBe(true);
});

/** What DatabaseMetaDataImpl of jdbc-v2 asks, shortened where it repeats itself. */
const METADATA = {
  schemas: "SELECT name AS TABLE_SCHEM, '' AS TABLE_CATALOG FROM system.databases ORDER BY name",
  tables: `SELECT '' AS TABLE_CAT, t.database AS TABLE_SCHEM, t.name AS TABLE_NAME,
    if(t.is_temporary = 1, concat('Temporary', t.engine), t.engine) AS TABLE_TYPE, t.comment AS REMARKS,
    CAST(null as Nullable(String)) AS TYPE_CAT, d.engine AS TYPE_SCHEM
    FROM system.tables t JOIN system.databases d ON system.tables.database = system.databases.name
    WHERE t.database LIKE '%' AND t.name LIKE '%' AND ( t.engine IN ('View') OR t.engine LIKE '%MergeTree' ) AND (t.is_temporary = 0)`,
  columns: `SELECT '' AS TABLE_CAT, database AS TABLE_SCHEM, table AS TABLE_NAME, name AS COLUMN_NAME, toInt32(1111) AS DATA_TYPE,
    type AS TYPE_NAME, toInt32(multiIf(character_octet_length IS NOT NULL, character_octet_length, system.columns.type == 'Int8', 1,
    numeric_precision IS NOT NULL, numeric_precision, 0)) AS COLUMN_SIZE, toInt32(IF (numeric_scale == 0, NULL, numeric_scale)) as DECIMAL_DIGITS,
    toInt32(numeric_precision_radix) AS NUM_PREC_RADIX, toInt32(position(type, 'Nullable(') >= 1 ? 1 : 0) as NULLABLE,
    system.columns.comment AS REMARKS, system.columns.default_expression AS COLUMN_DEF,
    character_octet_length::Nullable(Int32) AS CHAR_OCTET_LENGTH, toInt32(system.columns.position) AS ORDINAL_POSITION,
    position(upper(type), 'NULLABLE') >= 1 ? 'YES' : 'NO' AS IS_NULLABLE
    FROM system.columns WHERE database LIKE '%' AND table LIKE 'products' AND name LIKE '%' ORDER BY TABLE_SCHEM, TABLE_NAME, ORDINAL_POSITION`,
  keys: `SELECT NULL::Nullable(String) AS TABLE_CAT, system.tables.database AS TABLE_SCHEM, system.tables.name AS TABLE_NAME,
    trim(c.1) AS COLUMN_NAME, CAST(c.2 AS Int16) AS KEY_SEQ, 'PRIMARY' AS PK_NAME FROM system.tables
    ARRAY JOIN arrayZip(splitByChar(',', primary_key), arrayEnumerate(splitByChar(',', primary_key))) as c
    WHERE system.tables.primary_key <> '' AND system.tables.database ILIKE '%' AND system.tables.name ILIKE 'products' ORDER BY COLUMN_NAME`,
  types: `SELECT name AS TYPE_NAME, attrs.c2 AS PRECISION, if(empty(alias_to), name, alias_to) AS LOCAL_TYPE_NAME FROM system.data_type_families dt
    LEFT JOIN (SELECT * FROM VALUES ( ('Int8',3,true,0,0),('String',0,false,0,0)) ) as attrs ON (dt.name = attrs.c1) WHERE alias_to == '' ORDER BY name`,
  functions: `SELECT CAST(NULL as Nullable(String)) AS FUNCTION_CAT, CAST(name as Nullable(String)) AS FUNCTION_NAME,
    concat(description, '(', origin, ')') AS REMARKS, name AS SPECIFIC_NAME FROM system.functions WHERE name LIKE '%'`,
  kinds: "SELECT arrayJoin(['TABLE', 'VIEW']) AS TABLE_TYPE ORDER BY TABLE_TYPE",
};

it.each(Object.entries(METADATA))("shows a driver the %s", async (_name, query) => {
  const { status, bytes } = await ask(`${query} FORMAT JSONCompactEachRow`);
  const [first = ""] = bytes.toString().split("\n");
  expect({ status, first }).toEqual({ status: 200, first: expect.stringMatching(/^\[.+\]$/) });
});

it.runIf(process.env["ONHAND_LONG"] === "1")("says how fast blocks are packed", async () => {
  const sql = `SELECT number AS n, concat('store-', toString(number % 500)) AS store, toDate('2026-01-01') + toUInt16(number % 365) AS day,
    toDecimal64(sipHash64(number) % 10000, 2) / 100 AS price, toDateTime(1767225600 + number) AS at FROM numbers(1000000) FORMAT RowBinaryWithNamesAndTypes`;
  const seconds = async (path: string, headers: Record<string, string>) => {
    const startedMs = performance.now();
    const response = await fetch(`${at.url}/clickhouse/?${path}`, {
      method: "POST",
      body: sql,
      headers: { authorization: `Bearer ${at.tokens.analyst}`, "accept-encoding": "identity", ...headers },
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += chunk.length;
    const took = (performance.now() - startedMs) / 1000;
    return { took, bytes };
  };
  const told: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const plain = await seconds("", {});
    const blocks = await seconds("compress=1", {});
    // fetch unpacks it as well, which takes a fifth of the packing.
    const gzip = await seconds("enable_http_compression=1", { "accept-encoding": "gzip" });
    const perSecond = ({ took }: { took: number }) => `${(plain.bytes / 1e6 / took).toFixed(0)} MB/s`;
    told.push(
      `plain ${perSecond(plain)}, compress=1 ${perSecond(blocks)} in ${(blocks.bytes / plain.bytes).toFixed(2)} of the bytes, gzip ${perSecond(gzip)}`,
    );
    expect(blocks.bytes).toBeLessThan(plain.bytes);
  }
  console.log(told.join("\n"));
});
