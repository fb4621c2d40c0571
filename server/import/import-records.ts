import { DatabaseError } from "../../sql/database-error.ts";
import type { Database } from "../../sql/database.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import { createColumnMapping } from "./column-mapping.ts";
import { importHistory } from "./history/import-history.ts";
import { ImportFailure } from "./import-failure.ts";
import type { ImportOptions } from "./import-options.ts";
import type { ImportKind, ImportProgress, ImportReport, RejectedRow } from "./import-report.ts";
import type { ChunkOutcome, ImportContext, KindImporter, ParsedRow } from "./kind-importer.ts";
import { createBookStockImporter } from "./kinds/book-stock.ts";
import { createCustomerImporter } from "./kinds/customers.ts";
import { createLocationImporter } from "./kinds/locations.ts";
import { createOrderImporter } from "./kinds/orders.ts";
import { createPositionImporter } from "./kinds/positions.ts";
import { createProductImporter } from "./kinds/products.ts";
import { createReadImporter } from "./kinds/reads.ts";
import { createTagMappingImporter } from "./kinds/tag-mappings.ts";
import { readRows } from "./read-rows.ts";

export type ImportDeps = {
  db: Database;
  /** Publishes a stock event and waits for its receipt; used by positions alone. */
  publishEvent: PublishEvent;
  now: () => number;
  /** Where the file lies that the stream is of, if it does: ClickHouse then reads it where it is. */
  path?: string;
  onProgress: (progress: ImportProgress) => void;
  /** Called in order; waited for, so that a slow reader slows the import and not the memory. */
  writeRejected: (row: RejectedRow) => void | Promise<void>;
};

/** Rows stored in one step. Bigger steps are faster, and are more to do again after a kill. */
const CHUNK_ROWS = 10_000;

/**
 * Reads records from a stream (CSV or NDJSON, packed or not) and stores them. Rows that are stored already, just so,
 * are counted as unchanged: running a file twice, or again after it broke off, changes nothing. Orders are history and
 * never move stock; positions are published as stock events and counted by their receipts. What goes wrong with a row
 * is told to `writeRejected`; what ends the whole import is the report's `failure`.
 */
export async function importRecords(
  kind: ImportKind,
  stream: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<ImportReport> {
  const context: ImportContext = { db: deps.db, options, nowMs: deps.now };
  switch (kind) {
    case "products":
      return await run(kind, createProductImporter(context), stream, options, deps);
    case "locations":
      return await run(kind, createLocationImporter(context), stream, options, deps);
    case "customers":
      return await run(kind, createCustomerImporter(context), stream, options, deps);
    case "orders": {
      if (isForEngine(options)) return await runHistory(stream, options, deps);
      const importer = createOrderImporter(context);
      const report = await run(kind, importer, stream, options, deps);
      return { ...report, productsCreated: importer.productsCreated() };
    }
    case "positions":
      return await run(kind, createPositionImporter(context, deps.publishEvent), stream, options, deps);
    case "book-stock":
      return await run(kind, createBookStockImporter(context), stream, options, deps);
    case "reads":
      return await run(kind, createReadImporter(context), stream, options, deps);
    case "tag-mappings":
      return await run(kind, createTagMappingImporter(context), stream, options, deps);
    default:
      return kind satisfies never;
  }
}

/** Whether ClickHouse itself reads the file. */
function isForEngine({ mapping, format }: ImportOptions): boolean {
  return mapping !== undefined || format === "parquet" || format === "arrow";
}

async function runHistory(
  stream: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<ImportReport> {
  const startedMs = deps.now();
  const nothing = { rows: 0, accepted: 0, updated: 0, unchanged: 0, rejected: 0, productsCreated: 0 };
  const report = (counts: typeof nothing, failure: ImportReport["failure"]): ImportReport => ({
    kind: "orders",
    source: options.source,
    ...counts,
    seconds: (deps.now() - startedMs) / 1000,
    failure,
  });
  try {
    return report(await importHistory(stream, options, deps), null);
  } catch (error) {
    return report(nothing, toFailure(error));
  }
}

async function run<Entry>(
  kind: ImportKind,
  importer: KindImporter<Entry>,
  stream: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  deps: ImportDeps,
): Promise<ImportReport> {
  const startedMs = deps.now();
  const progress: ImportProgress = { rows: 0, accepted: 0, updated: 0, unchanged: 0, rejected: 0, bytes: 0 };

  async function reject(row: RejectedRow): Promise<void> {
    progress.rejected += 1;
    await deps.writeRejected({ line: row.line, code: row.code, detail: row.detail, original: row.original });
  }

  async function take(outcome: ChunkOutcome): Promise<void> {
    progress.accepted += outcome.accepted;
    progress.updated += outcome.updated;
    progress.unchanged += outcome.unchanged;
    for (const { row, refusal } of outcome.refused) {
      await reject({ line: row.line, original: row.original, code: refusal.code, detail: refusal.detail });
    }
    deps.onProgress({ ...progress });
  }

  async function readAll(): Promise<void> {
    const { format } = options;
    if (format === "parquet" || format === "arrow" || options.mapping !== undefined) {
      throw new ImportFailure(
        "unreadable_file",
        `Parquet, Arrow and mapping files are of orders; give ${kind} as CSV or NDJSON`,
      );
    }
    const mapping = createColumnMapping(importer.fields, options.map);
    await importer.start();
    let chunk: ParsedRow<Entry>[] = [];
    const rows = readRows(stream, {
      format,
      mapping,
      onBytes: (bytes) => {
        progress.bytes += bytes;
      },
    });
    for await (const row of rows) {
      progress.rows += 1;
      const refusedHere = "code" in row ? row : readOne(row);
      if (refusedHere !== null) await reject(refusedHere);
      if (chunk.length < CHUNK_ROWS) continue;
      await take(await importer.write(chunk));
      chunk = [];
    }
    if (chunk.length > 0) await take(await importer.write(chunk));
    if (importer.finish !== undefined) await take(await importer.finish());

    function readOne(row: ParsedRow<Entry>["row"]): RejectedRow | null {
      const parsed = importer.parse(row);
      if (!parsed.ok) {
        return { line: row.line, original: row.original, code: parsed.code, detail: parsed.detail };
      }
      chunk.push({ row, entry: parsed.value });
      return null;
    }
  }

  let failure: ImportReport["failure"] = null;
  try {
    await readAll();
  } catch (error) {
    failure = toFailure(error);
  }
  const { bytes: _, ...counts } = progress;
  const seconds = (deps.now() - startedMs) / 1000;
  return { kind, source: options.source, ...counts, productsCreated: 0, seconds, failure };
}

function toFailure(error: unknown): { code: string; detail: string } {
  if (error instanceof ImportFailure) return { code: error.code, detail: error.message };
  if (error instanceof DatabaseError) {
    return {
      code: "database_failed",
      detail: `${error.message}. What was stored until here stays; run the same import again when the cause is mended.`,
    };
  }
  throw error;
}
