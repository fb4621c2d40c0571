import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../simulators/random.ts";
import { type Api, createApi } from "../support/api.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import {
  createReliablePublisher,
  type Message,
  type ReliablePublisher,
} from "../support/reliable-publisher.ts";
import { untilReady } from "../support/split-system.ts";
import { freshEpc, LOAD_GTINS, readMessage, saleMessage, seedLoad } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const orders = 8;
const units = 24;
type Positions = { items: { gtin: string; onHand: number; sellable: number }[] };

/** What happened in a store, whose messages may come in any order: antennas 1 dock, 2 back room, 3 sales floor, 6 exit. */
function storyOf(locationId: string, startMs: number): Message[] {
  const messages: Message[] = [];
  for (let index = 0; index < units; index += 1) {
    const gtin = LOAD_GTINS[index % LOAD_GTINS.length] ?? LOAD_GTINS[0];
    const unit = { locationId, gtin, epc: freshEpc(gtin) };
    // Within the reorder window of the tracker, which is 10 s.
    const read = (seconds: number, antenna: number) =>
      messages.push(readMessage(locationId, unit.epc, startMs + seconds * 1000 + index * 10, antenna));
    read(0, 1);
    if (index % 2 === 0) read(2, 3);
    if (index % 3 === 0) messages.push(saleMessage(unit, startMs + 4_000 + index * 10));
    if (index % 6 === 0) read(5, 6);
    if (index % 12 === 0) {
      messages.push({
        topic: `onhand/${locationId}/pos/T01`,
        payload: JSON.stringify({
          schema: "pos-scan/1",
          eventId: `return-${unit.epc}`,
          type: "return",
          locationId,
          terminalId: "T01",
          transactionId: `R-${unit.epc}`,
          occurredAt: new Date(startMs + 6_000 + index * 10).toISOString(),
          lines: [{ lineNo: 1, type: "return", gtin, epc: unit.epc, quantity: 1, restock: true }],
        }),
      });
    }
  }
  return messages;
}

describe(`the same reads and sales in ${orders} orders (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("any-order");
  let system: StartedSystem;
  let api: Api;
  let publisher: ReliablePublisher;

  beforeAll(async () => {
    system = await startSystem(dataDirectory);
    api = createApi(system);
    publisher = createReliablePublisher(() => ({
      url: `mqtt://127.0.0.1:${system.mqttPort}`,
      protocolVersion: 4,
      ...system.internal,
    }));
  });
  afterAll(async () => {
    await publisher?.stop();
    await system?.kill("SIGKILL");
  });

  it("end in the same positions, through the whole system, with repeats", async () => {
    const random = createRandom(seed, "any-order");
    const shuffled = <T>(list: readonly T[]): T[] =>
      list
        .map((item) => ({ item, key: random.next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
    const locationIds = Array.from({ length: orders }, (_, index) => `store-${index + 1}`);
    await seedLoad(api, locationIds);
    await untilReady(system.url);
    const startMs = Date.now() - 60_000;
    for (const [index, locationId] of locationIds.entries()) {
      const told = storyOf(locationId, startMs);
      const repeats = told.filter(() => random.chance(0.3));
      const sent = index === 0 ? [...told, ...repeats] : shuffled([...told, ...repeats]);
      for (const message of sent) publisher.send(message);
    }
    await publisher.drain();
    const positionsOf = async (locationId: string) => {
      const answer = await api<Positions>("POST", "/v1/availability/query", {
        gtins: LOAD_GTINS,
        locations: [locationId],
      });
      return answer.items.map(({ gtin, onHand, sellable }) => ({ gtin, onHand, sellable }));
    };
    // Of each product 12 came and 4 were sold; of the first 2 came back.
    const positions = [
      { gtin: LOAD_GTINS[0], onHand: 10, sellable: 10 },
      { gtin: LOAD_GTINS[1], onHand: 8, sellable: 8 },
    ];
    const story = Object.fromEntries(locationIds.map((locationId) => [locationId, positions]));
    let answered: unknown;
    const hasEnded = async () => {
      answered = Object.fromEntries(
        await Promise.all(locationIds.map(async (locationId) => [locationId, await positionsOf(locationId)])),
      );
      return isDeepStrictEqual(answered, story);
    };
    // The expectation says what differs, if anything does.
    await untilAsync("every store has the positions of the story", hasEnded).catch(() => {});
    expect(answered).toEqual(story);
  });
});
