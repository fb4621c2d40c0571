import { mkdirSync } from "node:fs";
import { Readable } from "node:stream";
import { type ClickHouseClient, type ClickHouseClientConfigOptions, createClient } from "@clickhouse/client";
import { DatabaseError } from "./database-error.ts";
import { clearExports, exportRows } from "./embedded-export.ts";
import { type Engine, OUTPUT_SETTINGS, type Statement } from "./engine.ts";

/**
 * ClickHouse in this process (chDB), its files in `path`. One process owns a path; connections in it are cheap.
 *
 * chDB leaves the rows of a statement that failed half way in its connection and gives them out with the next answer,
 * so a connection is never used again after a failure.
 */
export async function openEmbeddedEngine(config: { path: string; database: string }): Promise<Engine> {
  const { createChdbConnection, Session } = await importChdb();
  mkdirSync(config.path, { recursive: true, mode: 0o700 });
  clearExports(config.path);
  const prelude = Object.entries(OUTPUT_SETTINGS)
    .map(([name, value]) => (typeof value === "number" ? `${name} = ${value}` : `${name} = '${value}'`))
    .join(", ");

  function open(): ClickHouseClient {
    const connection: unknown = createChdbConnection({ path: config.path });
    // The same interface, but chdb brings its own copy of the client's types.
    return createClient({ connection } as ClickHouseClientConfigOptions);
  }

  async function connect(): Promise<ClickHouseClient> {
    const client = open();
    await client.command({ query: `USE \`${config.database}\`` });
    await client.command({ query: `SET ${prelude}` });
    return client;
  }

  // Keeps the engine up while the working connection is replaced, and answers pings while it is busy.
  const keeper = open();
  await keeper.command({ query: `CREATE DATABASE IF NOT EXISTS \`${config.database}\` ENGINE = Atomic` });
  let client: ClickHouseClient | null = await connect();

  async function run<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    client ??= await connect();
    const used = client;
    try {
      return await work(used);
    } catch (error) {
      client = null;
      await used.close();
      throw error;
    }
  }

  /** A stream has a session of its own, so that other statements go on meanwhile. */
  async function openSession({ settings }: Statement): Promise<ChdbSession> {
    const session = new Session(config.path);
    try {
      await session.queryAsync(`USE \`${config.database}\``);
      const comment = settings.log_comment.replaceAll("'", "''");
      await session.queryAsync(
        `SET ${prelude}, max_execution_time = ${settings.max_execution_time}, log_comment = '${comment}'`,
      );
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  return {
    isEmbedded: true,
    query: async ({ sql, params, settings, signal }) =>
      await run(async (client) => {
        const result = await client.query({
          query: sql,
          format: "JSONEachRow",
          query_params: withMilliseconds(sql, params),
          clickhouse_settings: settings,
          abort_signal: signal,
        });
        return await result.text();
      }),
    command: async ({ sql, params, settings, signal }) => {
      await run(
        async (client) =>
          await client.command({
            query: sql,
            query_params: withMilliseconds(sql, params),
            clickhouse_settings: settings,
            abort_signal: signal,
          }),
      );
    },
    insert: async ({ sql, body, signal }) => {
      await run(
        async (client) =>
          await client.exec({
            query: sql,
            values: Readable.from(typeof body === "string" ? [body] : body),
            abort_signal: signal,
          }),
      );
    },
    stream: (statement) => streamRows(() => openSession(statement), statement),
    export: (statement, format) => exportRows(() => openSession(statement), config.path, statement, format),
    ping: async (signal) => {
      await keeper.command({ query: "SELECT 1", abort_signal: signal });
    },
    close: async () => {
      await client?.close();
      await keeper.close();
    },
  };
}

async function* streamRows(
  open: () => Promise<ChdbSession>,
  { sql, params, signal }: Statement,
): AsyncIterable<string[]> {
  const session = await open();
  try {
    const options = { format: "JSONEachRow", signal };
    for await (const chunk of session.queryStreamBind(sql, withMilliseconds(sql, params), options)) {
      yield chunk.text().split("\n");
    }
  } finally {
    session.close();
  }
}

/** chDB writes a Date as whole seconds; a parameter of type DateTime64 gets its milliseconds too, as on a server. */
function withMilliseconds(sql: string, params: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...params };
  for (const [name, value] of Object.entries(params)) {
    if (!(value instanceof Date) || !sql.includes(`{${name}:DateTime64`)) continue;
    whole[name] = (value.getTime() / 1000).toFixed(3);
  }
  return whole;
}

type ChdbSession = InstanceType<Awaited<ReturnType<typeof importChdb>>["Session"]>;

/** The engine, loaded when it is needed: a split deployment does without it. */
export async function importChdb() {
  try {
    const [{ createChdbConnection }, { Session }] = await Promise.all([
      import("chdb/connection"),
      import("chdb"),
    ]);
    return { createChdbConnection, Session };
  } catch (cause) {
    throw new DatabaseError({
      code: "engine_missing",
      queryName: "open",
      outcome: "refused",
      detail:
        "the embedded ClickHouse engine could not be loaded. Install it with `npm install chdb@3.4.0` (Linux and macOS), " +
        "or set CLICKHOUSE_URL to use a ClickHouse server instead. " +
        `Reason: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
}
