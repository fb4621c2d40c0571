import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HistoryMapping } from "../../server/import/history/history-mapping.ts";
import { importOptionsSchema } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database, ExportFormat } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { inTurns, seriesOf } from "./series.ts";
import { median, rounded } from "./statistics.ts";

const LINES = 1_000_000;
const AIM = 0.4;
const QUESTION =
  "How many past order lines a second are imported with a mapping, beside the engine's bare INSERT SELECT of the same file?";
const NAMES = ["orderId", "lineNo", "code", "quantity", "unitPrice", "customerId", "locationId", "orderedAt"];
const MAPPING: HistoryMapping = { fields: {} };
/** Orders of four lines, of 20,000 products. */
const ROWS = `
  SELECT toString(intDiv(number, 4)) AS orderId, number % 4 + 1 AS lineNo, concat('SKU-', toString(cityHash64(number) % 20000)) AS code,
    toInt32(1 + number % 3) AS quantity, toDecimal64(100 + number % 9900, 2) / 100 AS unitPrice,
    concat('C', toString(intDiv(number, 40) % 100000)) AS customerId, concat('store-', toString(number % 500)) AS locationId,
    toDateTime64(1735689600 + intDiv(number * 15, 1), 3, 'UTC') AS orderedAt
  FROM numbers(${LINES})`;

/** Both write to tables of the same engine and order; the import checks each row, finds products and numbers lines on top. */
export const importHistory: Benchmark = { name: "import-history", question: QUESTION, run: measureImport };

async function measureImport(context: BenchContext): Promise<BenchmarkResult> {
  const db = await openDatabase({ dataDirectory: join(context.folder, "data") });
  try {
    await migrate(db);
    await db.command({ name: "bench/bare", sql: "CREATE TABLE bare_lines AS order_lines" });
    const parquet = await writeFile(db, context, "Parquet");
    const csv = await writeFile(db, context, "CSV");
    const details: BenchmarkResult["details"] = {};
    const measured = await measureFile(db, context, parquet, "Parquet");
    const ofCsv = await measureFile(db, context, csv, "CSVWithNames");
    details["csvRowsPerSecond"] = Math.round(median(ofCsv.subject));
    details["csvBareRowsPerSecond"] = Math.round(median(ofCsv.reference));
    details["csvRatio"] = rounded(median(ofCsv.subject) / median(ofCsv.reference));
    const subject = seriesOf("rows per second", measured.subject);
    const reference = seriesOf("rows per second", measured.reference);
    const ratio = rounded(subject.median / reference.median);
    return {
      name: "import-history",
      question: QUESTION,
      subject,
      reference,
      ratio,
      aim: `≥ ${AIM} of the bare INSERT SELECT of the same Parquet file`,
      isAimMet: ratio >= AIM,
      n: { lines: LINES, products: 20_000 },
      warmUp: "none",
      repetitions: context.repetitions,
      details,
    };
  } finally {
    await db.close();
  }
}

async function writeFile(db: Database, context: BenchContext, format: ExportFormat): Promise<string> {
  const path = join(context.folder, `lines.${format.toLowerCase()}`);
  const out = createWriteStream(path);
  if (format === "CSV") out.write(`${NAMES.join(",")}\n`);
  await pipeline(Readable.from(db.export({ name: "bench/lines", sql: ROWS, format })), out);
  return path;
}

async function measureFile(db: Database, context: BenchContext, path: string, format: string) {
  let run = 0;
  return await inTurns(context, {
    async reference() {
      await db.command({ name: "bench/empty", sql: "TRUNCATE TABLE bare_lines" });
      return await rowsPerSecond(
        async () =>
          await db.command({
            name: "bench/bare",
            sql: `INSERT INTO bare_lines (source, order_id, line_no, code, quantity, unit_price, customer_id, location_id, ordered_at)
              SELECT 'bare', orderId, lineNo, code, quantity, unitPrice, customerId, locationId, orderedAt
              FROM file('${path}', '${format}', 'orderId String, lineNo UInt32, code String, quantity Int64, unitPrice Decimal(18, 6), customerId String, locationId String, orderedAt DateTime64(3, \\'UTC\\')')`,
            maxSeconds: 600,
          }),
      );
    },
    async subject() {
      run += 1;
      const options = {
        source: `bench-${format}-${run}`,
        currency: "EUR",
        timeZone: "UTC",
        mapping: MAPPING,
      };
      return await rowsPerSecond(async () => {
        const report = await importRecords(
          "orders",
          createReadStream(path),
          importOptionsSchema.parse(options),
          {
            db,
            path,
            publishEvent: () => Promise.reject(new Error("imports of the past publish nothing")),
            now: Date.now,
            onProgress() {},
            writeRejected() {},
          },
        );
        if (report.accepted !== LINES) throw new Error(`only ${report.accepted} lines were taken`);
      });
    },
  });
}

async function rowsPerSecond(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return LINES / ((performance.now() - startedMs) / 1000);
}
