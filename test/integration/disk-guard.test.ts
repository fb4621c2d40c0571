import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import { startIngestInProcess } from "../support/ingest-in-process.ts";
import { metricOf, readiness, untilReady } from "../support/split-system.ts";
import { freshEpc, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const dataDirectory = migratedDirectory("disk-guard");
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

it("while the disk is nearly full nothing is taken in or acknowledged, /readyz says so, and it goes on by itself", async () => {
  const disk = { freeShare: 0.5 };
  const db = await openDatabase({ dataDirectory });
  stops.push(() => db.close());
  const { url, device, stop } = await startIngestInProcess({
    db,
    settings: { checkDiskEveryMs: 20 },
    freeDiskShare: async () => disk.freeShare,
  });
  stops.push(stop);
  await untilReady(url);
  const publish = () => {
    const { topic, payload } = readMessage("store-1", freshEpc(LOAD_GTINS[0]), Date.now());
    return device.publishAsync(topic, payload, { qos: 1 });
  };
  await publish();

  disk.freeShare = 0.05;
  await untilAsync("it is not ready", async () => (await readiness(url)).status === 503);
  expect((await readiness(url)).text).toMatch(
    /5\.0 % of the disk is free, 10 % are needed; intake is paused/,
  );
  const held = { isAcknowledged: false };
  const sent = publish().then(() => {
    held.isAcknowledged = true;
  });
  await untilAsync("the sender is held", async () => (await metricOf(url, "onhand_intake_held_back")) === 1);
  // Only what is behind intake would have counted it.
  expect(await metricOf(url, "onhand_ingest_messages_total")).toBe(1);
  expect(held.isAcknowledged).toBe(false);

  disk.freeShare = 0.5;
  await sent;
  await untilReady(url);
  expect(await metricOf(url, "onhand_ingest_messages_total")).toBe(2);
});
