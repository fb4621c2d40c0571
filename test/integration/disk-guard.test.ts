import { connectAsync } from "mqtt";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, expect, it } from "vitest";
import { createHealthEndpoint } from "../../cli/platform/health-endpoint.ts";
import { createEmbeddedBroker } from "../../ingest/broker/embedded-broker.ts";
import { createIngest } from "../../ingest/ingest.ts";
import { DEFAULT_INGEST_SETTINGS } from "../../ingest/ingest-settings.ts";
import { createEmbeddedIntake } from "../../ingest/intake/embedded-intake.ts";
import { openDatabase } from "../../sql/client.ts";
import { migrate } from "../../sql/migrate.ts";
import { metricOf, readiness, untilReady } from "../support/split-system.ts";
import { freshEpc, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { untilAsync } from "../support/until.ts";

const dataDirectory = temporaryDirectory("disk-guard");
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

it("while the disk is nearly full nothing is taken in or acknowledged, /readyz says so, and it goes on by itself", async () => {
  let freeShare = 0.5;
  const logger = pino({ level: "silent" });
  const registry = new Registry();
  const db = await openDatabase({ dataDirectory });
  await migrate(db);
  const broker = createEmbeddedBroker({
    root: "onhand",
    listen: { host: "127.0.0.1", port: 0 },
    authenticate: async (user) => ({ keyId: user, role: "internal", locationId: null }),
    logger,
    metrics: registry,
  });
  const ingest = createIngest({
    settings: { ...DEFAULT_INGEST_SETTINGS, root: "onhand", checkDiskEveryMs: 20 },
    db,
    ledgerDb: db,
    intake: createEmbeddedIntake({ broker, logger, metrics: registry }),
    bus: broker.bus,
    logger,
    registry,
    nowMs: Date.now,
    watchSettings: async () => {},
    freeDiskShare: async () => freeShare,
    onLost: () => {},
  });
  const health = createHealthEndpoint({ registry, checks: () => ingest.checks() });
  stops.push(() => db.close());
  await broker.start();
  stops.push(() => broker.stop());
  await ingest.start();
  stops.push(() => ingest.stop());
  const url = `http://127.0.0.1:${await health.start({ host: "127.0.0.1", port: 0 })}`;
  stops.push(() => health.stop());
  await untilReady(url);
  const port = broker.ports().tcp;
  const device = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    username: "device",
    password: "x",
    protocolVersion: 4,
  });
  stops.push(() => device.endAsync(true));
  const publish = () => {
    const { topic, payload } = readMessage("store-1", freshEpc(LOAD_GTINS[0]), Date.now());
    return device.publishAsync(topic, payload, { qos: 1 });
  };
  await publish();

  freeShare = 0.05;
  await untilAsync("it is not ready", async () => (await readiness(url)).status === 503);
  expect((await readiness(url)).text).toMatch(
    /5\.0 % of the disk is free, 10 % are needed; intake is paused/,
  );
  let isAcknowledged = false;
  const held = publish().then(() => {
    isAcknowledged = true;
  });
  await untilAsync("the sender is held", async () => (await metricOf(url, "onhand_intake_held_back")) === 1);
  // A round trip behind the held message: an acknowledgement would have come by now.
  await device.subscribeAsync("onhand/status/none");
  expect(isAcknowledged).toBe(false);
  expect(await metricOf(url, "onhand_ingest_messages_total")).toBe(1);

  freeShare = 0.5;
  await held;
  await untilReady(url);
  expect(await metricOf(url, "onhand_ingest_messages_total")).toBe(2);
});
