import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { z } from "zod";
import { type Api, createApi } from "../support/api.ts";
import { onHandByLedger, unitsLeft, untilLedgerOf, untilServerAgrees } from "../support/ledger-facts.ts";
import { createReliablePublisher, type ReliablePublisher } from "../support/reliable-publisher.ts";
import { metricOf, type SplitSystem, startSplitSystem, untilReady } from "../support/split-system.ts";
import { createStockLoad, freshEpc, insertLoadData, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const kills = isLong ? 50 : 5;
const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const locationIds = ["store-1", "store-2"];

describe(`kill -9 of ingest under load, ${kills} times (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("kill-ingest");
  let system: SplitSystem;
  let api: Api;
  let publisher: ReliablePublisher;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory, {
      ingestEnv: { INGEST_LEASE_SECONDS: "2" },
      prepare: (db) => insertLoadData(db, locationIds),
    });
    api = createApi(system);
    publisher = createReliablePublisher(() => ({ url: system.mosquitto.url, protocolVersion: 5 }));
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.stop();
  });

  it(
    "counts what the broker acknowledged, each unit once, and the server says the same",
    async () => {
      onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
      const load = createStockLoad({ locationIds, seed, send: publisher.send });
      const stopLoad = load.start(150);
      for (let kill = 0; kill < kills; kill += 1) {
        // Somewhere in the middle of its work, another time each time.
        const enough = 20 + ((seed + kill * 977) % 300);
        await untilAsync(
          `ingest acknowledged ${enough} messages`,
          async () => (await metricOf(system.ingest.url, "onhand_intake_acknowledged_total")) >= enough,
          60_000,
        );
        await system.ingest.kill("SIGKILL");
        await system.startIngest();
      }
      stopLoad();
      await publisher.drain();
      await untilReady(system.ingest.url);
      await untilLedgerOf(system.db, load);
      await untilServerAgrees(api, system.db, locationIds);
      const [reads] = await system.db.query({
        name: "test/reads",
        sql: "SELECT count() AS reads, uniqExact(epc) AS units FROM reads",
        row: z.object({ reads: z.coerce.number(), units: z.coerce.number() }),
      });
      // Every unit has its raw read.
      expect(reads?.units).toBe(load.units.size);
      console.log(
        `${kills} kills: ${load.messages} messages acknowledged, ${load.units.size} units came, ` +
          `${load.units.size - unitsLeft(load)} sold, ${unitsLeft(load)} on hand; ${reads?.reads} raw reads`,
      );
    },
    isLong ? 900_000 : 120_000,
  );

  it("reads that waited for their reader count when it was assigned while no ingest ran", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-8_000)));
    const before = await onHandByLedger(system.db);
    const { topic, payload } = readMessage("store-1", freshEpc(LOAD_GTINS[0]), Date.now());
    publisher.send({ topic: topic.replace("reader-1", "reader-2"), payload });
    const waiting = async () => {
      const [row] = await system.db.query({
        name: "test/waiting",
        sql: "SELECT sum(waiting) AS waiting FROM read_batches WHERE reader_id = 'reader-2'",
        row: z.object({ waiting: z.coerce.number() }),
      });
      return row?.waiting ?? 0;
    };
    await untilAsync("the read waits", async () => (await waiting()) === 1);
    await system.ingest.kill("SIGKILL");
    await api("PUT", "/v1/readers/store-1/reader-2", { antennas: { "1": "dock" } });
    await system.startIngest();
    await untilAsync("it counts", async () => (await onHandByLedger(system.db)) === before + 1);
  });
});
