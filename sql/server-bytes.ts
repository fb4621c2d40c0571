import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import {
  type ByteAnswer,
  type ByteEngine,
  type ByteSession,
  type SessionSettings,
  tooManyBytes,
} from "./byte-engine.ts";
import { assertIdentifier } from "./engine.ts";

/** Bytes from a ClickHouse server: they pass through as they come, and a client that goes away ends its query there. */
export async function openServerBytes(config: {
  url: string;
  user: string;
  password: string;
  database: string;
}): Promise<ByteEngine> {
  const database = assertIdentifier(config.database);
  const client = createClient({
    url: config.url,
    username: config.user,
    password: config.password,
    database,
    application: "onhand-sql",
    request_timeout: 3_600_000,
    compression: { request: false, response: false },
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    isEmbedded: false,
    database,
    privatePath: "",
    open: async () => openSession(client),
    close: async () => {
      await client.close();
    },
  };
}

function openSession(client: ReturnType<typeof createClient>): ByteSession {
  const controller = new AbortController();
  let settings: SessionSettings = {};

  async function* limited(
    stream: AsyncIterable<Buffer>,
    maxBytes: number,
    end: () => void,
  ): AsyncGenerator<Uint8Array> {
    let sent = 0;
    try {
      for await (const chunk of stream) {
        sent += chunk.length;
        if (sent > maxBytes) throw tooManyBytes(maxBytes);
        yield chunk;
      }
    } finally {
      end();
    }
  }

  return {
    set: async (more) => {
      settings = { ...settings, ...more };
    },
    ask: async (sql, params = {}) => {
      const result = await client.query({
        query: sql,
        format: "TabSeparatedRaw",
        query_params: { ...params },
        clickhouse_settings: settings,
        abort_signal: controller.signal,
      });
      return await result.text();
    },
    run: async ({ sql, format, maxBytes }): Promise<ByteAnswer> => {
      const { stream } = await client.exec({
        query: `${sql} FORMAT ${assertIdentifier(format)}`,
        clickhouse_settings: { ...settings, cancel_http_readonly_queries_on_client_close: 1 },
        abort_signal: controller.signal,
      });
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = () => {
          controller.abort();
          resolve();
        };
      });
      return {
        bytes: limited(stream, maxBytes, end),
        ended,
        counts: () => null,
        close: async () => end(),
      };
    },
    cancel: () => controller.abort(),
    close: async () => controller.abort(),
  };
}
