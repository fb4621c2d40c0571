import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { movementSchema } from "../../domain/movement.ts";
import { type Publisher, connectPublisher } from "../../simulators/connect-publisher.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import { createStorefrontKey, startServe } from "./harness/start-serve.ts";
import { createWorkLoad, gtinOf, locationIdOf } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const QUESTION =
  "How many change frames a second reach 2,000 sockets, beside a bare `ws` server that broadcasts frames of the same size?";
const SOCKETS = 2_000;
/** Subscriptions of each socket, to one product each: a tick makes as many frames a socket, more than can be sent. */
const SUBSCRIPTIONS = 6;
const STOCK = { locations: 1, products: 100, unitsPerProduct: 1 };
const SECONDS = 8;
const WARM_UP_SECONDS = 5;
const MOVEMENTS_EVERY_MS = 10;
const AIM_RATIO = 0.8;

const countSchema = z.object({
  perSecond: z.number(),
  frameBytes: z.number(),
  fewest: z.number(),
  most: z.number(),
});
type Count = z.infer<typeof countSchema>;

export const fanOut: Benchmark = { name: "fan-out", question: QUESTION, run: measureFanOut };

async function measureFanOut(context: BenchContext): Promise<BenchmarkResult> {
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
    await prepareDataDirectory(dataDirectory, createWorkLoad(STOCK.locations, STOCK.products), async (db) => {
      await insertStock(db, STOCK);
      token = await createStorefrontKey(db);
    });
    const server = await startServe(dataDirectory, mosquitto.url);
    children.push(server.child);
    const bare = await start("bare-broadcast");
    const serverReaders = await start("socket-readers");
    const bareReaders = await start("socket-readers");
    const barePort = await bare.request("port", null, z.number());
    context.log(`opening ${SOCKETS} sockets on each side`);
    await serverReaders.request("open", subscribing(server.port, `Bearer ${token}`), z.null());
    const plain = {
      port: barePort,
      path: "/",
      authorization: null,
      sockets: SOCKETS,
      hello: [],
      awaitFrames: 0,
    };
    await bareReaders.request("open", plain, z.null());

    const publisher = await connectPublisher({ url: mosquitto.url });
    const movements = createMovements(publisher);
    const measureServer = async (seconds: number): Promise<Count> => {
      movements.start();
      await sleep(1000);
      const count = await serverReaders.request("count", { seconds }, countSchema);
      await movements.stop();
      await sleep(500);
      return count;
    };
    context.log("warming up");
    const { frameBytes } = await measureServer(WARM_UP_SECONDS);
    const measureBare = async (seconds: number): Promise<Count> => {
      await bare.request("start", { frameBytes, frames: SUBSCRIPTIONS }, z.null());
      await sleep(1000);
      const count = await bareReaders.request("count", { seconds }, countSchema);
      await bare.request("pause", null, z.null());
      await sleep(500);
      return count;
    };
    await measureBare(WARM_UP_SECONDS);
    const runs = await inTurns(context, {
      reference: () => measureBare(SECONDS),
      subject: () => measureServer(SECONDS),
    });
    await publisher.close();
    return describe(context, runs.reference, runs.subject);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await mosquitto.stop();
  }
}

function subscribing(port: number, authorization: string) {
  const hello = Array.from({ length: SUBSCRIPTIONS }, (_, index) =>
    JSON.stringify({
      type: "subscribe",
      id: `s${index}`,
      gtins: [gtinOf(index)],
      locations: [locationIdOf(0)],
    }),
  );
  const path = "/v1/availability/stream";
  // `ready`, and a snapshot for each subscription.
  return { port, path, authorization, sockets: SOCKETS, hello, awaitFrames: SUBSCRIPTIONS + 1 };
}

/** What ingest publishes after a commit: one movement for each product that is subscribed to, again and again. */
function createMovements(publisher: Publisher) {
  let sequence = STOCK.products;
  let quantity = 1;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const publish = (): void => {
    const at = new Date().toISOString();
    quantity = -quantity;
    const movements = Array.from({ length: SUBSCRIPTIONS }, (_, index) => {
      sequence += 1;
      return movementSchema.parse({
        locationId: locationIdOf(0),
        sequence,
        gtin: gtinOf(index),
        state: "sellable",
        quantity,
        reason: "adjusted",
        occurredAt: at,
        recordedAt: at,
        eventId: `bench-${sequence}`,
        source: "stock/bench",
      });
    });
    last = publisher.publish(`subject/${locationIdOf(0)}/movements`, JSON.stringify(movements));
  };
  return {
    start(): void {
      timer = setInterval(publish, MOVEMENTS_EVERY_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await last;
    },
  };
}

function describe(
  context: BenchContext,
  reference: readonly Count[],
  subject: readonly Count[],
): BenchmarkResult {
  const speed = seriesOf(
    "frames/s",
    subject.map((count) => count.perSecond),
  );
  const bareSpeed = seriesOf(
    "frames/s",
    reference.map((count) => count.perSecond),
  );
  const ratio = rounded(speed.median / bareSpeed.median);
  const last = subject.at(-1);
  return {
    name: "fan-out",
    question: QUESTION,
    subject: speed,
    reference: bareSpeed,
    ratio,
    aim: `ratio ≥ ${AIM_RATIO}`,
    isAimMet: ratio >= AIM_RATIO,
    n: {
      sockets: SOCKETS,
      subscriptionsPerSocket: SUBSCRIPTIONS,
      secondsEach: SECONDS,
      frameBytes: last?.frameBytes ?? 0,
    },
    warmUp: `${WARM_UP_SECONDS} s on each side`,
    repetitions: context.repetitions,
    details: {
      fewestFramesOfASocket: last?.fewest ?? 0,
      mostFramesOfASocket: last?.most ?? 0,
    },
  };
}
