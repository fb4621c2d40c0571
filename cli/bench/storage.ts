import { z } from "zod";
import { gtinOfEpc } from "../../domain/epc/identity.ts";
import { parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";
import { READ_COLUMNS, ReadRows } from "../../ingest/pipeline/read-rows.ts";
import { dryRun } from "../../simulators/dry-run.ts";
import { chain } from "../../simulators/scenarios/chain.ts";
import { createSimulation } from "../../simulators/simulation.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const READS = 100_000;
/** A batch under load holds what came in within this time. Simulated milliseconds. */
const BATCH_MS = 200;
const BYTES_PER_READ = 20;
const QUESTION =
  "How many bytes does a raw read take on disk, merged, beside a plain table with a row for each read?";

export const storage: Benchmark = { name: "storage", question: QUESTION, run: measureStorage };

/** The bytes do not depend on the machine, so they are measured once, whatever the repetitions. */
async function measureStorage(context: BenchContext): Promise<BenchmarkResult> {
  const db = await openDatabase({ dataDirectory: context.folder });
  try {
    await migrate(db);
    const { reads, batches, spanMs } = await store(db, context);
    const asInserted = await bytesOf(db, "read_batches");
    // As parts of more than 10 MB are kept anyway: each column in a file of its own.
    await db.command({
      name: "bench/wide",
      sql: "ALTER TABLE read_batches MODIFY SETTING min_bytes_for_wide_part = 0",
    });
    await db.command({ name: "bench/merge", sql: "OPTIMIZE TABLE read_batches FINAL", maxSeconds: 300 });
    const merged = await bytesOf(db, "read_batches");
    await db.command({
      name: "bench/plain-table",
      sql: "CREATE TABLE plain_reads ENGINE = MergeTree ORDER BY (location_id, reader_id, received_at) AS SELECT * FROM reads",
      maxSeconds: 300,
    });
    await db.command({ name: "bench/merge", sql: "OPTIMIZE TABLE plain_reads FINAL", maxSeconds: 300 });
    const plain = await bytesOf(db, "plain_reads");
    const subject = seriesOf("bytes per read", [rounded(merged.bytes / reads)]);
    const reference = seriesOf("bytes per read", [rounded(plain.bytes / reads)]);
    return {
      name: "storage",
      question: QUESTION,
      subject,
      reference,
      ratio: rounded(subject.median / reference.median),
      aim: `≤ ${BYTES_PER_READ} bytes per read`,
      isAimMet: subject.median <= BYTES_PER_READ,
      n: { reads, batches, simulatedSeconds: Math.round(spanMs / 1000) },
      warmUp: "none",
      repetitions: 1,
      details: {
        bytesPerReadAsInserted: rounded(asInserted.bytes / reads),
        bytesPerReadUncompressed: rounded(merged.uncompressedBytes / reads),
        ...Object.fromEntries(
          merged.columns.map(({ column, bytes }) => [`bytesPerReadOf.${column}`, rounded(bytes / reads)]),
        ),
      },
    };
  } finally {
    await db.close();
  }
}

/** What the readers of a simulated chain send, as ingest writes it. */
async function store(db: Database, context: BenchContext) {
  // Reads of long ago would be dropped when their parts are merged.
  const scenario = { ...chain, startsAt: new Date().toISOString() };
  const simulation = createSimulation({ scenario, seed: 1 });
  let rows = new ReadRows();
  let reads = 0;
  let batches = 0;
  let firstAtMs = 0;
  let batchAtMs = 0;
  let ordinal = 0;
  const flush = async () => {
    if (rows.size === 0) return;
    const text = rows.toTabSeparated(batchAtMs);
    await db.insert({ name: "bench/reads", table: "read_batches", columns: READ_COLUMNS, rows: text });
    reads += rows.size;
    batches += 1;
    rows = new ReadRows();
    if (batches % 200 === 0) context.log(`${reads} of ${READS} reads are stored`);
  };
  for (const line of dryRun(simulation, "onhand")) {
    if (line.kind !== "message") continue;
    const topic = parseTopic("onhand", line.topic);
    if (topic === null) continue;
    const understood = understandMessage(topic, Buffer.from(line.payload), line.atUnixMs);
    if (understood.kind !== "reads") continue;
    firstAtMs ||= line.atUnixMs;
    if (line.atUnixMs >= batchAtMs + BATCH_MS) {
      await flush();
      if (reads >= READS) break;
      batchAtMs = line.atUnixMs;
    }
    ordinal = Math.max(ordinal + 1, line.atUnixMs * 1000);
    const group = rows.message(topic.locationId, topic.sourceId, understood.format, ordinal, 0);
    for (const read of understood.reads) rows.add(group, read, gtinOfEpc(read.epcHex), "floor-1", "accepted");
  }
  return { reads, batches, spanMs: batchAtMs - firstAtMs };
}

async function bytesOf(db: Database, table: string) {
  const columns = await db.query({
    name: "bench/bytes",
    sql: `SELECT column, sum(column_bytes_on_disk) AS bytes, sum(column_data_uncompressed_bytes) AS uncompressed
          FROM system.parts_columns
          WHERE database = currentDatabase() AND table = {table:String} AND active
          GROUP BY column ORDER BY bytes DESC`,
    params: { table },
    row: z.object({ column: z.string(), bytes: z.number(), uncompressed: z.number() }),
  });
  const [total] = await db.query({
    name: "bench/total",
    sql: `SELECT sum(bytes_on_disk) AS bytes FROM system.parts
          WHERE database = currentDatabase() AND table = {table:String} AND active`,
    params: { table },
    row: z.object({ bytes: z.number() }),
  });
  const uncompressedBytes = columns.reduce((sum, { uncompressed }) => sum + uncompressed, 0);
  return { bytes: total?.bytes ?? 0, uncompressedBytes, columns };
}
