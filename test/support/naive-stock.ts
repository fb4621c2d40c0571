import type { StockState } from "../../domain/stock-state.ts";
import { gtinOfHistoryEpc, type HistoryInput } from "./stock-histories.ts";

const WINDOW_MS = 2000;
const NEAR_MS = 30_000;

type Reading = { count: number; since: number; mean: number; rate: number; lastAtMs: number };

type NaiveItem = {
  epc: string;
  gtin: number;
  status: "none" | "present" | "sold";
  locationId: string;
  state: StockState;
  isClaimed: boolean;
  place: string;
  isEvidenced: boolean;
  reads: number;
  windows: number;
  windowAtMs: number;
  readings: Map<string, Reading>;
  placedByEventAtMs: number;
  readsAt: { locationId: string; atMs: number }[];
};

/**
 * The rules of stock told once more, with nothing in mind but to be plain: all inputs at once, in the order of their times, each
 * at a time of its own. What the stock book ends with must be the same.
 */
export class NaiveStock {
  readonly positions = new Map<string, number>();
  readonly #items = new Map<string, NaiveItem>();
  readonly #inputs: readonly HistoryInput[];

  constructor(inputs: readonly HistoryInput[]) {
    this.#inputs = inputs;
    for (const input of inputs) {
      if (input.kind === "read") this.#read(input);
      else if (input.kind === "till") this.#till(input);
      else this.#stock(input);
    }
  }

