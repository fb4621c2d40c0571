import { join } from "node:path";
import { z } from "zod";
import { type BenchContext, type Benchmark, type BenchmarkResult, MissingPartError } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { startPostgres } from "./harness/postgres.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "./harness/start-serve.ts";
import { createWorkLoad, gtinOf, locationIdOf } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const QUESTION =
  "How many holds a second does the server grant and make durable before it answers, beside PostgreSQL doing the same hold as one statement behind a Hono route?";
const CLIENTS = 64;
const SPREAD_PRODUCTS = 10_000;
/** More than can be granted in a run. */
const UNITS = 5_000_000;
const SECONDS = 6;
const WARM_UP_SECONDS = 4;
const AIM_CONTESTED = 3;
const AIM_SPREAD = 1.5;
const AIM_P99_MS = 50;

const loadSchema = z.object({
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  granted: z.number(),
  refused: z.record(z.string(), z.number()),
});
type Load = z.infer<typeof loadSchema>;
type Runs = { reference: Load[]; subject: Load[] };
type Side = { url: string; authorization: string };

export const grants: Benchmark = { name: "grants", question: QUESTION, run: measureGrants };

async function measureGrants(context: BenchContext): Promise<BenchmarkResult> {
  const children: Child[] = [];
  const start = async (name: string): Promise<Child> => {
    const child = await startChild(name);
    children.push(child);
    return child;
  };
  const mosquitto = await startMosquitto(context.folder);
  const postgres = await startPostgres();
  try {
    const reference = await start("postgres-holds");
    if (!(await reference.request("isInstalled", null, z.boolean()))) {
      throw new MissingPartError(
        "pg is not installed: it is a development dependency, and an installation with --omit=dev leaves it out. " +
          "Run `npm install` in a checkout, or `npm install pg`, and run the benchmark again.",
      );
    }
    context.log("preparing stock");
    const gtins = Array.from({ length: SPREAD_PRODUCTS }, (_, index) => gtinOf(index));
    const dataDirectory = join(context.folder, "data");
    let token = "";
    await prepareDataDirectory(dataDirectory, createWorkLoad(1, SPREAD_PRODUCTS), async (db) => {
      await insertStock(db, {
        locations: 1,
        products: SPREAD_PRODUCTS,
        unitsPerProduct: UNITS,
        isUntagged: true,
      });
      token = await createStorefrontKey(db);
    });
    const server = await startServe(dataDirectory, mosquitto.url);
    children.push(server.child);
    const { host, port, user } = postgres;
    const stock = { locationId: locationIdOf(0), gtins, units: UNITS };
    const referencePort = await reference.request("listen", { host, port, user, ...stock }, z.number());
    const loader = await start("hold-load");

    const authorization = `Bearer ${token}`;
    const ours: Side = { url: `http://127.0.0.1:${server.port}`, authorization };
    const theirs: Side = { url: `http://127.0.0.1:${referencePort}`, authorization };
    const hold = async (side: Side, wanted: string[], seconds: number): Promise<Load> => {
      const params = { ...side, locationId: locationIdOf(0), gtins: wanted, clients: CLIENTS, seconds };
      const load = await loader.request("hold", params, loadSchema);
      if (Object.keys(load.refused).length > 0) {
        throw new Error(`${side.url} answered ${JSON.stringify(load.refused)}: the measurement is void.`);
      }
      return load;
    };
    const measure = async (wanted: string[]): Promise<Runs> => {
      context.log(`warming up, ${wanted.length} products`);
      await hold(theirs, wanted, WARM_UP_SECONDS);
      await hold(ours, wanted, WARM_UP_SECONDS);
      return await inTurns(context, {
        reference: () => hold(theirs, wanted, SECONDS),
        subject: () => hold(ours, wanted, SECONDS),
      });
    };
    const contested = await measure(gtins.slice(0, 1));
    const spread = await measure(gtins);
    return describe(context, contested, spread, postgres.version);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await postgres.stop();
    await mosquitto.stop();
  }
}

function describe(
  context: BenchContext,
  contested: Runs,
  spread: Runs,
  postgresVersion: string,
): BenchmarkResult {
  const series = (loads: readonly Load[], read: (load: Load) => number) =>
    seriesOf("holds/s", loads.map(read));
  const middle = (loads: readonly Load[], read: (load: Load) => number) => series(loads, read).median;
  const speed = (load: Load): number => load.perSecond;
  const subject = series(contested.subject, speed);
  const reference = series(contested.reference, speed);
  const ratio = rounded(subject.median / reference.median);
  const spreadRatio = rounded(middle(spread.subject, speed) / middle(spread.reference, speed));
  const p99Ms = middle(contested.subject, (load) => load.p99Ms);
  const spreadP99Ms = middle(spread.subject, (load) => load.p99Ms);
  return {
    name: "grants",
    question: QUESTION,
    subject,
    reference,
    ratio,
    aim: `ratio ≥ ${AIM_CONTESTED} on one product, spreadRatio ≥ ${AIM_SPREAD} on ${SPREAD_PRODUCTS}, p99 of both under ${AIM_P99_MS} ms`,
    isAimMet:
      ratio >= AIM_CONTESTED && spreadRatio >= AIM_SPREAD && p99Ms < AIM_P99_MS && spreadP99Ms < AIM_P99_MS,
    n: { secondsEach: SECONDS, clients: CLIENTS, products: 1, spreadProducts: SPREAD_PRODUCTS },
    warmUp: `${WARM_UP_SECONDS} s of the same load on each side`,
    repetitions: context.repetitions,
    details: {
      durability: "both sides wait for fsync before they answer: a power cut loses no answer",
      reference: `${postgresVersion}, settings of initdb, pool of 10, prepared`,
      p50Ms: middle(contested.subject, (load) => load.p50Ms),
      p99Ms,
      referenceP50Ms: middle(contested.reference, (load) => load.p50Ms),
      referenceP99Ms: middle(contested.reference, (load) => load.p99Ms),
      spreadRatio,
      spreadPerSecond: middle(spread.subject, speed),
      spreadPerSecondRuns: series(spread.subject, speed).runs,
      spreadReferencePerSecond: middle(spread.reference, speed),
      spreadReferencePerSecondRuns: series(spread.reference, speed).runs,
      spreadP50Ms: middle(spread.subject, (load) => load.p50Ms),
      spreadP99Ms,
      spreadReferenceP50Ms: middle(spread.reference, (load) => load.p50Ms),
      spreadReferenceP99Ms: middle(spread.reference, (load) => load.p99Ms),
    },
  };
}
