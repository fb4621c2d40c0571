import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { createApi } from "../support/api.ts";
import { type InsertCutter, startInsertCutter } from "../support/insert-cutter.ts";
import { untilLedgerOf, untilServerAgrees } from "../support/ledger-facts.ts";
import { createReliablePublisher, type ReliablePublisher } from "../support/reliable-publisher.ts";
import {
  metricOf,
  readiness,
  type SplitSystem,
  startSplitSystem,
  untilReady,
} from "../support/split-system.ts";
import { createStockLoad, insertLoadData, type StockLoad } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { until, untilAsync } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const outages = isLong ? 30 : 3;
const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const maxInFlight = 100;

describe(`ClickHouse goes away under load (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("database-gone");
  const locationIds = ["store-1"];
  let system: SplitSystem;
  let cutter: InsertCutter;
  let publisher: ReliablePublisher;
  let load: StockLoad;

  beforeAll(async () => {
    let clickHouseUrl = "";
    cutter = await startInsertCutter(() => clickHouseUrl);
    system = await startSplitSystem(dataDirectory, {
      prepare: (db) => insertLoadData(db, locationIds),
      ingestEnv: { INGEST_LEASE_SECONDS: "4", INGEST_MAX_IN_FLIGHT: String(maxInFlight) },
      clickHouseUrlOfIngest(url) {
        clickHouseUrl = url;
        return cutter.url;
      },
    });
    publisher = createReliablePublisher(() => ({ url: system.mosquitto.url, protocolVersion: 5 }));
    load = createStockLoad({ locationIds, seed, send: publisher.send });
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.stop();
    await cutter?.stop();
  });

  /** Everything that the broker took is in the ledger, once, and the server says so. */
  async function expectAllCounted() {
    await publisher.drain();
    await untilLedgerOf(system.db, load);
    await untilServerAgrees(createApi(system), system.db, locationIds);
  }

  it("an insert whose answer was lost counts once, one that never arrived counts", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
    // Every second one is let through, so that each kind of loss is followed by the retry that mends it.
    cutter.cut((insert) => (insert % 4 === 0 ? "after" : insert % 4 === 2 ? "before" : "pass"));
    const stopLoad = load.start(150);
    await until("enough answers were cut", () => cutter.cuts.after >= 5 && cutter.cuts.before >= 5, 60_000);
    stopLoad();
    cutter.cut(() => "pass");
    await expectAllCounted();
    console.log(`cut: ${JSON.stringify(cutter.cuts)}; ${load.messages} messages, ${load.units.size} units`);
  });

  it(
    "killed and back, intake pauses within its bound, says why, and goes on by itself",
    async () => {
      onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
      const stopLoad = load.start(150);
      for (let outage = 0; outage < outages; outage += 1) {
        const acknowledged = await metricOf(system.ingestUrl, "onhand_intake_acknowledged_total");
        await untilAsync(
          "it works",
          async () =>
            (await metricOf(system.ingestUrl, "onhand_intake_acknowledged_total")) > acknowledged + 50,
          60_000,
        );
        await system.clickHouse.kill();
        await untilAsync(
          "intake holds its bound",
          async () => (await metricOf(system.ingestUrl, "onhand_intake_in_flight_messages")) === maxInFlight,
        );
        // On a busy machine as much may be in flight while all is well.
        await untilAsync("ingest says why", async () =>
          (await readiness(system.ingestUrl)).text.includes("ClickHouse cannot be reached"),
        );
        expect((await readiness(system.ingestUrl)).status).toBe(503);
        await untilAsync("the server says why", async () =>
          (await readiness(system.url)).text.includes("ClickHouse"),
        );
        const waiting = publisher.acknowledged;
        await until("more waits at the broker", () => publisher.acknowledged > waiting + 100);
        expect(await metricOf(system.ingestUrl, "onhand_intake_in_flight_messages")).toBe(maxInFlight);
        await system.clickHouse.start();
        await untilReady(system.ingestUrl);
      }
      stopLoad();
      await expectAllCounted();
      expect(await metricOf(system.ingestUrl, "onhand_intake_failed_total")).toBe(0);
      console.log(`${outages} outages: ${load.messages} messages, ${load.units.size} units in all`);
    },
    isLong ? 900_000 : 120_000,
  );

  it("while it hangs, ingest is not ready, and what hung is counted once", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
    const stopLoad = load.start(150);
    const acknowledged = await metricOf(system.ingestUrl, "onhand_intake_acknowledged_total");
    await untilAsync(
      "it works",
      async () => (await metricOf(system.ingestUrl, "onhand_intake_acknowledged_total")) > acknowledged + 50,
    );
    system.clickHouse.pause();
    await untilAsync("ingest says so", async () =>
      /lease was last confirmed \d+ s ago: ClickHouse does not answer/.test(
        (await readiness(system.ingestUrl)).text,
      ),
    );
    expect((await readiness(system.ingestUrl)).status).toBe(503);
    system.clickHouse.resume();
    await untilReady(system.ingestUrl);
    stopLoad();
    await expectAllCounted();
  });

  it("asked to stop while ClickHouse is away, ingest ends within its deadline; what it held is counted later", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
    const stopLoad = load.start(150);
    await system.clickHouse.kill();
    await untilAsync(
      "messages are in flight",
      async () => (await metricOf(system.ingestUrl, "onhand_intake_in_flight_messages")) === maxInFlight,
    );
    const askedAtMs = Date.now();
    await system.ingest.kill("SIGTERM");
    expect(Date.now() - askedAtMs).toBeLessThan(20_000);
    await system.clickHouse.start();
    await system.startIngest();
    stopLoad();
    await expectAllCounted();
  });

  it.runIf(isLong)(
    "asked to stop while ClickHouse hangs, ingest ends all the same",
    async () => {
      onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
      const stopLoad = load.start(150);
      system.clickHouse.pause();
      await untilAsync(
        "messages are in flight",
        async () => (await metricOf(system.ingest.url, "onhand_intake_in_flight_messages")) === maxInFlight,
      );
      const askedAtMs = Date.now();
      await system.ingest.kill("SIGTERM");
      expect(Date.now() - askedAtMs).toBeLessThan(30_000);
      system.clickHouse.resume();
      await system.startIngest();
      stopLoad();
      await expectAllCounted();
    },
    120_000,
  );
});
