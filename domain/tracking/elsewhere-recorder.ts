import type { ItemState, LedgerEvent } from "../ledger/ledger-event.ts";
import { STOCK_STATES } from "../stock-state.ts";
import type { BookParts } from "./book-parts.ts";
import { FACT_ELSEWHERE } from "./fact-log.ts";
import { isOnHand, STATUS_NONE, statusCode } from "./item-table.ts";
import { withoutDetours } from "./read-recorder.ts";
import { textHash } from "./text-hash.ts";

/**
 * Two ingests that read one tag at the same time would take it from each other for ever: within this time of each other's
 * reads the location that comes first by its id keeps it, and the other lets it be for as long.
 */
const CONTEST_MS = 60_000;
const MAX_TOLD = 100_000;

/** Takes in what other ingests, which serve other locations, have written of items. */
export class ElsewhereRecorder {
  readonly #parts: BookParts;
  /** By item: the sight that others were told of last. */
  readonly #toldAtMs = new Map<number, number>();

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  /**
   * An item as another ingest left it at `atMs`. If it was on hand here and they saw it later, it has gone there: our line is
   * the answer. If we saw it later, the answer is an event without lines that tells them so. Null when there is nothing to say.
   * `isRepeat`: it may have been taken in before a restart, so whatever we saw later came after it.
   */
  note(item: ItemState, atMs: number, isRepeat: boolean): LedgerEvent | null {
    const { items, positions, tracker } = this.#parts;
    const location = positions.locationIndex(item.locationId);
    // They gave it up to us: what is here is ours to know.
    if (this.#parts.ownsLocation(location)) return null;
    const found = items.identities.find(item.epc);
    const row = found === -1 ? items.add(item.epc, item.gtin, item.firstSeenAtMs) : found;
    const here = items.location[row] ?? 0;
    const isHere = isOnHand(items.status[row] ?? STATUS_NONE) && this.#parts.ownsLocation(here);
    const seenHereAtMs = isHere ? tracker.newestAt(row) : -Infinity;
    const isOnHandThere = isOnHand(statusCode(item.status));
    const isContested = isOnHandThere && seenHereAtMs > atMs;
    if (isContested && (isRepeat || this.#placedHereAtMs(row) > atMs)) return null;
    if (isContested && this.#isOurs(item.locationId, here, seenHereAtMs - atMs))
      return this.#tell(row, seenHereAtMs, `${item.locationId}:${atMs}`);
    if (this.#isKnown(row, item, location, atMs)) return null;
    const event =
      isHere || this.#hasFacts(row) ? this.#fold(row, item, location, atMs) : this.#set(row, item, location);
    const isLetBe = seenHereAtMs > atMs - CONTEST_MS && !this.#comesFirst(here, item.locationId);
    this.#place(row, item, isLetBe ? atMs + CONTEST_MS : atMs);
    return event;
  }

  /** An item of another ingest's location, from before this book lived. */
  load(item: ItemState): void {
    const { items, positions } = this.#parts;
    const found = items.identities.find(item.epc);
    const row = found === -1 ? items.add(item.epc, item.gtin, item.firstSeenAtMs) : found;
    this.#set(row, item, positions.locationIndex(item.locationId));
    this.#place(row, item, item.lastSeenAtMs);
  }

  #isOurs(theirLocationId: string, here: number, laterByMs: number): boolean {
    if (laterByMs > CONTEST_MS) return true;
    return this.#comesFirst(here, theirLocationId);
  }

  #comesFirst(here: number, theirLocationId: string): boolean {
    return (this.#parts.positions.locationIds[here] ?? "") < theirLocationId;
  }

  /** When it came to where it is, -Infinity when that is long ago. */
  #placedHereAtMs(row: number): number {
    const { items, log } = this.#parts;
    let fact = log.newestOf(items.gtin[row] ?? 0);
    while (fact !== -1 && !(log.item[fact] === row && log.location[fact] === items.location[row])) {
      fact = log.older[fact] ?? -1;
    }
    return fact === -1 ? -Infinity : (log.at[fact] ?? -Infinity);
  }

  /** The same row again, or one that a later row of theirs has overtaken. */
  #isKnown(row: number, item: ItemState, location: number, atMs: number): boolean {
    const { items, log } = this.#parts;
    let fact = log.newestOf(items.gtin[row] ?? 0);
    for (; fact !== -1 && (log.at[fact] ?? 0) >= atMs; fact = log.older[fact] ?? -1) {
      const isTheirs = log.kind[fact] === FACT_ELSEWHERE && log.item[fact] === row;
      const isSame = log.location[fact] === location && log.quantity[fact] === statusCode(item.status);
      if (isTheirs && (log.at[fact] !== atMs || isSame)) return true;
    }
    return false;
  }

  #hasFacts(row: number): boolean {
    const { items, log } = this.#parts;
    let fact = log.newestOf(items.gtin[row] ?? 0);
    while (fact !== -1 && log.item[fact] !== row) fact = log.older[fact] ?? -1;
    return fact !== -1;
  }

  #fold(row: number, item: ItemState, location: number, atMs: number): LedgerEvent | null {
    const { items, positions, fold, writer } = this.#parts;
    const gtin = items.gtin[row] ?? 0;
    const draft = {
      kind: FACT_ELSEWHERE,
      gtin,
      atMs,
      item: row,
      location,
      state: STOCK_STATES.indexOf(item.state),
      quantity: statusCode(item.status),
      tie: textHash(item.epc),
      detail: null,
    };
    const change = fold.rewrite({ gtin, withdrawn: [], added: [draft], again: -1 });
    const { lines } = withoutDetours(change);
    const [line] = lines;
    if (line === undefined) return null;
    // They have written what is believed of it since; ours is the line alone.
    const locationId = positions.locationIdAt(line.row);
    const eventId = `transfer_seen:${item.epc}:${item.locationId}:${atMs}`;
    const header = {
      locationId,
      eventId,
      eventType: "transfer_seen",
      source: "",
      body: "",
      occurredAtMs: atMs,
    } as const;
    return writer.write(header, { lines, items: new Set() });
  }

