import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { createApi } from "../support/api.ts";
import { untilLedgerOf, untilServerAgrees } from "../support/ledger-facts.ts";
import { createReliablePublisher, type ReliablePublisher } from "../support/reliable-publisher.ts";
import {
  metricOf,
  readiness,
  type RunningIngest,
  type SplitSystem,
  startSplitSystem,
  untilReady,
} from "../support/split-system.ts";
import { createStockLoad, insertLoadData, type StockLoad } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);

describe(`a second ingest for the same locations (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("standby");
  const locationIds = ["store-1"];
  let system: SplitSystem;
  let publisher: ReliablePublisher;
  let load: StockLoad;
  let active: RunningIngest;
  let standby: RunningIngest;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory, {
      ingestEnv: { INGEST_LEASE_SECONDS: "3" },
      prepare: (db) => insertLoadData(db, locationIds),
    });
    publisher = createReliablePublisher(() => ({ url: system.mosquitto.url, protocolVersion: 5 }));
    load = createStockLoad({ locationIds, seed, send: publisher.send });
    active = system.ingest;
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.stop();
  });

  const takesIn = (ingest: RunningIngest, messages: number) =>
    untilAsync(
      `it acknowledged ${messages} messages`,
      async () => (await metricOf(ingest.url, "onhand_intake_acknowledged_total")) >= messages,
      60_000,
    );

  async function expectAllCounted() {
    await publisher.drain();
    await untilLedgerOf(system.db, load);
    await untilServerAgrees(createApi(system), system.db, locationIds);
  }

  it("waits, says so, and takes over when the first is killed", async () => {
    onTestFailed(() => console.log(active.log().slice(-4_000), standby?.log().slice(-4_000)));
    standby = await system.startIngest();
    const stopLoad = load.start(100);
    await takesIn(active, 100);
    const { status, text } = await readiness(standby.url);
    expect(status).toBe(503);
    expect(text).toMatch(/waits as standby/);
    await active.kill("SIGKILL");
    await untilReady(standby.url);
    active = standby;
    await takesIn(active, 50);
    stopLoad();
    await expectAllCounted();
  }, 90_000);

  it(
    "takes over from one that was paused; that one steps down when it wakes, and writes nothing",
    async () => {
      onTestFailed(() => console.log(active.log().slice(-4_000), standby.log().slice(-4_000)));
      const stopLoad = load.start(100);
      for (let round = 0; round < (isLong ? 15 : 2); round += 1) {
        standby = await system.startIngest();
        // Wherever it is in its work at that moment, another time each round.
        await takesIn(
          active,
          (await metricOf(active.url, "onhand_intake_acknowledged_total")) + 30 + round * 7,
        );
        active.child.kill("SIGSTOP");
        await untilReady(standby.url);
        await takesIn(standby, 30);
        const ended = once(active.child, "exit");
        active.child.kill("SIGCONT");
        const [code] = (await ended) as [number];
        expect(code).toBe(1);
        expect(active.log()).toMatch(/Another ingest took over the ledger/);
        active = standby;
        // The broker lets one of a name in: the old one may have thrown the new one out for a moment.
        await untilReady(active.url);
      }
      stopLoad();
      await expectAllCounted();
      console.log(`${load.messages} messages, ${load.units.size} units`);
    },
    isLong ? 600_000 : 120_000,
  );

  it("asked to stop under load, ingest acknowledges what it took, ends with 0, and the next begins at once", async () => {
    onTestFailed(() => console.log(active.log().slice(-4_000), standby.log().slice(-4_000)));
    const stopLoad = load.start(100);
    await takesIn(active, (await metricOf(active.url, "onhand_intake_acknowledged_total")) + 50);
    const askedAtMs = Date.now();
    await active.kill("SIGTERM");
    expect(Date.now() - askedAtMs).toBeLessThan(10_000);
    expect(active.child.exitCode).toBe(0);
    expect(active.log()).not.toMatch(/before all was durable/);
    active = await system.startIngest();
    await untilReady(active.url);
    // It did not wait for a lease that was given back.
    expect(active.log()).not.toMatch(/waits as standby/);
    stopLoad();
    await expectAllCounted();
  }, 90_000);
});
