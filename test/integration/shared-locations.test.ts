import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { createOwnership, type Shard } from "../../domain/shard.ts";
import { createRandom } from "../../simulators/random.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { createApi } from "../support/api.ts";
import { startIngestInProcess } from "../support/ingest-in-process.ts";
import { expectSoundLedger, untilServerAgrees } from "../support/ledger-facts.ts";
import {
  createReliablePublisher,
  type Message,
  type ReliablePublisher,
} from "../support/reliable-publisher.ts";
import {
  readiness,
  type RunningIngest,
  type SplitSystem,
  startSplitSystem,
  untilReady,
} from "../support/split-system.ts";
import { freshEpc, insertLoadData, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const hopMs = 2 * 60_000;

/** Two locations of each half of all locations. */
function locationsOfBoth(): string[] {
  const names = Array.from({ length: 40 }, (_, i) => `store-${i + 1}`);
  return ([1, 2] as const).flatMap((index) => {
    const half: Shard = { kind: "share", index, of: 2 };
    return names.filter(createOwnership(half)).slice(0, 2);
  });
}

describe(`two ingests that share the locations (ONHAND_SEED=${seed})`, () => {
  const locationIds = locationsOfBoth();
  const random = createRandom(seed, "wander");
  const items = Array.from({ length: isLong ? 400 : 60 }, () => freshEpc(LOAD_GTINS[0]));
  const lastPlaces = new Map<string, string>();
  let system: SplitSystem;
  let publisher: ReliablePublisher;
  let first: RunningIngest;
  let second: RunningIngest;
  let standby: RunningIngest;

  beforeAll(async () => {
    const ingestEnv = { INGEST_LEASE_SECONDS: "3", INGEST_SHARD: "1/2" };
    system = await startSplitSystem(migratedDirectory("shared-locations"), {
      ingestEnv,
      prepare: (db) => insertLoadData(db, locationIds),
    });
    first = system.ingest;
    second = await system.startIngest({ INGEST_SHARD: "2/2" });
    await untilReady(second.url);
    publisher = createReliablePublisher(() => ({ url: system.mosquitto.url, protocolVersion: 5 }));
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.stop();
  });

  /**
   * Every item wanders from one location to the next, minutes apart by the readers' clocks, and is read three times at each, for longer
   * where it stays: after a restart a place must be silent for a while before another wins.
   */
  function wander(hops: number): Message[] {
    const beginMs = Date.now() - hops * hopMs - 120_000;
    const messages: { atMs: number; message: Message }[] = [];
    for (const epc of items) {
      for (let hop = 0; hop < hops; hop += 1) {
        const locationId = locationIds[random.int(locationIds.length)] ?? "";
        const atMs = beginMs + hop * hopMs + random.int(30_000);
        const stays = hop === hops - 1 ? [15_000, 30_000, 45_000, 60_000] : [];
        for (const laterMs of [0, 3_000, 6_000, ...stays]) {
          messages.push({ atMs: atMs + laterMs, message: readMessage(locationId, epc, atMs + laterMs, 3) });
        }
        lastPlaces.set(identityOfEpc(epc), locationId);
      }
    }
    return messages.sort((a, b) => a.atMs - b.atMs).map(({ message }) => message);
  }

  async function placesByLedger(db: Database): Promise<Map<string, string>> {
    const rows = await db.query({
      name: "test/places",
      sql: "SELECT epc, location_id FROM items WHERE status = 'present'",
      row: z.object({ epc: z.string(), location_id: z.string() }),
    });
    return new Map(rows.map((row) => [row.epc, row.location_id]));
  }

  async function positionsByLedger(db: Database): Promise<Record<string, number>> {
    const rows = await db.query({
      name: "test/positions",
      sql: "SELECT location_id, sum(quantity) AS units FROM positions GROUP BY location_id ORDER BY location_id",
      row: z.object({ location_id: z.string(), units: z.coerce.number() }),
    });
    return Object.fromEntries(
      rows.filter((row) => row.units !== 0).map((row) => [row.location_id, row.units]),
    );
  }

  function unitsOf(places: ReadonlyMap<string, string>): Record<string, number> {
    const units: Record<string, number> = {};
    for (const locationId of [...places.values()].sort()) units[locationId] = (units[locationId] ?? 0) + 1;
    return units;
  }

  it("end where one ingest ends, with items wandering between them and each killed once", async () => {
    onTestFailed(() => console.log(first.log().slice(-3_000), second.log().slice(-3_000)));
    standby = await system.startIngest({ INGEST_SHARD: "2/2" });
    expect((await readiness(standby.url)).text).toMatch(/waits as standby: another ingest/);
    const messages = wander(isLong ? 30 : 8);
    for (const [index, { topic, payload }] of messages.entries()) {
      publisher.send({ topic, payload }, () => {});
      if (index === Math.floor(messages.length / 3)) {
        await publisher.drain();
        await first.kill("SIGKILL");
        first = await system.startIngest({ INGEST_SHARD: "1/2" });
      }
      if (index === Math.floor((messages.length * 2) / 3)) {
        await second.kill("SIGKILL");
        second = standby;
      }
    }
    await publisher.drain();
    await Promise.all([untilReady(first.url), untilReady(second.url)]);
    await untilAsync(
      "every item is where it was read last, and nowhere else",
      async () =>
        JSON.stringify(await positionsByLedger(system.db)) === JSON.stringify(unitsOf(lastPlaces)) &&
        (await placesByLedger(system.db)).size === lastPlaces.size,
      60_000,
    ).catch(() => {});
    expect(await placesByLedger(system.db)).toEqual(lastPlaces);
    expect(await positionsByLedger(system.db)).toEqual(unitsOf(lastPlaces));
    await expectSoundLedger(system.db);
    await untilServerAgrees(createApi(system), system.db, locationIds);
    expect(await placesOfOneIngest(messages)).toEqual(lastPlaces);
  }, 180_000);

  it("write only what is their own", async () => {
    const own = createOwnership({ kind: "share", index: 1, of: 2 });
    const rows = await system.db.query({
      name: "test/foreign-lines",
      sql: "SELECT DISTINCT location_id, line FROM events ARRAY JOIN movements.location_id AS line",
      row: z.object({ location_id: z.string(), line: z.string() }),
    });
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter((row) => own(row.location_id) !== own(row.line))).toEqual([]);
  });

  it("an ingest whose locations overlap waits, and says for which lease", async () => {
    const whole = await system.startIngest({ INGEST_SHARD: locationIds[0] ?? "" });
    await untilAsync("it says why it waits", async () =>
      (await readiness(whole.url)).text.includes("for some of the same locations"),
    );
    await whole.kill("SIGTERM");
    expect(whole.child.exitCode).toBe(0);
  });

  /** The same messages through one ingest on a database of its own. */
  async function placesOfOneIngest(messages: readonly Message[]): Promise<Map<string, string>> {
    const db = await openDatabase({ dataDirectory: migratedDirectory("one-ingest") });
    await insertLoadData(db, locationIds);
    const one = await startIngestInProcess({ db });
    await Promise.all(
      messages.map(({ topic, payload }) => one.device.publishAsync(topic, payload, { qos: 1 })),
    );
    await one.stop();
    const places = await placesByLedger(db);
    expect(await positionsByLedger(db)).toEqual(unitsOf(places));
    await db.close();
    return places;
  }
});
