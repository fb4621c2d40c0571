import type { Command } from "commander";
import { migrate } from "../../sql/migrate.ts";
import { makeAnalystUser } from "./analyst-user.ts";
import { parseConfig } from "../platform/config.ts";
import { lockDataDirectory } from "../platform/data-directory.ts";
import { isEmbedded, openConfigured } from "../platform/open-databases.ts";

/** `onhand migrate`: brings the tables up to date. A second run does nothing. */
export function registerMigrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the tables of ClickHouse up to date; `start` does it by itself")
    .option("--json", "print what was done as JSON")
    .option(
      "--analyst-user",
      "on a ClickHouse server: also make the user that asks for analysts (docs/sql.md)",
    )
    .option("--print", "with --analyst-user: only print its statements, without the password")
    .action(async (options: { json?: boolean; analystUser?: boolean; print?: boolean }) => {
      const config = parseConfig("database", process.env);
      const lock = isEmbedded(config) ? lockDataDirectory(config.ONHAND_DATA_DIR) : null;
      try {
        const db = await openConfigured(config);
        try {
          const { applied } = await migrate(db);
          process.stdout.write(
            options.json === true ? `${JSON.stringify({ applied })}\n` : describe(applied),
          );
          if (options.analystUser === true) {
            const isOnlyPrinted = options.print === true;
            const statements = await makeAnalystUser(db, { isOnlyPrinted });
            process.stdout.write(
              isOnlyPrinted ? `${statements.join(";\n")};\n` : "The user of analysts has its rights.\n",
            );
          }
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
