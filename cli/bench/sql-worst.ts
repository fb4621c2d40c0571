import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import type { Child } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "./harness/start-serve.ts";
import { createWorkLoad, gtinOf, locationIdOf } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { percentile, rounded } from "./statistics.ts";

const QUESTION =
  "How long does a hold take (p99) while analysts keep the worst queries running that are let in, beside the same without them?";
const HOLDS = 150;
const WARM_UP_HOLDS = 30;
const GAP_MS = 10;
const AIM_P99_MS = 100;
/** Both places are taken: one query groups without end, one sorts and writes a large answer. */
const WORST = [
  "SELECT number % 3000000 AS k, uniqExact(sipHash64(number)) AS n FROM numbers(2000000000) GROUP BY k ORDER BY n FORMAT Null",
  "SELECT number, sipHash128(number), toString(number) FROM numbers(15000000) FORMAT JSONEachRow",
];

export const sqlWorst: Benchmark = { name: "sql-worst", question: QUESTION, run: measureSqlWorst };

async function measureSqlWorst(context: BenchContext): Promise<BenchmarkResult> {
  const children: Child[] = [];
  const mosquitto = await startMosquitto(context.folder);
  try {
    const dataDirectory = join(context.folder, "data");
    const tokens = { storefront: "", analyst: "" };
    await prepareDataDirectory(dataDirectory, createWorkLoad(1, 1), async (db) => {
      await insertStock(db, { locations: 1, products: 1, unitsPerProduct: 1_000_000, isUntagged: true });
      tokens.storefront = await createStorefrontKey(db);
      tokens.analyst = await createStorefrontKey(db, "analyst");
    });
    const server = await startServe(dataDirectory, mosquitto.url);
    children.push(server.child);
    const url = `http://127.0.0.1:${server.port}`;
    context.log("warming up");
    await holdMany(url, tokens.storefront, WARM_UP_HOLDS);
    const runs = await inTurns(context, {
      reference: () => holdMany(url, tokens.storefront, HOLDS),
      subject: () => withAnalysts(url, tokens.analyst, () => holdMany(url, tokens.storefront, HOLDS)),
    });
    const subject = seriesOf(
      "ms",
      runs.subject.map((tookMs) => percentile(tookMs, 99)),
    );
    const reference = seriesOf(
      "ms",
      runs.reference.map((tookMs) => percentile(tookMs, 99)),
    );
    return {
      name: "sql-worst",
      question: QUESTION,
      subject,
      reference,
      ratio: rounded(subject.median / reference.median),
      aim: `p99 of a hold under ${AIM_P99_MS} ms while analysts ask`,
      isAimMet: subject.median < AIM_P99_MS,
      n: { holds: HOLDS, analysts: WORST.length },
      warmUp: `${WARM_UP_HOLDS} holds`,
      repetitions: context.repetitions,
      details: {
        p50MsWith: rounded(percentile(runs.subject.flat(), 50)),
        p50MsWithout: rounded(percentile(runs.reference.flat(), 50)),
      },
    };
  } finally {
    for (const child of children.reverse()) await child.stop();
    await mosquitto.stop();
  }
}

/** Milliseconds of each hold, one after the other. */
async function holdMany(url: string, token: string, times: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const startedMs = performance.now();
    const response = await fetch(`${url}/v1/reservations`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: JSON.stringify({
        lines: [{ gtin: gtinOf(0), quantity: 1, locationId: locationIdOf(0) }],
        channel: "web",
      }),
    });
    if (response.status !== 201)
      throw new Error(`a hold was answered ${response.status}: ${await response.text()}`);
    await response.text();
    tookMs.push(performance.now() - startedMs);
    await sleep(GAP_MS);
  }
  return tookMs;
}

/** Does the work while each of the worst queries runs again and again. */
async function withAnalysts<T>(url: string, token: string, work: () => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const asking = WORST.map(async (body) => {
    while (!controller.signal.aborted) {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/clickhouse/`, {
        method: "POST",
        headers,
        body,
        signal: controller.signal,
      });
      for await (const _ of response.body ?? []);
    }
  });
  const ended = Promise.allSettled(asking);
  await sleep(500);
  try {
    return await work();
  } finally {
    controller.abort();
    await ended;
  }
}
