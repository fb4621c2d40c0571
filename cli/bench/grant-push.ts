import { join } from "node:path";
import { z } from "zod";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "./harness/start-serve.ts";
import { createWorkLoad, gtinOf, locationIdOf } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { percentile, rounded } from "./statistics.ts";

const QUESTION =
  "How long does it take from the request of a hold until all of 1,000 sockets know, beside a bare Hono route that sends the same frame to 1,000 bare `ws` sockets?";
const SOCKETS = 1_000;
const HOLDS = 100;
const WARM_UP_HOLDS = 20;
const GAP_MS = 60;

const pushSchema = z.object({
  answeredMs: z.array(z.number()),
  knownMs: z.array(z.number()),
  frameBytes: z.number(),
});
type Push = z.infer<typeof pushSchema>;

export const grantPush: Benchmark = { name: "grant-push", question: QUESTION, run: measureGrantPush };

async function measureGrantPush(context: BenchContext): Promise<BenchmarkResult> {
  const children: Child[] = [];
  const start = async (name: string): Promise<Child> => {
    const child = await startChild(name);
    children.push(child);
    return child;
  };
  const mosquitto = await startMosquitto(context.folder);
  try {
    const dataDirectory = join(context.folder, "data");
    let token = "";
    await prepareDataDirectory(dataDirectory, createWorkLoad(1, 1), async (db) => {
      await insertStock(db, { locations: 1, products: 1, unitsPerProduct: 100_000, isUntagged: true });
      token = await createStorefrontKey(db);
    });
    const server = await startServe(dataDirectory, mosquitto.url);
    children.push(server.child);
    const authorization = `Bearer ${token}`;
    const connect = async (name: string, httpPort: number, readers: object): Promise<Child> => {
      const child = await start(name);
      const url = `http://127.0.0.1:${httpPort}`;
      await child.request(
        "connect",
        { url, authorization, readers: { sockets: SOCKETS, ...readers } },
        z.null(),
      );
      return child;
    };
    const body = JSON.stringify({
      lines: [{ gtin: gtinOf(0), quantity: 1, locationId: locationIdOf(0) }],
      channel: "web",
    });
    const hold = (child: Child, times: number): Promise<Push> =>
      child.request("push", { body, times, gapMs: GAP_MS }, pushSchema);

    context.log(`opening ${SOCKETS} sockets on each side`);
    const subscribe = { type: "subscribe", id: "s", gtins: [gtinOf(0)], locations: [locationIdOf(0)] };
    const ours = await connect("push-readers", server.port, {
      port: server.port,
      path: "/v1/availability/stream",
      authorization,
      hello: [JSON.stringify(subscribe)],
      // `ready`, and a snapshot.
      awaitFrames: 2,
    });
    context.log("warming up");
    const { frameBytes } = await hold(ours, WARM_UP_HOLDS);
    const bare = await start("bare-push");
    const ports = z.object({ httpPort: z.number(), socketPort: z.number() });
    const { httpPort, socketPort } = await bare.request("listen", { frameBytes }, ports);
    const theirs = await connect("push-readers", httpPort, {
      port: socketPort,
      path: "/",
      authorization: null,
      hello: [],
      awaitFrames: 0,
    });
    await hold(theirs, WARM_UP_HOLDS);
    const runs = await inTurns(context, {
      reference: () => hold(theirs, HOLDS),
      subject: () => hold(ours, HOLDS),
    });
    return describe(context, runs.reference, runs.subject);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await mosquitto.stop();
  }
}

function describe(
  context: BenchContext,
  reference: readonly Push[],
  subject: readonly Push[],
): BenchmarkResult {
  const known = (runs: readonly Push[], share: number) =>
    seriesOf(
      `ms (p${share})`,
      runs.map((run) => percentile(run.knownMs, share)),
    );
  const answered = subject.flatMap((run) => run.answeredMs);
  const median = known(subject, 50);
  const bareMedian = known(reference, 50);
  return {
    name: "grant-push",
    question: QUESTION,
    subject: median,
    reference: bareMedian,
    ratio: rounded(median.median / bareMedian.median),
    aim: "none: the time is stated",
    isAimMet: null,
    n: { sockets: SOCKETS, holdsEach: HOLDS, frameBytes: subject[0]?.frameBytes ?? 0 },
    warmUp: `${WARM_UP_HOLDS} holds on each side`,
    repetitions: context.repetitions,
    details: {
      p50Ms: median.median,
      p99Ms: known(subject, 99).median,
      referenceP50Ms: bareMedian.median,
      referenceP99Ms: known(reference, 99).median,
      untilAnsweredP50Ms: rounded(percentile(answered, 50)),
      untilAnsweredP99Ms: rounded(percentile(answered, 99)),
    },
  };
}
