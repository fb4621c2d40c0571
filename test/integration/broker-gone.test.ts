import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { type Api, createApi } from "../support/api.ts";
import { unitsLeft, untilLedgerOf, untilServerAgrees } from "../support/ledger-facts.ts";
import { createReliablePublisher, type ReliablePublisher } from "../support/reliable-publisher.ts";
import {
  metricOf,
  readiness,
  type SplitSystem,
  startSplitSystem,
  untilReady,
} from "../support/split-system.ts";
import { createStockLoad, insertLoadData, LOAD_GTINS } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { until, untilAsync } from "../support/until.ts";

const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);

describe(`the broker goes away under load (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("broker-gone");
  const locationIds = ["store-1"];
  let system: SplitSystem;
  let api: Api;
  let publisher: ReliablePublisher;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory, {
      prepare: (db) => insertLoadData(db, locationIds),
    });
    api = createApi(system);
    publisher = createReliablePublisher(() => ({ url: system.mosquitto.url, protocolVersion: 5 }));
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.stop();
  });

  it("both say so, the server answers on, ingest connects again, and nothing is lost or counted twice", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
    const load = createStockLoad({ locationIds, seed, send: publisher.send });
    const stopLoad = load.start(150);
    for (let outage = 0; outage < 2; outage += 1) {
      const enough = publisher.acknowledged + 200;
      await until(`${enough} messages are acknowledged`, () => publisher.acknowledged >= enough);
      await system.mosquitto.stop();
      await untilAsync("ingest says so", async () =>
        /"broker","ok":false/.test((await readiness(system.ingestUrl)).text),
      );
      expect((await readiness(system.ingestUrl)).status).toBe(503);
      await untilAsync("the server says so", async () =>
        /MQTT broker is not connected/.test((await readiness(system.url)).text),
      );
      expect((await readiness(system.url)).status).toBe(503);
      const answer = await api<AvailabilityAnswer>(
        "GET",
        `/v1/availability?gtin=${LOAD_GTINS[0]}&location=store-1`,
      );
      expect(answer.items).toHaveLength(1);
      expect((await fetch(`${system.url}/livez`)).status).toBe(200);
      const reconnects = await metricOf(system.ingestUrl, "onhand_intake_reconnects_total");
      await untilAsync(
        "it tried to connect again",
        async () => (await metricOf(system.ingestUrl, "onhand_intake_reconnects_total")) > reconnects,
      );
      await system.mosquitto.start();
      await untilReady(system.ingestUrl);
      await untilReady(system.url);
    }
    stopLoad();
    await publisher.drain();
    await untilLedgerOf(system.db, load);
    await untilServerAgrees(api, system.db, locationIds);
    console.log(`2 outages: ${load.messages} messages, ${load.units.size} units, ${unitsLeft(load)} on hand`);
  }, 120_000);
});