  #read({ atMs, read }: HistoryInput & { kind: "read" }): void {
    const item = this.#itemOf(read.identity);
    const place = `${read.locationId}/${read.zoneId}`;
    item.readsAt.push({ locationId: read.locationId, atMs });
    const placeBefore = item.isEvidenced ? (item.place.split("/")[0] ?? "") : "";
    this.#weighPlace(item, place, read.zoneKind, atMs, read.rssiDbm);
    if (!item.isEvidenced) return;
    const location = item.place.split("/")[0] ?? "";
    const since = item.readsAt.filter((r) => r.locationId === location && r.atMs > item.placedByEventAtMs);
    const isOutweighed = item.status === "present" && item.locationId !== location && since.length >= 2;
    if (location !== placeBefore || isOutweighed) this.#place(item, location);
  }

  #weighPlace(item: NaiveItem, place: string, kind: string, atMs: number, rssiDbm: number): void {
    const add = (at: string) => {
      const old = item.readings.get(at) ?? { count: 0, since: 0, mean: Number.NaN, rate: 0, lastAtMs: atMs };
      const count = old.count + 1;
      const rate = decayed(old, atMs) + 1;
      let mean = old.mean;
      if (!Number.isNaN(rssiDbm))
        mean = Number.isNaN(mean) ? rssiDbm : mean + (rssiDbm - mean) / Math.min(10, count);
      item.readings.set(at, { count, since: old.since + 1, mean, rate, lastAtMs: atMs });
    };
    const start = () => {
      item.readings.clear();
      item.place = place;
      add(place);
    };
    if (!item.isEvidenced && kind !== "pos") {
      item.reads++;
      if (atMs >= item.windowAtMs + WINDOW_MS) {
        item.windows++;
        item.windowAtMs = atMs;
      }
      if (kind === "dock" || (item.reads >= 2 && item.windows >= 2)) {
        item.isEvidenced = true;
        if (item.place === place) add(place);
        else start();
        return;
      }
    }
    if (item.place === "") return start();
    add(place);
    if (item.place === place) {
      for (const [other, reading] of item.readings) if (other !== place) reading.since = 0;
      return;
    }
    const here = item.readings.get(item.place);
    const there = item.readings.get(place);
    if (here === undefined || there === undefined || there.count < 2) return;
    const margin = Math.min(6, 10 - 0.008 * (atMs - here.lastAtMs));
    if (margin < 0 && there.since < 2) return;
    const difference = there.mean - here.mean;
    const stronger = Number.isNaN(difference)
      ? 20 * Math.log10(there.rate / decayed(here, atMs))
      : difference;
    if (stronger <= margin) return;
    item.place = place;
    for (const [other, reading] of item.readings) {
      if (other === place) continue;
      reading.count = 0;
      reading.since = 0;
    }
  }

  #place(item: NaiveItem, locationId: string): void {
    if (item.status === "sold") return;
    if (item.status === "present") return this.#transfer(item, locationId);
    const unidentified = this.#unidentified(locationId, item.gtin);
    item.isClaimed = unidentified > 0 || (unidentified < 0 && !item.place.endsWith("/dock"));
    if (!item.isClaimed) this.#add(locationId, item.gtin, "sellable", 1);
    Object.assign(item, { status: "present", locationId, state: "sellable" });
  }

  #transfer(item: NaiveItem, locationId: string): void {
    if (item.locationId === locationId) return;
    this.#add(item.locationId, item.gtin, item.state, -1);
    this.#add(locationId, item.gtin, item.state, 1);
    item.locationId = locationId;
    item.isClaimed = false;
  }

  #till({ atMs, locationId, event }: HistoryInput & { kind: "till" }): void {
    const line = event.lines?.[0];
    if (line === undefined) return;
    const epc = line.epc ?? "";
    const gtin = Number(line.gtin);
    const unnamed = line.quantity - (epc === "" ? 0 : 1);
    if (event.type === "return") {
      const state = line.restock === true ? "sellable" : "inspect";
      this.#add(locationId, gtin, state, unnamed);
      if (epc !== "") this.#return(this.#itemOf(epc), locationId, state, atMs);
      return;
    }
    if (epc !== "") {
      const item = this.#itemOf(epc);
      if (item.status === "present") this.#transfer(item, locationId);
      this.#add(locationId, gtin, item.status === "present" ? item.state : "sellable", -1);
      Object.assign(item, { status: "sold", locationId, isClaimed: false });
    }
    const taken = this.#readAtTill(locationId, gtin, atMs).slice(0, unnamed);
    for (const item of taken) {
      this.#add(locationId, gtin, item.state, -1);
      item.status = "sold";
    }
    this.#add(locationId, gtin, "sellable", taken.length - unnamed);
  }

  #readAtTill(locationId: string, gtin: number, atMs: number): NaiveItem[] {
    const distances = new Map<string, number>();
    for (const { kind, ...input } of this.#inputs) {
      const read = kind === "read" && "read" in input ? input.read : null;
      if (read === null || read.zoneKind !== "pos" || read.locationId !== locationId) continue;
      const distance = Math.abs(Math.floor(input.atMs / 1000) * 1000 - atMs);
      if (distance > NEAR_MS || read.gtin !== gtin) continue;
      distances.set(read.identity, Math.min(distance, distances.get(read.identity) ?? distance));
    }
    return [...distances]
      .sort(([a, near], [b, far]) => near - far || (a < b ? -1 : 1))
      .map(([epc]) => this.#itemOf(epc))
      .filter((item) => item.status === "present" && item.locationId === locationId);
  }

  #return(item: NaiveItem, locationId: string, state: StockState, atMs: number): void {
    if (item.status === "present") this.#add(item.locationId, item.gtin, item.state, -1);
    this.#add(locationId, item.gtin, state, 1);
    const isClaimed = item.status === "present" && item.locationId === locationId && item.isClaimed;
    Object.assign(item, { status: "present", locationId, state, isClaimed, placedByEventAtMs: atMs });
  }

  #stock({ atMs, locationId, event }: HistoryInput & { kind: "stock" }): void {
    if (event.type !== "receipt" && event.type !== "adjustment" && event.type !== "position") return;
    for (const line of event.lines) {
      const gtin = Number(line.gtin);
      if (event.type === "position") {
        const known = this.positions.get(`${locationId} ${gtin} ${line.state}`) ?? 0;
        this.#add(locationId, gtin, line.state, line.quantity - known);
        continue;
      }
      const epcs = line.epcs ?? [];
      // In one instant, what is named is told before what is not.
      for (const epc of epcs) this.#receive(this.#itemOf(epc), locationId, line.state, atMs);
      this.#add(locationId, gtin, line.state, line.quantity - epcs.length);
    }
  }

  #receive(item: NaiveItem, locationId: string, state: StockState, atMs: number): void {
    item.placedByEventAtMs = atMs;
    if (item.status === "sold") return this.#add(locationId, item.gtin, state, 1);
    if (item.status === "present" && item.locationId !== locationId) return this.#transfer(item, locationId);
    if (item.status === "present") {
      if (item.isClaimed) this.#add(locationId, item.gtin, item.state, 1);
      item.isClaimed = false;
      return;
    }
    this.#add(locationId, item.gtin, state, 1);
    Object.assign(item, { status: "present", locationId, state, isClaimed: false });
  }

  #unidentified(locationId: string, gtin: number): number {
    let units = 0;
    for (const [key, quantity] of this.positions) {
      if (key.startsWith(`${locationId} ${gtin} `)) units += quantity;
    }
    for (const item of this.#items.values()) {
      if (item.status === "present" && item.locationId === locationId && item.gtin === gtin) units--;
    }
    return units;
  }

  #add(locationId: string, gtin: number, state: StockState, quantity: number): void {
    const key = `${locationId} ${gtin} ${state}`;
    const sum = (this.positions.get(key) ?? 0) + quantity;
    if (sum === 0) this.positions.delete(key);
    else this.positions.set(key, sum);
  }

  #itemOf(epc: string): NaiveItem {
    let item = this.#items.get(epc);
    if (item === undefined) {
      item = {
        epc,
        gtin: gtinOfHistoryEpc(epc),
        status: "none",
        locationId: "",
        state: "sellable",
        isClaimed: false,
        place: "",
        isEvidenced: false,
        reads: 0,
        windows: 0,
        windowAtMs: -Infinity,
        readings: new Map(),
        placedByEventAtMs: -Infinity,
        readsAt: [],
      };
      this.#items.set(epc, item);
    }
    return item;
  }
}

function decayed(reading: Reading, atMs: number): number {
  return reading.rate * 2 ** (-(atMs - reading.lastAtMs) / WINDOW_MS);
}
