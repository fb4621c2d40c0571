import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Database, InsertOptions, QueryOptions } from "./database.ts";
import { DatabaseError, toDatabaseError } from "./database-error.ts";
import { openEmbeddedEngine } from "./embedded-engine.ts";
import { assertIdentifier, type Engine, INSERT_SETTINGS, type Statement } from "./engine.ts";
import { openServerEngine } from "./server-engine.ts";
import { formatRows } from "./tab-separated.ts";
import type { WriteGate } from "./write-gate.ts";

export type DatabaseConfig = {
  /** `http(s)://host:port` of a ClickHouse server. Without it the engine runs in this process. */
  url?: string;
  /** Default `default`. */
  user?: string;
  password?: string;
  /** Default `onhand`. */
  database?: string;
  /** For the embedded engine: its files go to `{dataDirectory}/clickhouse`. Default `./data`. */
  dataDirectory?: string;
  /** What writes passes here; a backup closes it for a moment. */
  writeGate?: WriteGate;
};

const DEFAULT_MAX_SECONDS = 30;
const DEFAULT_STREAM_MAX_SECONDS = 600;
const DEFAULT_MAX_ROWS = 1_000_000;
const PING_MS = 5_000;
/** How long the answer may take beyond ClickHouse's own limit before it is given up here. */
const GRACE_MS = 5_000;
/** A bound for the queue of statements: whoever sends more does not wait for answers. */
const MAX_WAITING = 10_000;

/**
 * Opens ClickHouse: in this process when there is no `url`, else on that server. The database is created when missing;
 * its tables are made by `migrate`. Throws `DatabaseError` (`engine_missing`, `unreachable`, `rejected`).
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const name = assertIdentifier(config.database ?? "onhand");
  try {
    const engine =
      config.url === undefined
        ? await openEmbeddedEngine({
            path: join(config.dataDirectory ?? "data", "clickhouse"),
            database: name,
          })
        : await openServerEngine({
            url: config.url,
            user: config.user ?? "default",
            password: config.password ?? "",
            database: name,
          });
    return createDatabase(engine, name, config.writeGate ?? null);
  } catch (error) {
    throw toDatabaseError(error, "open");
  }
}

function createDatabase(engine: Engine, name: string, writeGate: WriteGate | null): Database {
  let isClosed = false;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const inWriting = <T>(work: () => Promise<T>) => (writeGate === null ? work() : writeGate.pass(work));

  /** Statements run one after the other, in the order they were given. */
  async function inOrder<T>(queryName: string, work: () => Promise<T>): Promise<T> {
    assertOpen(queryName);
    if (waiting >= MAX_WAITING) {
      throw new DatabaseError({
        code: "overloaded",
        queryName,
        outcome: "refused",
        detail: `${MAX_WAITING} statements wait for ClickHouse already`,
      });
    }
    waiting += 1;
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    try {
      return await mine;
    } catch (error) {
      throw toDatabaseError(error, queryName);
    } finally {
      waiting -= 1;
    }
  }

  function assertOpen(queryName: string): void {
    if (!isClosed) return;
    throw new DatabaseError({
      code: "closed",
      queryName,
      outcome: "refused",
      detail: "the database is closed",
    });
  }

  return {
    isEmbedded: engine.isEmbedded,
    name,
    query: async (options) =>
      await inOrder(options.name, async () => {
        const maxRows = options.maxRows ?? DEFAULT_MAX_ROWS;
        const text = await engine.query(toStatement(options, DEFAULT_MAX_SECONDS, maxRows));
        return parseRows(options, text.split("\n"));
      }),
    stream: async function* (options) {
      assertOpen(options.name);
      let count = 0;
      try {
        const statement = toStatement(options, DEFAULT_STREAM_MAX_SECONDS, 0);
        for await (const lines of engine.stream(statement)) {
          const rows = parseRows(options, lines);
          count += rows.length;
          assertRowLimit(options, count);
          if (rows.length > 0) yield rows;
        }
      } catch (error) {
        throw toDatabaseError(error, options.name);
      }
    },
    export: async function* (options) {
      assertOpen(options.name);
      try {
        yield* engine.export(toStatement(options, DEFAULT_STREAM_MAX_SECONDS, 0), options.format);
      } catch (error) {
        throw toDatabaseError(error, options.name);
      }
    },
    command: async (options) => {
      await inOrder(options.name, async () => {
        await inWriting(() => engine.command(toStatement(options, DEFAULT_MAX_SECONDS, 0)));
      });
    },
    insert: async (options) => {
      if (options.rows.length === 0) return;
      await inOrder(options.name, async () => {
        await inWriting(() =>
          engine.insert({
            sql: insertStatement(options),
            body: typeof options.rows === "string" ? options.rows : formatRows(options.rows),
            signal: AbortSignal.timeout(DEFAULT_MAX_SECONDS * 1000 + GRACE_MS),
          }),
        );
      });
    },
    load: async ({ name: queryName, sql, body, maxSeconds }) => {
      await inOrder(queryName, async () => {
        const signal = AbortSignal.timeout(maxSeconds * 1000 + GRACE_MS);
        await inWriting(() => engine.insert({ sql, body, signal }));
      });
    },
    ping: async () => {
      assertOpen("ping");
      try {
        await engine.ping(AbortSignal.timeout(PING_MS));
      } catch (error) {
        throw toDatabaseError(error, "ping");
      }
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await last;
      await engine.close();
    },
  };
}

