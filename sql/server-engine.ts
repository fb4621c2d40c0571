import { Readable } from "node:stream";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { type Engine, EXPORT_SETTINGS, OUTPUT_SETTINGS } from "./engine.ts";

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
      return await readWithin(signal, result, () => result.text());
    },
    stream: async function* ({ sql, params, settings, signal }) {
      const result = await client.query({
        query: sql,
        format: "JSONEachRow",
        query_params: params,
        clickhouse_settings: settings,
        abort_signal: signal,
      });
      const close = () => result.close();
      signal.addEventListener("abort", close, { once: true });
      try {
        for await (const rows of result.stream()) yield rows.map((row) => row.text);
      } finally {
        signal.removeEventListener("abort", close);
      }
    },
    export: async function* ({ sql, params, settings, signal }, format) {
      const { stream } = await client.exec({
        query: `${sql}\nFORMAT ${format}`,
        query_params: params,
        clickhouse_settings: { ...settings, ...EXPORT_SETTINGS },
        abort_signal: signal,
      });
      const close = () => stream.destroy(new Error("given up"));
      signal.addEventListener("abort", close, { once: true });
      try {
        for await (const chunk of stream) yield toBytes(chunk);
      } finally {
        signal.removeEventListener("abort", close);
        stream.destroy();
      }
    },
    command: async ({ sql, params, settings, signal }) => {
      const { stream } = await client.exec({
        query: sql,
        query_params: params,
        clickhouse_settings: { ...settings, wait_end_of_query: 1 },
        abort_signal: signal,
      });
      await drain(signal, stream);
    },
    insert: async ({ sql, body, signal }) => {
      const { stream } = await client.exec({
        query: sql,
        values: Readable.from(typeof body === "string" ? [body] : body, { objectMode: false }),
        clickhouse_settings: { wait_end_of_query: 1 },
        abort_signal: signal,
      });
      await drain(signal, stream);
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

/**
 * The client lets go of the signal once it has the headers of an answer, and would wait without end for a server that
 * hangs then. Here the signal holds until the end of the answer.
 */
async function readWithin<T>(
  signal: AbortSignal,
  answer: { close(): void },
  read: () => Promise<T>,
): Promise<T> {
  const close = () => answer.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    return await read();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", close);
  }
}

/** The answer of a statement without rows is empty; its socket is free again only once that has been read. */
async function drain(signal: AbortSignal, stream: Readable): Promise<void> {
  await readWithin(signal, { close: () => stream.destroy(new Error("given up")) }, async () => {
    for await (const _ of stream);
  });
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error("ClickHouse sent something other than bytes");
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
    const rows = await readWithin(abort_signal, result, () => result.json<{ known: number }>());
    if (Number(rows[0]?.known) === 0) {
      await client.command({ query: `CREATE DATABASE IF NOT EXISTS \`${database}\``, abort_signal });
    }
  } finally {
    await client.close();
  }
}
