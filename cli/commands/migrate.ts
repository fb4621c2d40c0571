import type { Command } from "commander";
import { migrate } from "../../sql/migrate.ts";
import { parseConfig } from "../platform/config.ts";
import { lockDataDirectory } from "../platform/data-directory.ts";
import { isEmbedded, openConfigured } from "../platform/open-databases.ts";

/** `onhand migrate`: brings the tables up to date. A second run does nothing. */
export function registerMigrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the tables of ClickHouse up to date; `start` does it by itself")
    .option("--json", "print what was done as JSON")
    .action(async (options: { json?: boolean }) => {
      const config = parseConfig("database", process.env);
      const lock = isEmbedded(config) ? lockDataDirectory(config.ONHAND_DATA_DIR) : null;
      try {
        const db = await openConfigured(config);
        try {
          const { applied } = await migrate(db);
          process.stdout.write(
            options.json === true ? `${JSON.stringify({ applied })}\n` : describe(applied),
          );
        } finally {
          await db.close();
        }
      } finally {
        lock?.release();
      }
    });
}

function describe(applied: readonly unknown[]): string {
  return applied.length === 0
    ? "Nothing to do: the tables are up to date.\n"
    : `${applied.map((name) => `Applied ${name}`).join("\n")}\n`;
}
