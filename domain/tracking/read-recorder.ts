import type { LedgerEvent, LedgerEventType } from "../ledger/ledger-event.ts";
import { addArrivals, type BookParts, returnToReads } from "./book-parts.ts";
import { FACT_SALE_BY_GTIN } from "./fact-log.ts";
import { isGone } from "./item-going.ts";
import { isOnHand, STATUS_NONE, STATUS_PRESENT, STATUS_SOLD } from "./item-table.ts";
import { NO_PLACE } from "./place-table.ts";
import type { NearRule, PlacedRead } from "./placed-read.ts";
import type { StockChange, StockRewrite } from "./stock-change.ts";

/** Reads at tills are remembered to the second: a sale this much further off may still be near one. */
const TILL_PRECISION_MS = 1000;

/** Turns reads into events of the ledger. Nearly all of them change nothing, and cost a look-up. */
export class ReadRecorder {
  reads = 0;
  tooOld = 0;
  unknownProduct = 0;
  stray = 0;
  wasStray = false;
  readonly #parts: BookParts;
  readonly #isKnownProduct: (gtin: number) => boolean;

  constructor(parts: BookParts, isKnownProduct: (gtin: number) => boolean) {
    this.#parts = parts;
    this.#isKnownProduct = isKnownProduct;
  }

  apply(read: PlacedRead): LedgerEvent | null {
    this.reads++;
    const { items, places } = this.#parts;
    const atMs = read.observedAtMs;
    let row = items.identities.find(read.identity);
    if (row === -1) {
      if (!this.#isProductTracked(read.locationId, read.identity, read.gtin)) {
        this.unknownProduct++;
        return null;
      }
      row = items.add(read.identity, read.gtin, atMs);
      if (read.near !== null) items.noteUnseen(row);
      this.#forgetCandidates();
    }
    const place = places.indexOf(read.locationId, read.zoneId, read.zoneKind);
    this.#parts.looks.flow.heard(places.locationAt(place), atMs);
    this.wasStray = false;
    return read.near === null ? this.#take(read, row, place) : this.#takeNear(read, row, place, read.near);
  }