  /** Nothing of it was ever ours: it is noted, and no line can come of it. */
  #set(row: number, item: ItemState, location: number): null {
    const { items } = this.#parts;
    items.gtin[row] = item.gtin;
    items.setStatus(row, statusCode(item.status));
    items.state[row] = STOCK_STATES.indexOf(item.state);
    items.location[row] = location;
    return null;
  }

  /** From here on its reads at our locations are those of an item that is elsewhere, last seen there at that time. */
  #place(row: number, item: ItemState, silentSinceMs: number): void {
    const { items, places, tracker } = this.#parts;
    items.noteSeen(row, item.lastSeenAtMs);
    tracker.restoreElsewhere(row, places.indexOf(item.locationId, item.zoneId, null), silentSinceMs);
  }

  /** An event without lines: it is still here, whatever `claim` says. */
  #tell(row: number, seenAtMs: number, claim: string): LedgerEvent | null {
    // They will read what they were told.
    if (this.#toldAtMs.get(row) === seenAtMs) return null;
    if (this.#toldAtMs.size >= MAX_TOLD) this.#toldAtMs.clear();
    this.#toldAtMs.set(row, seenAtMs);
    const { items, positions, writer } = this.#parts;
    const locationId = positions.locationIds[items.location[row] ?? 0] ?? "";
    const eventId = `item_seen:${items.identities.identityAt(row)}:${locationId}:not_at:${claim}`;
    const header = {
      locationId,
      eventId,
      eventType: "item_seen",
      source: "",
      body: "",
      occurredAtMs: seenAtMs,
    } as const;
    return writer.write(header, { lines: [], items: new Set([row]) });
  }
}
