import { join } from "node:path";
import { z } from "zod";
import { type BenchContext, type Benchmark, type BenchmarkResult, MissingPartError } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "./harness/start-serve.ts";
import { createWorkLoad, gtinOf, locationIdOf } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const STOCK = { locations: 20, products: 2_500, unitsPerProduct: 1 };
const CONNECTIONS = 20;
const SECONDS = 6;
const WARM_UP_SECONDS = 4;

const loadSchema = z.object({
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  failed: z.number(),
});
type Load = z.infer<typeof loadSchema>;

/** What one request asks for. */
type Asked = { name: string; question: string; products: number; locations: number; aimRatio: number | null };

export const availability: Benchmark = availabilityBenchmark({
  name: "availability",
  question:
    "How many availability requests does the server answer a second, beside a bare Hono route with the same answer?",
  products: 1,
  locations: 1,
  aimRatio: 0.8,
});

export const availabilityMany: Benchmark = availabilityBenchmark({
  name: "availability-many",
  question:
    "How many requests for 100 products at 10 locations does the server answer a second, beside a bare Hono route with the same answer?",
  products: 100,
  locations: 10,
  aimRatio: null,
});

function availabilityBenchmark(asked: Asked): Benchmark {
  const { name, question } = asked;
  return { name, question, run: (context) => measureAvailability(context, asked) };
}

async function measureAvailability(context: BenchContext, asked: Asked): Promise<BenchmarkResult> {
  const children: Child[] = [];
  const loader = await startChild("http-load");
  children.push(loader);
  const mosquitto = await startMosquitto(context.folder);
  try {
    if (!(await loader.request("isInstalled", null, z.boolean()))) {
      throw new MissingPartError(
        "autocannon is not installed: it is a development dependency, and an installation with --omit=dev leaves it out. " +
          "Run `npm install` in a checkout, or `npm install autocannon`, and run the benchmark again.",
      );
    }
    context.log("preparing stock");
    const dataDirectory = join(context.folder, "data");
    let token = "";
    await prepareDataDirectory(dataDirectory, createWorkLoad(STOCK.locations, STOCK.products), async (db) => {
      await insertStock(db, STOCK);
      token = await createStorefrontKey(db);
    });
    const server = await startServe(dataDirectory, mosquitto.url);
    children.push(server.child);
    const bare = await startChild("bare-hono");
    children.push(bare);

    const authorization = `Bearer ${token}`;
    const paths = Array.from({ length: 200 }, (_, index) => pathOf(asked, index));
    const serverUrl = `http://127.0.0.1:${server.port}`;
    const body = await sampleAnswer(`${serverUrl}${paths[0] ?? ""}`, authorization);
    const barePort = await bare.request("listen", { path: "/v1/availability", body }, z.number());
    const load = async (url: string, seconds: number): Promise<Load> => {
      const params = { url, paths, authorization, connections: CONNECTIONS, seconds };
      const result = await loader.request("load", params, loadSchema);
      if (result.failed > 0)
        throw new Error(`${result.failed} requests to ${url} failed: the measurement is void.`);
      return result;
    };
    const bareUrl = `http://127.0.0.1:${barePort}`;
    context.log("warming up");
    await load(bareUrl, WARM_UP_SECONDS);
    await load(serverUrl, WARM_UP_SECONDS);
    const runs = await inTurns(context, {
      reference: () => load(bareUrl, SECONDS),
      subject: () => load(serverUrl, SECONDS),
    });
    return describe(context, asked, runs.reference, runs.subject, body.length);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await mosquitto.stop();
  }
}

/** Neighbouring requests ask for other products at other locations. */
function pathOf({ products, locations }: Asked, index: number): string {
  const gtins = Array.from({ length: products }, (_, each) => gtinOf((index * 37 + each) % STOCK.products));
  const places = Array.from({ length: locations }, (_, each) =>
    locationIdOf((index + each) % STOCK.locations),
  );
  return `/v1/availability?gtin=${gtins.join(",")}&location=${places.join(",")}`;
}

/** The first answer, which must hold stock: an empty or refused one would be quick for no good reason. */
async function sampleAnswer(url: string, authorization: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization } });
  const body = await response.text();
  if (response.status !== 200 || !/"onHand":1\b/.test(body)) {
    throw new Error(`The server answered ${response.status} ${body.slice(0, 300)}: the measurement is void.`);
  }
  return body;
}

function describe(
  context: BenchContext,
  { name, question, products, locations, aimRatio }: Asked,
  reference: readonly Load[],
  subject: readonly Load[],
  bytes: number,
): BenchmarkResult {
  const series = (loads: readonly Load[], read: (load: Load) => number, unit: string) =>
    seriesOf(unit, loads.map(read));
  const speed = series(subject, (load) => load.perSecond, "requests/s");
  const bareSpeed = series(reference, (load) => load.perSecond, "requests/s");
  const ratio = rounded(speed.median / bareSpeed.median);
  return {
    name,
    question,
    subject: speed,
    reference: bareSpeed,
    ratio,
    aim: aimRatio === null ? "none: the ratio is stated" : `ratio ≥ ${aimRatio}`,
    isAimMet: aimRatio === null ? null : ratio >= aimRatio,
    n: {
      secondsEach: SECONDS,
      connections: CONNECTIONS,
      positions: STOCK.locations * STOCK.products,
      itemsEach: products * locations,
      answerBytes: bytes,
    },
    warmUp: `${WARM_UP_SECONDS} s of the same load on each side`,
    repetitions: context.repetitions,
    details: {
      subjectP50Ms: series(subject, (load) => load.p50Ms, "ms").median,
      subjectP99Ms: series(subject, (load) => load.p99Ms, "ms").median,
      referenceP50Ms: series(reference, (load) => load.p50Ms, "ms").median,
      referenceP99Ms: series(reference, (load) => load.p99Ms, "ms").median,
    },
  };
}
