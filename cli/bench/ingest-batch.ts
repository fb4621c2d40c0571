import type { Benchmark } from "./benchmark.ts";
import { measureIngest } from "./ingest-throughput.ts";

const QUESTION =
  "How many reads in messages of 50 does ingest make durable a second, beside a bare mqtt.js subscriber that parses the JSON?";

export const ingestBatch: Benchmark = {
  name: "ingest-batch",
  question: QUESTION,
  run: (context) =>
    measureIngest(context, {
      name: "ingest-batch",
      question: QUESTION,
      plan: { locations: 20, products: 2_500, readsPerMessage: 50 },
      messages: 30_000,
      warmUpMessages: 15_000,
      referenceParses: true,
      unit: "reads/s",
      aimRatio: 0.5,
    }),
};
