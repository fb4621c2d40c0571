import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import { createRandom } from "../../simulators/random.ts";
import type { Database } from "../../sql/database.ts";
import { type Api, seedStore } from "./api.ts";
import type { Message } from "./reliable-publisher.ts";

/** A unit that a dock reader saw. Its message was acknowledged; so was its sale, when `isSold`. */
export type LoadedUnit = { epc: string; gtin: string; locationId: string; isSold: boolean };

export type StockLoad = {
  /** Sends so many messages and their repeats: mostly new units at the dock, some sales of units seen before, some of both twice. */
  send(count: number): void;
  /** Sends steadily until the returned function is called. */
  start(perSecond: number): () => void;
  /** Messages handed to the sender, repeats included. */
  readonly messages: number;
  /** What was acknowledged. */
  readonly units: ReadonlyMap<string, LoadedUnit>;
};

/** The products of the load; their company prefixes have 7 digits. */
export const LOAD_GTINS = ["80614141123458", "00614141999996"] as const;

/** Makes the stores and products of the load known; the products first, as reads of unknown ones stay out of stock. */
export async function seedLoad(api: Api, locationIds: readonly string[]): Promise<void> {
  for (const gtin of LOAD_GTINS) await api("PUT", `/v1/products/${gtin}`, { gtin, name: "Scarf" });
  for (const locationId of locationIds) await seedStore(api, { locationId, gtin: LOAD_GTINS[0] });
}

/** Likewise, where no server runs: antenna 1 of `reader-1` looks at the dock, 3 at the sales floor. */
export async function insertLoadData(db: Database, locationIds: readonly string[]): Promise<void> {
  const zones = ["dock", "sales_floor"].map((kind) => ({ zoneId: kind, name: kind, kind }));
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin"],
    rows: LOAD_GTINS.map((gtin) => [Number(gtin)]),
  });
  await db.insert({
    name: "test/locations",
    table: "locations",
    columns: ["location_id", "name", "time_zone", "currency", "kind", "zones"],
    rows: locationIds.map((locationId) => [
      locationId,
      locationId,
      "UTC",
      "EUR",
      "store",
      JSON.stringify(zones),
    ]),
  });
  await db.insert({
    name: "test/readers",
    table: "readers",
    columns: ["location_id", "reader_id", "antennas"],
    rows: locationIds.map((locationId) => [locationId, "reader-1", '{"1":"dock","3":"sales_floor"}']),
  });
}

let serials = 0;

/** An EPC that no other call has given. */
export function freshEpc(gtin: string): string {
  serials += 1;
  const epc = epcOfGtin({ gtin, prefixDigits: 7, serial: String(serials), filter: 1 });
  if (!epc.ok) throw new Error(epc.detail);
  return epc.value;
}

/** One tag read as an Impinj reader sends it. Antenna 1 of `seedStore`'s reader looks at the dock. */
export function readMessage(locationId: string, epcHex: string, atMs: number, antennaPort = 1): Message {
  const at = new Date(atMs).toISOString();
  return {
    topic: `onhand/${locationId}/rfid/reader-1`,
    payload: JSON.stringify({
      timestamp: at,
      hostname: "reader-1",
      eventType: "tagInventory",
      tagInventoryEvent: { epcHex, antennaPort, peakRssiCdbm: -4150, lastSeenTime: at },
    }),
  };
}

/** The sale of one tagged unit. */
export function saleMessage(unit: { locationId: string; gtin: string; epc: string }, atMs: number): Message {
  const { locationId, gtin, epc } = unit;
  return {
    topic: `onhand/${locationId}/pos/T01`,
    payload: JSON.stringify({
      schema: "pos-scan/1",
      eventId: `sale-${epc}`,
      type: "sale",
      locationId,
      terminalId: "T01",
      transactionId: `T01-${epc}`,
      occurredAt: new Date(atMs).toISOString(),
      lines: [{ lineNo: 1, type: "sale", gtin, epc, quantity: 1 }],
    }),
  };
}

/** Load whose truth is known: what was acknowledged, and nothing else, must be in the ledger, each unit once. */
export function createStockLoad(deps: {
  locationIds: readonly string[];
  seed: number;
  send(message: Message, onAcknowledged: () => void): void;
}): StockLoad {
  const random = createRandom(deps.seed, "stock-load");
  const units = new Map<string, LoadedUnit>();
  const sellable: LoadedUnit[] = [];
  let messages = 0;

  function send(message: Message, onAcknowledged: () => void): void {
    const times = random.chance(0.1) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      messages += 1;
      deps.send(message, time === 0 ? onAcknowledged : () => {});
    }
  }

  function sell(unit: LoadedUnit): void {
    send(saleMessage(unit, Date.now()), () => {
      unit.isSold = true;
    });
  }

  function arrive(): void {
    const locationId = random.pick(deps.locationIds) ?? "";
    const gtin = random.pick(LOAD_GTINS) ?? LOAD_GTINS[0];
    const epc = freshEpc(gtin);
    send(readMessage(locationId, epc, Date.now()), () => {
      const unit = { epc, gtin, locationId, isSold: false };
      units.set(epc, unit);
      sellable.push(unit);
    });
  }

  function sendSome(count: number): void {
    for (let sent = 0; sent < count; sent += 1) {
      const unit = random.chance(0.25) ? sellable.shift() : undefined;
      if (unit === undefined) arrive();
      else sell(unit);
    }
  }

  return {
    send: sendSome,
    start(perSecond) {
      const everyMs = 20;
      const timer = setInterval(() => sendSome(Math.ceil((perSecond * everyMs) / 1000)), everyMs);
      return () => clearInterval(timer);
    },
    get messages() {
      return messages;
    },
    units,
  };
}
