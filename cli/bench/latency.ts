import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createKeyStore } from "../../server/keys/key-store.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey } from "./harness/start-serve.ts";
import { startSystem } from "./harness/start-system.ts";
import { createWorkLoad, locationIdOf } from "./harness/work-load.ts";
import { seriesOf } from "./series.ts";
import { percentile, rounded } from "./statistics.ts";

const QUESTION =
  "How long does it take from the publish of a tag read at a dock until its product's number arrives on a socket, at half load?";
/** A location for each connection: a device's key speaks for one. */
const PLAN = { locations: 4, products: 12_500, readsPerMessage: 1 };
/** Of the products of the load the last has no stock and no reads: it is the probes' own. */
const PROBE_PRODUCT = PLAN.products;
const PROBE_LOCATION = 0;
const WARM_UP_MESSAGES = 30_000;
const FULL_LOAD_MESSAGES = 60_000;
const PROBES = 150;
const PROBE_GAP_MS = 60;
const ROOT = "onhand";

type Device = { username: string; password: string };

export const latency: Benchmark = { name: "latency", question: QUESTION, run: measureLatency };

/** Everything as `onhand start` runs it, in one process on the embedded engines. */
async function measureLatency(context: BenchContext): Promise<BenchmarkResult> {
  const dataDirectory = join(context.folder, "data");
  let storefront = "";
  const devices: Device[] = [];
  context.log("preparing stock");
  await prepareDataDirectory(dataDirectory, createWorkLoad(PLAN.locations, PLAN.products + 1), async (db) => {
    await insertStock(db, { ...PLAN, unitsPerProduct: 1 });
    storefront = await createStorefrontKey(db);
    const keys = createKeyStore({ db, nowMs: Date.now });
    for (let index = 0; index < PLAN.locations; index += 1) {
      const locationId = locationIdOf(index);
      const key = await keys.create({ role: "device", name: locationId, locationId, origins: [] });
      devices.push({ username: key.keyId, password: key.secret });
    }
  });
  const system = await startSystem(dataDirectory);
  const children: Child[] = [];
  try {
    const publisher = await startChild("publisher");
    const probe = await startChild("probe");
    children.push(publisher, probe);
    await publisher.request(
      "connect",
      { port: system.mqttPort, connections: PLAN.locations, users: devices },
      z.null(),
    );
    const probeSettings = {
      mqttUrl: `mqtt://127.0.0.1:${system.mqttPort}`,
      ...(devices[PROBE_LOCATION] ?? { username: "", password: "" }),
      streamUrl: `ws://127.0.0.1:${system.httpPort}/v1/availability/stream`,
      authorization: `Bearer ${storefront}`,
      root: ROOT,
      location: PROBE_LOCATION,
      product: PROBE_PRODUCT,
    };
    await probe.request("connect", probeSettings, z.null());

    let sent = 0;
    let lastMs = Date.now();
    const prepare = async (messages: number, durationMs: number): Promise<void> => {
      const startMs = Math.max(lastMs, Date.now());
      lastMs = startMs + durationMs;
      const range = { from: sent, to: sent + messages, startMs, endMs: lastMs };
      sent += messages;
      await publisher.request("prepare", { root: ROOT, plan: PLAN, range }, z.null());
    };
    const publishAll = async (messages: number): Promise<number> => {
      await prepare(messages, messages / 20);
      const milliseconds = await publisher.request("publish", null, z.number());
      return (messages * 1000) / milliseconds;
    };
    context.log("warming up");
    await publishAll(WARM_UP_MESSAGES);
    const fullLoad = await publishAll(FULL_LOAD_MESSAGES);
    await sleep(1000);

    const halfLoad = fullLoad / 2;
    const idle = await probe.request("probe", { probes: 30, gapMs: PROBE_GAP_MS }, z.array(z.number()));
    const runs: number[][] = [];
    for (let repetition = 0; repetition < context.repetitions; repetition += 1) {
      context.log(
        `repetition ${repetition + 1} of ${context.repetitions}, ${Math.round(halfLoad)} messages/s`,
      );
      const seconds = (PROBES * PROBE_GAP_MS * 2.5) / 1000;
      await prepare(Math.round(halfLoad * seconds), seconds * 1000);
      const load = publisher.request("publishAtRate", { perSecond: halfLoad }, z.null());
      await sleep(1000);
      runs.push(await probe.request("probe", { probes: PROBES, gapMs: PROBE_GAP_MS }, z.array(z.number())));
      await load;
    }
    return describe(context, runs, idle, fullLoad);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await system.stop();
  }
}

function describe(
  context: BenchContext,
  runs: readonly number[][],
  idle: readonly number[],
  fullLoad: number,
): BenchmarkResult {
  const all = runs.flat();
  const p50 = seriesOf(
    "ms (p50)",
    runs.map((run) => percentile(run, 50)),
  );
  return {
    name: "latency",
    question: QUESTION,
    subject: p50,
    reference: null,
    ratio: null,
    aim: "p99 under 2,000 ms",
    isAimMet: percentile(all, 99) < 2_000,
    n: { probesEach: PROBES, readsPerMessage: PLAN.readsPerMessage, items: PLAN.locations * PLAN.products },
    warmUp: `${WARM_UP_MESSAGES + FULL_LOAD_MESSAGES} messages as fast as they are acknowledged, and 30 probes without load`,
    repetitions: context.repetitions,
    details: {
      p50Ms: rounded(percentile(all, 50)),
      p99Ms: rounded(percentile(all, 99)),
      maxMs: rounded(Math.max(...all)),
      p99RunsMs: runs.map((run) => rounded(percentile(run, 99))),
      p50WithoutLoadMs: rounded(percentile(idle, 50)),
      fullLoadMessagesPerSecond: rounded(fullLoad),
      loadMessagesPerSecond: rounded(fullLoad / 2),
    },
  };
}
