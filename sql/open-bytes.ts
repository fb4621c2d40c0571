import { join } from "node:path";
import type { ByteEngine } from "./byte-engine.ts";
import type { DatabaseConfig } from "./client.ts";
import { toDatabaseError } from "./database-error.ts";
import { openEmbeddedBytes } from "./embedded-bytes.ts";
import { openServerBytes } from "./server-bytes.ts";

/** Opens ClickHouse for answers that leave as bytes of a format. Throws `DatabaseError`, as `openDatabase` does. */
export async function openBytes(config: DatabaseConfig): Promise<ByteEngine> {
  const database = config.database ?? "onhand";
  const directory = config.dataDirectory ?? "data";
  try {
    return config.url === undefined
      ? await openEmbeddedBytes({
          path: join(directory, "clickhouse"),
          spoolPath: join(directory, "spool"),
          database,
        })
      : await openServerBytes({
          url: config.url,
          user: config.user ?? "default",
          password: config.password ?? "",
          database,
        });
  } catch (error) {
    throw toDatabaseError(error, "open bytes");
  }
}
