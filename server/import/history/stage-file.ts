import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { readable } from "./readable.ts";
import type { Format, SourceFile } from "./source-file.ts";
import { quote } from "./sql-text.ts";

const MAX_SECONDS = 6 * 3600;
const ROW_NUMBER = "_row_number_of_the_file";

/**
 * Sends a file to a ClickHouse server, into a table of its own with the number of each row, which is read as often as the import needs
 * and dropped by `close`. Tables that an import left that was killed are dropped a day later. Throws `ImportFailure` (`unreadable_file`).
 * @param structure the file's columns as ClickHouse writes them.
 */
export async function stageFile(
  db: Database,
  file: { path: string; format: Format; isGzip: boolean; settings: string },
  structure: string,
): Promise<Pick<SourceFile, "from" | "settings" | "rowNumber" | "close">> {
  await dropAbandoned(db);
  const table = `import_rows_${randomUUID().replaceAll("-", "")}`;
  const drop = async () =>
    await db.command({ name: "import/drop-rows", sql: `DROP TABLE IF EXISTS ${table} SYNC` });
  await db.command({
    name: "import/create-rows",
    sql: `CREATE TABLE ${table} (${structure}, ${ROW_NUMBER} UInt64) ENGINE = MergeTree ORDER BY ${ROW_NUMBER}`,
  });
  try {
    const bytes = createReadStream(file.path);
    await readable(() =>
      db.load({
        name: "import/load-rows",
        // One thread: rows are numbered as they stand in the file.
        sql: `INSERT INTO ${table} SELECT *, rowNumberInAllBlocks() FROM input(${quote(structure)}) SETTINGS ${file.settings}, max_threads = 1, max_insert_threads = 1 FORMAT ${file.format}`,
        body: file.isGzip ? bytes.pipe(createGunzip()) : bytes,
        maxSeconds: MAX_SECONDS,
      }),
    );
  } catch (error) {
    await drop();
    throw error;
  }
  return { from: table, settings: "max_threads = 0", rowNumber: ROW_NUMBER, close: drop };
}

async function dropAbandoned(db: Database): Promise<void> {
  const tables = await db.query({
    name: "import/abandoned-rows",
    sql: loadQuery("import/abandoned-rows"),
    row: z.object({ name: z.string() }),
  });
  for (const { name } of tables) {
    await db.command({ name: "import/drop-rows", sql: `DROP TABLE IF EXISTS ${name} SYNC` });
  }
}
