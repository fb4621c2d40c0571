import { availability, availabilityMany } from "./availability.ts";
import type { Benchmark } from "./benchmark.ts";
import { dashboard } from "./dashboard/dashboard.ts";
import { fanOut } from "./fan-out.ts";
import { grantPush } from "./grant-push.ts";
import { grants } from "./grants.ts";
import { importHistory } from "./import-history.ts";
import { ingestBatch } from "./ingest-batch.ts";
import { ingestSingle } from "./ingest-single.ts";
import { latency } from "./latency.ts";
import { lifetimeValue } from "./lifetime-value.ts";
import { memory } from "./memory.ts";
import { reports } from "./reports.ts";
import { sqlWorst } from "./sql-worst.ts";
import { storage } from "./storage.ts";
import { recovery } from "./recovery.ts";

/** In the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  ingestSingle,
  ingestBatch,
  availability,
  availabilityMany,
  grants,
  grantPush,
  fanOut,
  latency,
  importHistory,
  lifetimeValue,
  memory,
  recovery,
  storage,
  reports,
  sqlWorst,
  dashboard,
];
