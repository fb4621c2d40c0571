import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { BookParts } from "./book-parts.ts";
import { FACT_MISS, type FactDraft } from "./fact-log.ts";
import { isOnHand, STATUS_NONE } from "./item-table.ts";
import { withoutDetours } from "./read-recorder.ts";
import type { StockChange } from "./stock-change.ts";
import { textHash } from "./text-hash.ts";

/** Turns the silence of items into events of the ledger, as the time of a location goes on. */
export class TimeRecorder {
  readonly #parts: BookParts;
  readonly #advancedTo = new Map<number, number>();

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  /** All that silence decides at the location before `untilMs`, that was not decided before. */
  advance(locationId: string, untilMs: number): LedgerEvent[] {
    const { looks, ownsLocation, positions, revivals } = this.#parts;
    const location = positions.locationIndex(locationId);
    const sinceMs = this.#advancedTo.get(location) ?? -Infinity;
    if (untilMs <= sinceMs || !ownsLocation(location)) return [];
    this.#advancedTo.set(location, untilMs);
    const events: LedgerEvent[] = [];
    let fromMs = sinceMs;
    for (const endMs of looks.ended(location, sinceMs, untilMs)) {
      events.push(...this.#departures(location, fromMs, endMs), ...this.#missing(location, endMs));
      fromMs = endMs;
    }
    events.push(...this.#departures(location, fromMs, untilMs));
    revivals.settleBefore(location, untilMs);
    return events;
  }

  #departures(location: number, sinceMs: number, untilMs: number): LedgerEvent[] {
    const departures = this.#parts.exits.departures(location, sinceMs, untilMs);
    return departures.flatMap(({ fact }) => this.#write("item_left", fact));
  }

  #missing(location: number, atMs: number): LedgerEvent[] {
    const { looks, revivals } = this.#parts;
    revivals.settleBefore(location, atMs);
    const items = looks.judge(location, atMs, revivals.stillGone(atMs));
    return items.flatMap((item) => this.#write("item_missing", this.#missed(location, item, atMs)));
  }

  #missed(location: number, item: number, atMs: number): FactDraft {
    const { items } = this.#parts;
    const tie = textHash(items.identities.identityAt(item));
    const gtin = items.gtin[item] ?? 0;
    return { kind: FACT_MISS, gtin, atMs, item, location, state: 0, quantity: 0, tie, detail: null };
  }

  /** An item goes, and may be back already: nobody need be told of what a read that is known takes back. */
  #write(eventType: "item_left" | "item_missing", gone: FactDraft): LedgerEvent[] {
    const { fold, items, positions, revivals, writer } = this.#parts;
    const { gtin, item, location, atMs } = gone;
    const back = revivals.next(gone);
    if (back === "stayed") return [];
    const added = back === null ? [gone] : [gone, back];
    const change = fold.rewrite({ gtin, withdrawn: [], added, again: -1 });
    change.items.add(item);
    const lines = withoutDetours(change);
    if (isNothing(lines) && isOnHand(items.status[item] ?? STATUS_NONE)) return [];
    const locationId = positions.locationIds[location] ?? "";
    const eventId = `${eventType}:${items.identities.identityAt(item)}:${locationId}:${atMs}`;
    return [
      writer.write({ locationId, eventId, eventType, source: "", body: "", occurredAtMs: atMs }, lines),
    ];
  }
}

/** Whether its lines come to nothing in each state of each position. */
function isNothing({ lines }: StockChange): boolean {
  const sums = new Map<string, number>();
  for (const { row, state, quantity } of lines) {
    const cell = `${row}/${state}`;
    sums.set(cell, (sums.get(cell) ?? 0) + quantity);
  }
  return [...sums.values()].every((sum) => sum === 0);
}
