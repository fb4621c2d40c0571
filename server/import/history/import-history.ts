import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { DatabaseError } from "../../../sql/database-error.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { ImportFailure } from "../import-failure.ts";
import type { ImportOptions } from "../import-options.ts";
import type { ImportProgress } from "../import-report.ts";
import type { ImportDeps } from "../import-records.ts";
import { createProductCodes } from "../product-codes.ts";
import { checkExpression } from "./check-expression.ts";
import { createMissingProducts } from "./create-missing-products.ts";
import { findFields } from "./history-fields.ts";
import { createHistorySql, type HistorySql } from "./history-sql.ts";
import { openSourceFile, type SourceFile } from "./source-file.ts";
import { watchRows } from "./watch-rows.ts";

const MAX_SECONDS = 6 * 3600;
/** Of a source with more lines all are written anew: to know what is the same would take too much memory (16 bytes a line). */
const MAX_COMPARED_LINES = 20_000_000;

export type HistoryOutcome = Omit<ImportProgress, "bytes"> & { productsCreated: number };

/**
 * Past orders from a file that ClickHouse itself reads: CSV, NDJSON, Parquet or Arrow, with a mapping. Everything that is wrong with
 * file and mapping as a whole is said before anything is stored (`ImportFailure`); rows that cannot be taken go to `writeRejected`.
 * A line is known by (source, order, number), so that a second run adds nothing and one that was killed is made whole by the next.
 */
export async function importHistory(
  stream: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<HistoryOutcome> {
  const spooled = deps.path === undefined ? await spool(stream) : null;
  try {
    return await importFile(deps.path ?? spooled?.path ?? "", options, deps);
  } finally {
    await spooled?.remove();
  }
}

/** The engine reads files, not streams. */
async function spool(stream: AsyncIterable<Uint8Array>): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "onhand-import-"));
  const path = join(folder, "file");
  await pipeline(Readable.from(stream), createWriteStream(path, { mode: 0o600 }));
  return { path, remove: async () => await rm(folder, { recursive: true, force: true }) };
}

async function importFile(path: string, options: ImportOptions, deps: ImportDeps): Promise<HistoryOutcome> {
  const file = await openSourceFile(deps.db, path);
  try {
    return await importRows(file, (await stat(path)).size, options, deps);
  } finally {
    await file.close();
  }
}

async function importRows(
  file: SourceFile,
  bytes: number,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<HistoryOutcome> {
  const { db } = deps;
  const { source, mapping } = options;
  const fields = findFields(file, mapping, options);
  for (const [field, one] of Object.entries(fields)) {
    if (one?.expression !== undefined) await checkExpression(db, field, one.expression);
  }
  const sql = createHistorySql(file, fields, mapping?.timeZone ?? options.timeZone);

  const { rows, bad, codes } = await checkRows();
  const rejected = bad === 0 ? 0 : await writeBad(sql, source, deps);
  if (bad === rows && rows > 0) {
    throw new ImportFailure(
      "no_row_taken",
      "not one row of the file can be taken, and nothing was stored: the reason that the first rows have is most likely the mapping's",
    );
  }

  const productCodes = createProductCodes({ db, source, nowMs: deps.now });
  await productCodes.load();
  await productCodes.resolve(codes);
  const before = await countLines();
  const version = deps.now() * 1000;
  const watching = watchRows(db, "import/history", (read) => {
    const share = rows === 0 ? 1 : Math.min(1, read / rows);
    deps.onProgress({
      rows: Math.min(read, rows),
      accepted: 0,
      updated: 0,
      unchanged: 0,
      rejected,
      bytes: Math.round(bytes * share),
    });
  });
  try {
    await db.command({
      name: "import/history",
      sql: sql.insert(before > 0 && before <= MAX_COMPARED_LINES),
      params: { source, version },
      maxSeconds: MAX_SECONDS,
    });
  } finally {
    await watching.stop();
  }
  const written = await countLines(version);
  const productsCreated = await createMissingProducts(db, options, deps.now);
  const added = before === 0 ? written : Math.min(written, (await countLines()) - before);
  return {
    rows,
    accepted: written,
    updated: written - added,
    unchanged: rows - rejected - written,
    rejected,
    productsCreated,
  };

  /** Reads the whole file once before anything is stored. */
  async function checkRows(): Promise<{ rows: number; bad: number; codes: string[] }> {
    try {
      const [found] = await db.query({
        name: "import/check-history",
        sql: sql.check,
        params: { source },
        row: z.object({ rows: z.number(), bad: z.number(), codes: z.array(z.string()) }),
        maxSeconds: MAX_SECONDS,
      });
      return found ?? { rows: 0, bad: 0, codes: [] };
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw new ImportFailure(
        "unreadable_file",
        `the file cannot be read as the mapping says, and nothing was stored: ${error.message.replace(/:? In scope .*$/s, "")}`,
      );
    }
  }

  async function countLines(ofVersion?: number): Promise<number> {
    const [row] = await db.query({
      name: "import/count-lines",
      sql: loadQuery(ofVersion === undefined ? "import/count-lines" : "import/count-lines-of-version"),
      params: ofVersion === undefined ? { source } : { source, version: ofVersion },
      row: z.object({ lines: z.number() }),
      maxSeconds: 600,
    });
    return row?.lines ?? 0;
  }
}

async function writeBad(sql: HistorySql, source: string, { db, writeRejected }: ImportDeps): Promise<number> {
  let count = 0;
  const rows = db.stream({
    name: "import/bad-history",
    sql: sql.bad,
    params: { source },
    row: z.object({ line: z.number(), problem: z.number(), text: z.string(), original: z.string() }),
    maxSeconds: MAX_SECONDS,
  });
  for await (const chunk of rows) {
    for (const { line, problem, text, original } of chunk) {
      const { code, field, says } = sql.problems[problem - 1] ?? {
        code: "invalid_row",
        field: "orderId",
        says: "",
      };
      count += 1;
      await writeRejected({ line, code, detail: `${field} "${text.slice(0, 100)}": ${says}`, original });
    }
  }
  return count;
}
