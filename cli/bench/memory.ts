import { z } from "zod";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { startChild } from "./harness/child.ts";
import { inTurns, seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const BYTES_PER_POSITION = 64;
const BYTES_PER_ITEM = 200;
const QUESTION =
  "How many bytes does a position and a tracked item take in memory, in a million of each, beside plain Maps of objects?";

const usedSchema = z.object({ bytesPerPosition: z.number(), bytesPerItem: z.number() });

export const memory: Benchmark = { name: "memory", question: QUESTION, run: measureMemory };

async function measureMemory(context: BenchContext): Promise<BenchmarkResult> {
  const { reference, subject } = await inTurns(context, {
    reference: () => measure("maps", usedSchema),
    subject: async () => ({
      book: await measure("book", usedSchema),
      table: await measure("table", usedSchema.pick({ bytesPerPosition: true })),
    }),
  });
  const items = seriesOf(
    "bytes per item",
    subject.map(({ book }) => book.bytesPerItem),
  );
  const plainItems = seriesOf(
    "bytes per item",
    reference.map(({ bytesPerItem }) => bytesPerItem),
  );
  const median = (values: number[]): number => seriesOf("bytes", values).median;
  const inBook = median(subject.map(({ book }) => book.bytesPerPosition));
  const inServer = median(subject.map(({ table }) => table.bytesPerPosition));
  return {
    name: "memory",
    question: QUESTION,
    subject: items,
    reference: plainItems,
    ratio: rounded(items.median / plainItems.median),
    aim: `≤ ${BYTES_PER_ITEM} bytes per item, ≤ ${BYTES_PER_POSITION} bytes per position`,
    isAimMet:
      items.median <= BYTES_PER_ITEM && inBook <= BYTES_PER_POSITION && inServer <= BYTES_PER_POSITION,
    n: { positions: 1_000_000, items: 1_000_000 },
    warmUp: "none; a new process for each measurement, after garbage collection",
    repetitions: context.repetitions,
    details: {
      bytesPerPositionInIngest: inBook,
      bytesPerPositionInServer: inServer,
      referenceBytesPerPosition: median(reference.map(({ bytesPerPosition }) => bytesPerPosition)),
    },
  };
}

async function measure<T>(what: string, answer: z.ZodType<T>): Promise<T> {
  const child = await startChild("memory-use", { execArgv: ["--expose-gc"] });
  try {
    return await child.request(what, null, answer);
  } finally {
    await child.stop();
  }
}
