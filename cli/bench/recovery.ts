import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { startServe } from "./harness/start-serve.ts";
import { createWorkLoad } from "./harness/work-load.ts";
import { seriesOf } from "./series.ts";

const QUESTION =
  "How long does it take from the start of the process until it is ready, with a million positions and a million items in the ledger?";
const STOCK = { locations: 50, products: 20_000, unitsPerProduct: 1 };

export const recovery: Benchmark = { name: "recovery", question: QUESTION, run: measureRecovery };

/** Ingest and server by turns on the same folder. The first ingest finds no snapshot and reads the whole ledger. */
async function measureRecovery(context: BenchContext): Promise<BenchmarkResult> {
  const dataDirectory = join(context.folder, "data");
  context.log("writing a million positions and a million items");
  await prepareDataDirectory(dataDirectory, createWorkLoad(STOCK.locations, STOCK.products), (db) =>
    insertStock(db, STOCK),
  );
  const mosquitto = await startMosquitto(context.folder);
  const ingestSeconds: number[] = [];
  const ingestRoleSeconds: number[] = [];
  const serverSeconds: number[] = [];
  const serverRoleSeconds: number[] = [];
  try {
    for (let repetition = 0; repetition < context.repetitions; repetition += 1) {
      context.log(`repetition ${repetition + 1} of ${context.repetitions}`);
      const ingest = await timeIngest(dataDirectory, mosquitto.url);
      ingestSeconds.push(ingest.seconds);
      ingestRoleSeconds.push(ingest.roleSeconds);
      const startedMs = performance.now();
      const server = await startServe(dataDirectory, mosquitto.url);
      serverSeconds.push((performance.now() - startedMs) / 1000);
      serverRoleSeconds.push(server.readyMs / 1000);
      await server.child.stop();
    }
  } finally {
    await mosquitto.stop();
  }
  return {
    name: "recovery",
    question: QUESTION,
    subject: seriesOf("seconds to ready (ingest)", ingestSeconds),
    reference: null,
    ratio: null,
    aim: "none: the time is stated",
    isAimMet: null,
    n: { positions: STOCK.locations * STOCK.products, items: STOCK.locations * STOCK.products },
    warmUp: "none; the files may be in the system's page cache",
    repetitions: context.repetitions,
    details: {
      serverSecondsToReady: seriesOf("s", serverSeconds).median,
      serverSecondsRuns: seriesOf("s", serverSeconds).runs,
      ingestSecondsWithoutProcessStart: seriesOf("s", ingestRoleSeconds).median,
      serverSecondsWithoutProcessStart: seriesOf("s", serverRoleSeconds).median,
    },
  };
}

async function timeIngest(
  dataDirectory: string,
  mqttUrl: string,
): Promise<{ seconds: number; roleSeconds: number }> {
  const startedMs = performance.now();
  const ingest = await startChild("ingest-subject", {
    env: { MQTT_URL: mqttUrl, MQTT_ROOT: "subject", ONHAND_DATA_DIR: dataDirectory, LOG_LEVEL: "warn" },
  });
  try {
    const seconds = (performance.now() - startedMs) / 1000;
    const counts = await ingest.request("counts", null, z.object({ items: z.number() }));
    if (counts.items !== STOCK.locations * STOCK.products) {
      throw new Error(`ingest recovered ${counts.items} items: the measurement is void.`);
    }
    const roleSeconds = (await ingest.request("ready", null, z.number())) / 1000;
    return { seconds, roleSeconds };
  } finally {
    await ingest.stop();
  }
}