  /** A read at a read point that tells near from stray. It may bring back others that were taken for stray. */
  #takeNear(read: PlacedRead, row: number, place: number, rule: NearRule): LedgerEvent | null {
    const { near } = this.#parts;
    const taken = near.note(row, place, { atMs: read.observedAtMs, rssiDbm: read.rssiDbm }, rule);
    this.wasStray = !taken.some(({ atMs }) => atMs === read.observedAtMs);
    if (this.wasStray) this.stray++;
    let event: LedgerEvent | null = null;
    for (const { atMs, rssiDbm } of taken) {
      const next = this.#take({ ...read, observedAtMs: atMs, rssiDbm }, row, place);
      event = event === null || next === null ? (event ?? next) : bothOf(event, next);
    }
    return event;
  }

  #take(read: PlacedRead, row: number, place: number): LedgerEvent | null {
    const { exits, items, places, tracker } = this.#parts;
    const atMs = read.observedAtMs;
    if (read.zoneKind === "exit") exits.note(places.locationAt(place), row);
    const placeBefore = items.place[row] ?? 0;
    const outcome = tracker.note(row, place, atMs, read.rssiDbm);
    if (outcome === "too_old") {
      this.tooOld++;
      return null;
    }
    if (outcome === "repeat") return null;
    items.noteSeen(row, atMs);
    const isAtTill = read.zoneKind === "pos";
    if (outcome === "same" && !isAtTill) {
      if (this.#isQuiet(row, place, atMs)) return null;
      if (items.status[row] === STATUS_SOLD) return this.#writeSold(read, row, place);
    }
    const change = this.#change(row, place, atMs, outcome === "changed", isAtTill);
    if (places.isExit(items.place[row] ?? NO_PLACE)) exits.note(items.location[row] ?? 0, row);
    this.#noteSeen(row, place, atMs);
    const isMoved = outcome === "changed" && items.place[row] !== placeBefore;
    return this.#write(read, row, change, isMoved);
  }

  mayTrack(locationId: string, identity: string, gtin: number): boolean {
    const isItem = this.#parts.items.identities.find(identity) !== -1;
    return isItem || this.#isProductTracked(locationId, identity, gtin);
  }

  #isProductTracked(locationId: string, identity: string, gtin: number): boolean {
    const isProduct = gtin > 0 && identity !== "";
    return isProduct && (!this.#isProductNeeded(locationId) || this.#isKnownProduct(gtin));
  }

  #isProductNeeded(locationId: string): boolean {
    const { positions, settings } = this.#parts;
    return settings.at(positions.locationIndex(locationId)).requireKnownProduct;
  }

  /** Whether a read at the item's own place can change nothing. Notes that it was seen. */
  #isQuiet(row: number, place: number, atMs: number): boolean {
    const { items, revivals } = this.#parts;
    const status = items.status[row] ?? STATUS_NONE;
    if (status === STATUS_PRESENT) return this.#noteSeen(row, place, atMs) && !revivals.isEarlier(row, atMs);
    return status !== STATUS_SOLD && !isGone(status);
  }

  /** False when it is believed to be on hand somewhere else. */
  #noteSeen(row: number, place: number, atMs: number): boolean {
    const { items, places, positions } = this.#parts;
    const location = items.location[row] ?? 0;
    if (!isOnHand(items.status[row] ?? STATUS_NONE)) return true;
    if (places.locationAt(place) !== location) return false;
    const position = positions.findRow(location, items.gtin[row] ?? 0);
    if (position !== -1) positions.setSeenAt(position, atMs);
    return true;
  }

  #change(row: number, place: number, atMs: number, isChanged: boolean, isAtTill: boolean): StockChange {
    const { fold, items, places, positions, revivals, tills } = this.#parts;
    const gtin = items.gtin[row] ?? 0;
    const rewrite: StockRewrite = { gtin, withdrawn: [], added: [], again: -1 };
    if (isChanged) addArrivals(this.#parts, row, rewrite);
    revivals.settle(row, { atMs, place }, rewrite);
    if (isAtTill) {
      const location = places.locationAt(place);
      const position = positions.ensureRow(location, gtin);
      if (tills.note(position, row, atMs)) rewrite.again = this.#saleNear(gtin, location, atMs);
    }
    const isNothing = rewrite.added.length === 0 && rewrite.withdrawn.length === 0 && rewrite.again === -1;
    const change: StockChange = isNothing ? { lines: [], items: new Set() } : fold.rewrite(rewrite);
    const back = returnToReads(this.#parts, row);
    if (back === null) return change;
    const more = fold.rewrite({ gtin, withdrawn: [], added: [back], again: -1 });
    return { lines: [...change.lines, ...more.lines], items: new Set([...change.items, ...more.items]) };
  }

  /** The first sale by GTIN that this item's read at the till may belong to. */
  #saleNear(gtin: number, location: number, atMs: number): number {
    const { log, settings } = this.#parts;
    const reachMs = settings.at(location).tillNearMs + TILL_PRECISION_MS;
    let found = -1;
    let fact = log.newestOf(gtin);
    while (fact !== -1 && (log.at[fact] ?? 0) >= atMs - reachMs) {
      const isSale = log.kind[fact] === FACT_SALE_BY_GTIN && log.location[fact] === location;
      if (isSale && (log.at[fact] ?? 0) <= atMs + reachMs) found = fact;
      fact = log.older[fact] ?? -1;
    }
    return found;
  }

  #write(read: PlacedRead, row: number, change: StockChange, isMoved: boolean): LedgerEvent | null {
    const { items, places, writer } = this.#parts;
    const isNew = change.items.has(row);
    const isMovedOnHand = isMoved && isOnHand(items.status[row] ?? STATUS_NONE);
    if (change.lines.length === 0 && change.items.size === 0 && !isMovedOnHand) return null;
    if (isMovedOnHand) change.items.add(row);
    const lines = withoutDetours(change);
    const isOut = isMovedOnHand && places.isExit(items.place[row] ?? NO_PLACE);
    const eventType = isOut && lines.lines.length === 0 && !isNew ? "item_exiting" : typeOf(lines, isNew);
    const place = `${read.locationId}/${read.zoneId}`;
    const header = {
      locationId: read.locationId,
      eventId: `${eventType}:${read.identity}:${place}:${read.observedAtMs}`,
      eventType,
      source: "",
      body: "",
      occurredAtMs: read.observedAtMs,
    };
    return writer.write(header, lines);
  }

  /** A sold item that should be gone by now: people are told once that it is still here. */
  #writeSold(read: PlacedRead, row: number, place: number): LedgerEvent | null {
    const { soldSightings, writer } = this.#parts;
    if (!soldSightings.note(row, place, read.observedAtMs)) return null;
    const { identity, locationId, observedAtMs, zoneId } = read;
    const eventId = `sold_seen:${identity}:${locationId}/${zoneId}:${observedAtMs}`;
    const header = { locationId, eventId, source: "", body: "", occurredAtMs: observedAtMs };
    return writer.write({ ...header, eventType: "item_seen" }, { lines: [], items: new Set([row]) });
  }

  /** Keeps tags without evidence within their bound: the tenth that was not seen for longest goes. */
  #forgetCandidates(): void {
    const { items, limits, near, tracker } = this.#parts;
    if (items.candidateCount <= limits.maxCandidates) return;
    const candidates: number[] = [];
    for (let row = 0; row < items.identities.rowCount; row++) {
      const isCandidate = items.status[row] === STATUS_NONE && items.isEvidenced[row] === 0;
      if (isCandidate && items.identities.isInUse(row)) candidates.push(row);
    }
    candidates.sort((a, b) => (items.lastSeenAt[a] ?? 0) - (items.lastSeenAt[b] ?? 0));
    // The newest row is the one that is being read.
    const forgotten = candidates.slice(0, Math.ceil(candidates.length / 10));
    near.forget(new Set(forgotten));
    for (const row of forgotten) {
      tracker.forget(row);
      items.remove(row);
    }
  }
}

