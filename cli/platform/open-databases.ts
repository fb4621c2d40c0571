import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import type { WriteGate } from "../../sql/write-gate.ts";
import type { CommonConfig } from "./config.ts";

/** One connection to the configured ClickHouse. Statements on it run one after the other. What writes passes `writeGate`. */
export function openConfigured(config: CommonConfig, writeGate?: WriteGate): Promise<Database> {
  return openDatabase({
    database: config.CLICKHOUSE_DATABASE,
    ...(writeGate === undefined ? {} : { writeGate }),
    ...(config.CLICKHOUSE_URL === ""
      ? { dataDirectory: config.ONHAND_DATA_DIR }
      : { url: config.CLICKHOUSE_URL, user: config.CLICKHOUSE_USER, password: config.CLICKHOUSE_PASSWORD }),
  });
}

export function isEmbedded(config: CommonConfig): boolean {
  return config.CLICKHOUSE_URL === "";
}
