import { Readable } from "node:stream";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type Engine, OUTPUT_SETTINGS } from "./engine.ts";

/** ClickHouse on a server or cluster, by HTTP. The database is created when it is missing and the user may do so. */
export async function openServerEngine(config: {
  url: string;
  user: string;
  password: string;
  database: string;
}): Promise<Engine> {
  const options = {
    url: config.url,
    username: config.user,
    password: config.password,
    application: "onhand",
    // Every statement has a time limit of its own; this one only frees sockets that nobody waits for any more.
    request_timeout: 3_600_000,
    compression: { request: true, response: true },
    // Long lists of parameters do not fit in a URL.
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: OUTPUT_SETTINGS,
  };
  await ensureDatabase(createClient({ ...options, database: "default" }), config.database);
  const client = createClient({ ...options, database: config.database });

  return {
    isEmbedded: false,
    query: async ({ sql, params, settings, signal }) => {
      const result = await client.query({
        query: sql,
        format: "JSONEachRow",
        query_params: params,
        clickhouse_settings: settings,
        abort_signal: signal,
      });
      return await result.text();
    },
    stream: async function* ({ sql, params, settings, signal }) {
      const result = await client.query({
        query: sql,
        format: "JSONEachRow",
        query_params: params,
        clickhouse_settings: settings,
        abort_signal: signal,
      });
      for await (const rows of result.stream()) yield rows.map((row) => row.text);
    },
    command: async ({ sql, params, settings, signal }) => {
      await client.command({
        query: sql,
        query_params: params,
        clickhouse_settings: { ...settings, wait_end_of_query: 1 },
        abort_signal: signal,
      });
    },
    insert: async ({ sql, body, signal }) => {
      const result = await client.exec({
        query: sql,
        values: Readable.from([body], { objectMode: false }),
        clickhouse_settings: { wait_end_of_query: 1 },
        abort_signal: signal,
      });
      // The answer of an INSERT is empty; the socket is free again only once it has been read.
      for await (const _ of result.stream);
    },
    ping: async (signal) => {
      const result = await client.ping({ select: true, abort_signal: signal });
      if (!result.success) throw result.error;
    },
    close: async () => {
      await client.close();
    },
  };
}

async function ensureDatabase(client: ReturnType<typeof createClient>, database: string): Promise<void> {
  const abort_signal = AbortSignal.timeout(10_000);
  try {
    const result = await client.query({
      query: "SELECT count() AS known FROM system.databases WHERE name = {database:String}",
      format: "JSONEachRow",
      query_params: { database },
      abort_signal,
    });
    const rows = await result.json<{ known: number }>();
    if (Number(rows[0]?.known) === 0) {
      await client.command({ query: `CREATE DATABASE IF NOT EXISTS \`${database}\``, abort_signal });
    }
  } finally {
    await client.close();
  }
}