/** A late read may take back what an earlier one wrote and write it again: only the difference is a movement. */
export function withoutDetours(change: StockChange): StockChange {
  const left = new Map<string, number>();
  const cellOf = (line: { row: number; state: number }) => `${line.row}/${line.state}`;
  for (const line of change.lines) {
    if (line.reason !== "reversed") continue;
    left.set(cellOf(line), (left.get(cellOf(line)) ?? 0) + line.quantity);
  }
  if (left.size === 0) return change;
  const lines = change.lines.map((line) => ({ ...line }));
  for (const line of lines) {
    const reversed = left.get(cellOf(line)) ?? 0;
    if (line.reason === "reversed" || Math.sign(reversed) !== -Math.sign(line.quantity)) continue;
    const common = Math.sign(line.quantity) * Math.min(Math.abs(line.quantity), Math.abs(reversed));
    line.quantity -= common;
    left.set(cellOf(line), reversed + common);
  }
  for (const line of lines) {
    if (line.reason !== "reversed") continue;
    // A cell may have been reversed twice: one line tells of both.
    line.quantity = left.get(cellOf(line)) ?? 0;
    left.set(cellOf(line), 0);
  }
  return { lines: lines.filter((line) => line.quantity !== 0), items: change.items };
}

function typeOf(change: StockChange, isItemChanged: boolean): LedgerEventType {
  const units = change.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  // Found and read elsewhere in one instant is a unit more: it was seen.
  if (units === 0 && change.lines.some(({ reason }) => reason === "transferred_in"))
    return "item_transferred";
  return change.lines.length > 0 || isItemChanged ? "item_seen" : "item_moved";
}

/** Two events of one message as one. What is believed of an item after them is what the later says. */
function bothOf(first: LedgerEvent, second: LedgerEvent): LedgerEvent {
  const told = new Set(second.items.map((item) => item.epc));
  const items = [...first.items.filter((item) => !told.has(item.epc)), ...second.items];
  return { ...first, movements: [...first.movements, ...second.movements], items };
}
