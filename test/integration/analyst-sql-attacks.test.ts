import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnalystEngine, createAnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { openBytes } from "../../sql/open-bytes.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const SECRET = "pbkdf2-of-somebody";
const outside = mkdtempSync(join(tmpdir(), "outside-"));
const secretFile = join(outside, "secret.txt");
writeFileSync(secretFile, SECRET);
const target = join(outside, "target.csv");

let db: Database;
let analysts: AnalystEngine;
let at: TestServer;
let directory: string;
beforeAll(async () => {
  directory = migratedDirectory("analysts");
  db = await openDatabase({ dataDirectory: directory });
  await migrate(db);
  const bytes = await openBytes({ dataDirectory: directory });
  analysts = createAnalystEngine({
    bytes,
    limits: {
      max_execution_time: 1,
      max_memory_usage: 200_000_000,
      max_result_rows: 1_000_000,
      max_result_bytes: 50_000_000,
      max_rows_to_read: 10_000_000_000,
    },
  });
  at = await startTestServer({ db, deps: { analysts }, listen: true });
  await db.insert({
    name: "test",
    table: "api_keys",
    columns: ["key_id", "role", "hash"],
    rows: [["stolen", "admin", SECRET]],
  });
  await db.insert({
    name: "test",
    table: "products",
    columns: ["gtin", "name", "version"],
    rows: [[96385074, "Shirt", 1]],
  });
});
afterAll(async () => {
  await at?.stop();
  await analysts?.close();
  await db?.close();
});

