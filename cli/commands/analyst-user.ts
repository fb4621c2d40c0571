import { z } from "zod";
import { analystUserStatements } from "../../sql/analysts/analyst-user.ts";
import type { Database } from "../../sql/database.ts";
import { parseConfig } from "../platform/config.ts";
import { analystLimits, isEmbedded } from "../platform/open-databases.ts";

/**
 * Makes the analysts' user of a ClickHouse server, or returns the statements for somebody who may: then without the password.
 * Throws when the engine is embedded, or the user has no name or password.
 */
export async function makeAnalystUser(db: Database, options: { isOnlyPrinted: boolean }): Promise<string[]> {
  const config = parseConfig("serve", process.env);
  const { CLICKHOUSE_ANALYST_USER: user, CLICKHOUSE_ANALYST_PASSWORD: password } = config;
  if (isEmbedded(config) && !options.isOnlyPrinted) {
    throw new Error(
      "The embedded ClickHouse has no users: the lists of docs/sql.md hold there alone. No user was made.",
    );
  }
  if (user === "" || (password === "" && !options.isOnlyPrinted)) {
    throw new Error("Set CLICKHOUSE_ANALYST_USER and CLICKHOUSE_ANALYST_PASSWORD. No user was made.");
  }
  const tables = await db.query({
    name: "analysts/tables",
    sql: "SELECT name, engine FROM system.tables WHERE database = currentDatabase() ORDER BY name",
    row: z.object({ name: z.string(), engine: z.string() }),
  });
  const statements = analystUserStatements({
    database: db.name,
    user,
    password: options.isOnlyPrinted ? "PASSWORD" : password,
    limits: analystLimits(config),
    tables,
  });
  if (!options.isOnlyPrinted) {
    for (const sql of statements) await db.command({ name: "analysts/make-user", sql });
  }
  return statements;
}
