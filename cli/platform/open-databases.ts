import { type AnalystEngine, createAnalystEngine } from "../../sql/analysts/analyst-engine.ts";
import type { AnalystLimits } from "../../sql/analysts/limits.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { openBytes } from "../../sql/open-bytes.ts";
import type { WriteGate } from "../../sql/write-gate.ts";
import type { CommonConfig, Config } from "./config.ts";

/** Of one query of an analyst; time ends most queries long before. */
const MAX_ROWS_TO_READ = 10_000_000_000;

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

/** For analysts' SQL: on a server as a user of its own where one is set. */
export async function openAnalysts(config: Config<"serve">): Promise<AnalystEngine> {
  const user = config.CLICKHOUSE_ANALYST_USER;
  const bytes = await openBytes({
    database: config.CLICKHOUSE_DATABASE,
    ...(config.CLICKHOUSE_URL === ""
      ? { dataDirectory: config.ONHAND_DATA_DIR }
      : {
          url: config.CLICKHOUSE_URL,
          user: user === "" ? config.CLICKHOUSE_USER : user,
          password: user === "" ? config.CLICKHOUSE_PASSWORD : config.CLICKHOUSE_ANALYST_PASSWORD,
        }),
  });
  return createAnalystEngine({
    bytes,
    limits: analystLimits(config),
  });
}

/** What one query of an analyst may take. */
export function analystLimits(config: Config<"serve">): AnalystLimits {
  return {
    max_execution_time: config.SQL_MAX_SECONDS,
    max_memory_usage: config.SQL_MAX_MEMORY_MB * 1_000_000,
    max_result_rows: config.SQL_MAX_ROWS,
    max_result_bytes: config.SQL_MAX_RESULT_MB * 1_000_000,
    max_rows_to_read: MAX_ROWS_TO_READ,
  };
}

export function isEmbedded(config: CommonConfig): boolean {
  return config.CLICKHOUSE_URL === "";
}