function toStatement(
  options: { name: string; sql: string; params?: Record<string, unknown>; maxSeconds?: number },
  defaultMaxSeconds: number,
  maxRows: number,
): Statement {
  const maxSeconds = options.maxSeconds ?? defaultMaxSeconds;
  return {
    sql: options.sql,
    params: options.params ?? {},
    settings: {
      log_comment: options.name,
      max_execution_time: maxSeconds,
      max_result_rows: String(maxRows),
    },
    signal: AbortSignal.timeout(maxSeconds * 1000 + GRACE_MS),
  };
}

function insertStatement(options: InsertOptions): string {
  const columns = options.columns.map((column) => `\`${assertIdentifier(column)}\``).join(", ");
  const settings = {
    ...INSERT_SETTINGS,
    ...(options.buildsIndexesLater === true ? { materialize_skip_indexes_on_insert: 0 } : {}),
    // Without a token ClickHouse would go by the content, and equal rows are not a repeat.
    insert_deduplication_token: options.deduplicationToken ?? randomUUID(),
    log_comment: options.name,
    max_execution_time: DEFAULT_MAX_SECONDS,
  };
  const list = Object.entries(settings).map(([name, value]) => `${name} = ${quoteSetting(value)}`);
  return `INSERT INTO ${assertIdentifier(options.table)} (${columns}) SETTINGS ${list.join(", ")} FORMAT TabSeparated`;
}

function quoteSetting(value: string | number): string {
  return typeof value === "number"
    ? String(value)
    : `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

function parseRows<Row>(options: QueryOptions<Row>, lines: readonly string[]): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    if (line === "") continue;
    const parsed = options.row.safeParse(JSON.parse(line));
    if (!parsed.success) {
      throw new DatabaseError({
        code: "invalid_row",
        queryName: options.name,
        outcome: "refused",
        detail: `a row is not as promised: ${parsed.error.message} in ${line.slice(0, 500)}`,
      });
    }
    rows.push(parsed.data);
  }
  return rows;
}

function assertRowLimit<Row>(options: QueryOptions<Row>, count: number): void {
  if (options.maxRows === undefined || count <= options.maxRows) return;
  throw new DatabaseError({
    code: "too_many_rows",
    queryName: options.name,
    outcome: "refused",
    detail: `more than ${options.maxRows} rows`,
  });
}