async function send(query: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${at.url}/clickhouse/`, {
    method: "POST",
    body: query,
    headers: { "x-clickhouse-key": at.tokens.analyst },
  });
  return { status: response.status, text: await readAll(response), headers: response.headers };
}

/** Of an answer that broke off what had come. */
async function readAll(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
  } catch {
    // Its last words are in what has come.
  }
  return Buffer.concat(chunks).toString("utf8");
}

const nested = (depth: number) => `${"(".repeat(depth)}1${")".repeat(depth)}`;
const bomb = (levels: number) =>
  `WITH a0 AS (SELECT 1 AS x), ${Array.from({ length: levels }, (_, level) => `a${level + 1} AS (SELECT l.x AS x FROM a${level} AS l, a${level} AS r)`).join(", ")} SELECT * FROM a${levels}`;

/** What is tried, and the codes of ClickHouse with which it may be refused. */
const ATTACKS: readonly [string, string, readonly number[]][] = [
  // Read what is closed
  ["keys", "SELECT * FROM api_keys", [497]],
  ["keys with the database", "SELECT hash FROM onhand.api_keys", [497]],
  ["keys in quotes", 'SELECT hash FROM `onhand`."api_keys"', [497]],
  ["keys in a subquery", "SELECT * FROM (SELECT * FROM (SELECT hash FROM api_keys))", [497]],
  ["keys in a join", "SELECT k.hash FROM products AS p CROSS JOIN api_keys AS k", [497]],
  ["keys in a union", "SELECT name FROM products UNION ALL SELECT hash FROM api_keys", [497]],
  ["keys in an intersection", "SELECT 'a' INTERSECT SELECT hash FROM api_keys", [497]],
  ["keys as a scalar", "SELECT (SELECT any(hash) FROM api_keys)", [497]],
  ["keys in WITH", "WITH (SELECT groupArray(hash) FROM api_keys) AS h SELECT h", [497]],
  ["keys under a name of WITH", "WITH k AS (SELECT * FROM api_keys) SELECT * FROM k", [497]],
  [
    "a name of WITH that hides the table elsewhere",
    "SELECT * FROM (WITH api_keys AS (SELECT 1) SELECT * FROM api_keys) UNION ALL SELECT 1 FROM api_keys",
    [497],
  ],
  ["keys on the right of IN", "SELECT ('stolen', 'admin') IN api_keys", [497]],
  ["keys on the right of IN with the database", "SELECT 1 IN (onhand.api_keys)", [497]],
  ["keys on the right of NOT IN in a lambda", "SELECT arrayMap(x -> x NOT IN api_keys, [1])", [497]],
  ["keys on the right of in()", "SELECT in(1, api_keys)", [497]],
  ["keys by EXISTS", "SELECT exists(SELECT 1 FROM api_keys WHERE hash LIKE 'p%')", [497]],
  ["keys in ORDER BY", "SELECT 1 ORDER BY (SELECT any(hash) FROM api_keys)", [497]],
  ["keys in LIMIT", "SELECT 1 LIMIT (SELECT count() FROM api_keys)", [497, 62, 440]],
  [
    "keys in a column's replacement",
    "SELECT * REPLACE ((SELECT any(hash) FROM api_keys) AS name) FROM products",
    [497],
  ],
  ["keys in a window", "SELECT sum(1) OVER (ORDER BY (SELECT any(hash) FROM api_keys))", [497]],
  ["keys described", "DESCRIBE TABLE api_keys", [497]],
  ["contacts of customers", "SELECT detail FROM customer_events", [497]],
  ["imported facts of customers", "SELECT attributes FROM customers FINAL", [497]],
  ["secret of pickup codes", "SELECT secret FROM order_secrets", [497]],
  ["secrets of webhooks", "SELECT secret FROM webhooks", [497]],
  ["audit log", "SELECT * FROM audit_log", [497]],
  ["answers in a log of commits", "SELECT details FROM order_log", [497]],
  ["codes of offers", "SELECT code FROM offer_events", [497]],
  ["messages as they were sent", "SELECT payload FROM dead_letters", [497]],
  ["a view with parameters", "SELECT * FROM reserved_units_at(at = '2026-01-01 00:00:00')", [497]],
  // Read the server
  ["processes", "SELECT query FROM system.processes", [497]],
  ["log of queries", "SELECT * FROM system.query_log", [497]],
  ["users", "SELECT * FROM system.users", [497]],
  ["settings", "SELECT * FROM system.settings", [497]],
  ["settings of the server", "SELECT * FROM system.server_settings", [497]],
  ["disks", "SELECT path FROM system.disks", [497]],
  ["parts", "SELECT path FROM system.parts", [497]],
  ["the same tables by the standard's schema", "SELECT * FROM INFORMATION_SCHEMA.TABLES", [497]],
  ["a dictionary of the server in other case", "SELECT * FROM SYSTEM.processes", [497, 81]],
  ["a setting by function", "SELECT getSetting('max_memory_usage')", [446]],
  ["the server's settings by function", "SELECT getServerSetting('max_connections')", [446]],
  ["macros", "SELECT getMacro('shard')", [446]],
  ["the host's name", "SELECT hostName()", [446]],
  ["headers of the request", "SELECT getClientHTTPHeader('authorization')", [446]],
  ["columns of a closed table by function", "SELECT hasColumnInTable('onhand', 'api_keys', 'hash')", [446]],
  ["rows of a closed table by function", "SELECT joinGet('api_keys', 'hash', 1)", [446]],
  ["dictionaries", "SELECT dictGet('d', 'a', 1)", [446]],
  ["symbols of the process", "SELECT demangle(addressToSymbol(1))", [446]],
  // Files and other servers
  ["a file by function", `SELECT file('${secretFile}')`, [446]],
  ["a file by function in other case", `SELECT FILE('${secretFile}')`, [446]],
  ["a file by function in quotes", `SELECT \`file\`('${secretFile}')`, [446]],
  ["a file by the name of a function", `SELECT arrayMap(file, ['${secretFile}'])`, [446]],
  ["a file by APPLY", `SELECT * APPLY(file) FROM (SELECT '${secretFile}' AS a)`, [497]],
  [
    "a file by APPLY with a lambda",
    `SELECT COLUMNS('a') APPLY(x -> file(x)) FROM (SELECT '${secretFile}' AS a)`,
    [497],
  ],
  ["a file by REPLACE", `SELECT * REPLACE (file(a) AS a) FROM (SELECT '${secretFile}' AS a)`, [446]],
  ["a file by default of a parameter", `SELECT * FROM (SELECT file('${secretFile}') AS x) WHERE 0`, [446]],
  ["a file in HAVING", `SELECT count() FROM products HAVING file('${secretFile}') != ''`, [446]],
  [
    "a file in a join's condition",
    `SELECT 1 FROM products AS a JOIN products AS b ON file('${secretFile}') = b.name`,
    [446],
  ],
  [
    "a file in INTERPOLATE",
    `SELECT 1 AS n, '' AS x ORDER BY n WITH FILL TO 3 INTERPOLATE (x AS file('${secretFile}'))`,
    [446],
  ],
  [
    "a file in GROUPING SETS",
    `SELECT 1 FROM products GROUP BY GROUPING SETS ((file('${secretFile}')), (name))`,
    [446],
  ],
  ["a file as a table", `SELECT * FROM file('${secretFile}', 'LineAsString', 'a String')`, [497]],
  ["a file described", `DESCRIBE TABLE file('${secretFile}', 'LineAsString')`, [497]],
  ["a file system", `SELECT * FROM filesystem('${outside}')`, [497]],
  ["a page", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString', 'a String')", [497]],
  ["another server", "SELECT * FROM remote('127.0.0.1', 'system', 'one')", [497]],
  ["a bucket", "SELECT * FROM s3('https://bucket.example/x.csv')", [497]],
  ["another database", "SELECT * FROM mysql('127.0.0.1:3306', 'a', 'b', 'c', 'd')", [497]],
  ["another file database", `SELECT * FROM sqlite('${secretFile}', 't')`, [497]],
  ["a program", "SELECT * FROM executable('id', 'TSV', 'a String')", [497]],
  ["all tables at once", "SELECT * FROM merge('onhand', '.*')", [497]],
  ["a cluster", "SELECT * FROM cluster('default', system.one)", [497]],
  ["a query within a table function", "SELECT * FROM view(SELECT * FROM api_keys)", [497]],
  ["what was sent as input", "SELECT * FROM input('a String')", [497]],
  ["a dictionary as a table", "SELECT * FROM dictionary('d')", [497]],
  ["parts of an index", "SELECT * FROM mergeTreeIndex('onhand', 'api_keys')", [497]],
  ["a query of a text", "SELECT * FROM eval('SELECT 1')", [497]],
  ["AI", "SELECT aiGenerate('hello')", [446]],
  ["a file as a format's schema", "SELECT 1 FORMAT Protobuf SETTINGS format_schema = '/etc/passwd:x'", [73]],
  ["a file as a template", `SELECT 1 FORMAT Template SETTINGS format_template_row = '${secretFile}'`, [73]],
  ["a format in a text", "SELECT formatRow('Template', 1)", [446]],
  // Write
  ["an answer into a file", `SELECT * FROM products INTO OUTFILE '${target}' FORMAT CSV`, [164]],
  ["an answer into a file, cut", `SELECT 1 INTO OUTFILE '${target}' TRUNCATE FORMAT CSV`, [164]],
  ["a description into a file", `DESCRIBE TABLE products INTO OUTFILE '${target}'`, [164]],
  ["rows", "INSERT INTO products (gtin) VALUES (1)", [164]],
  ["rows of a query", "INSERT INTO products (gtin) SELECT 1", [164]],
  ["rows into a file", `INSERT INTO FUNCTION file('${target}', 'CSV', 'a String') SELECT 'x'`, [164]],
  ["a file's rows", `INSERT INTO products FROM INFILE '${secretFile}' FORMAT CSV`, [164]],
  ["a new table", "CREATE TABLE mine (a UInt8) ENGINE = Memory", [164]],
  ["a new function", "CREATE FUNCTION mine AS (x) -> x", [164]],
  ["a new view of what is closed", "CREATE VIEW mine AS SELECT * FROM api_keys", [164]],
  ["no table any more", "DROP TABLE products", [164]],
  ["no rows any more", "TRUNCATE TABLE products", [164]],
  ["other rows", "ALTER TABLE products UPDATE name = 'x' WHERE 1", [164]],
  ["deleted rows", "DELETE FROM products WHERE 1", [164]],
  ["another name", "RENAME TABLE products TO mine", [164]],
  ["a backup", "BACKUP TABLE products TO File('x')", [164]],
  ["a detached table", "DETACH TABLE products", [164]],
  ["rights", "GRANT ALL ON *.* TO default", [164]],
  ["a user", "CREATE USER mine", [164]],
  ["a statement of the system", "SYSTEM SHUTDOWN", [164]],
  ["the end of a query", "KILL QUERY WHERE 1", [164]],
  ["another database", "USE system", [164]],
  ["a transaction", "BEGIN TRANSACTION", [164]],
  // More than one thing
  ["two statements", "SELECT 1; DROP TABLE products", [62]],
  ["two statements behind a comment", "SELECT 1 -- ;\n; DROP TABLE products", [62]],
  ["two statements behind a text", "SELECT ';' ; DROP TABLE products", [62]],
  ["two statements side by side", "SELECT 1 PARALLEL WITH DROP TABLE products", [164, 62, 497]],
  ["a plan of another statement", "EXPLAIN AST DROP TABLE products", [164]],
  ["a plan as a table", "SELECT * FROM (EXPLAIN SELECT * FROM api_keys)", [497]],
  ["a function within a comment's end", `SELECT /* */ file/* */('${secretFile}')`, [446]],
  ["a broken line in a name", `SELECT 1 AS \`a\n Literal 1\`, file('${secretFile}')`, [62, 446]],
  ["a broken line in a table's name", "SELECT * FROM `api_keys\n x`", [62]],
  // Limits
  ["more memory", "SELECT 1 SETTINGS max_memory_usage = 0", [452]],
  ["more time", "SELECT 1 SETTINGS max_execution_time = 100000", [452]],
  ["writing", "SELECT 1 SETTINGS readonly = 0, allow_ddl = 1", [452]],
  [
    "no filter on what tools read",
    "SELECT * FROM system.tables SETTINGS additional_table_filters = {}",
    [452, 164],
  ],
  ["a setting in a part of the query", "SELECT * FROM (SELECT 1 SETTINGS max_threads = 64)", [497]],
  ["a setting in a part of a union", "SELECT 1 SETTINGS max_memory_usage = 0 UNION ALL SELECT 2", [497]],
  ["a setting of its own", "SET max_memory_usage = 0", [164]],
  // Kill
  ["sleep", "SELECT sleepEachRow(3) FROM numbers(100)", [446]],
  ["rows without end", "SELECT count() FROM system.numbers WHERE number % 2 = 3", [159]],
  [
    "a product of tables",
    "SELECT count() FROM numbers(100000000) AS a, numbers(100) AS b, numbers(100) AS c",
    [159, 158, 241],
  ],
  [
    "groups without end",
    "SELECT number AS n, groupArray(n) AS a FROM numbers(100000000) GROUP BY n ORDER BY length(a)",
    [159, 241, 243, 396],
  ],
  ["an answer without end", "SELECT * FROM system.numbers", [396, 159]],
  ["rows filled in without end", "SELECT 1 AS x ORDER BY x WITH FILL FROM 0 TO 1000000000000", [396, 159]],
  ["a long array", "SELECT arraySum(range(100000000000))", [69, 241]],
  ["a long text", "SELECT length(repeat('x', 100000000000))", [131, 241]],
  [
    "arrays in arrays",
    "SELECT arraySum(arrayMap(x -> arraySum(arrayMap(y -> y * x, range(20000))), range(20000)))",
    [241, 159],
  ],
  ["a deep query", `SELECT ${nested(5000)}`, [306, 167, 62]],
  ["a deep chain of signs", `SELECT ${"-(".repeat(900)}1${")".repeat(900)}`, [306, 167, 62]],
  ["a query that doubles", bomb(30), [36, 241, 159, 168]],
  [
    "names that double",
    `SELECT 1 AS a0, ${Array.from({ length: 40 }, (_, at) => `a${at} + a${at} AS a${at + 1}`).join(", ")}`,
    [36, 168, 241, 159],
  ],
  [
    "a query without end in itself",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT sum(n) FROM t",
    [306, 159, 167],
  ],
  ["a long query", `SELECT ${"1,".repeat(200_000)}1`, [168]],
  ["regular expressions compiled without end", "SELECT multiMatchAny('a', ['(a{1,500}){1,50}'])", [446]],
  ["far texts compared", "SELECT editDistance(repeat('a', 60000), repeat('b', 60000))", [446]],
];

