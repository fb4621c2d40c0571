import type { Benchmark } from "./benchmark.ts";
import { measureIngest } from "./ingest-throughput.ts";

const QUESTION =
  "How many messages of one read does ingest make durable and acknowledge a second, beside a bare mqtt.js subscriber that only counts?";

export const ingestSingle: Benchmark = {
  name: "ingest-single",
  question: QUESTION,
  run: (context) =>
    measureIngest(context, {
      name: "ingest-single",
      question: QUESTION,
      plan: { locations: 20, products: 2_500, readsPerMessage: 1 },
      messages: 100_000,
      warmUpMessages: 50_000,
      referenceParses: false,
      unit: "messages/s",
      aimRatio: 0.7,
    }),
};