describe("what an analyst tries", () => {
  it("is a list of at least 60", () => expect(ATTACKS.length).toBeGreaterThan(60));

  it.each(ATTACKS)("%s: is refused in ClickHouse's words, and has no effect", async (_name, query, codes) => {
    const { status, text, headers } = await send(query);
    expect({ text, code: Number(headers.get("x-clickhouse-exception-code") ?? lateCode(text)) }).toEqual({
      text: expect.stringMatching(/Code: \d+\. DB::Exception: /),
      code: expect.toSatisfy((code: number) => codes.includes(code), `one of ${codes.join(", ")}`),
    });
    // What had begun when it broke off has said 200 already, and its code stands at its end.
    expect(status >= 400 || lateCode(text) !== null).toBe(true);
    expect(text.slice(0, 5000)).not.toContain(SECRET);
    expect(text.slice(-5000)).not.toContain(directory);
    expect(readdirSync(outside)).toEqual(["secret.txt"]);
  });

  it("left everything as it was", async () => {
    const rows = await send("SELECT gtin, name FROM products FINAL");
    expect(rows.text).toBe("96385074\tShirt\n");
    expect(existsSync(target)).toBe(false);
  });
});

/** Of an answer that broke off after it had begun. */
function lateCode(text: string): string | null {
  return /__exception__[\s\S]*?Code: (\d+)/.exec(text.slice(-20_000))?.[1] ?? null;
}
