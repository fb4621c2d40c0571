import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { BookParts } from "./book-parts.ts";
import { FACT_MISS, type FactDraft } from "./fact-log.ts";
import { withoutDetours } from "./read-recorder.ts";
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
    const { exits, looks, ownsLocation, positions, revivals } = this.#parts;
    const location = positions.locationIndex(locationId);
    const sinceMs = this.#advancedTo.get(location) ?? -Infinity;
    if (untilMs <= sinceMs || !ownsLocation(location)) return [];
    this.#advancedTo.set(location, untilMs);
    const events: LedgerEvent[] = [];
    for (const { item, atMs, facts } of exits.departures(location, sinceMs, untilMs)) {
      events.push(this.#write(locationId, "item_left", item, atMs, facts));
    }
    const look = looks.advance(location, untilMs);
    for (const item of look?.items ?? []) {
      const atMs = look?.atMs ?? untilMs;
      events.push(this.#write(locationId, "item_missing", item, atMs, [this.#missed(location, item, atMs)]));
    }
    revivals.forget(location, untilMs);
    return events;
  }

  #missed(location: number, item: number, atMs: number): FactDraft {
    const { items } = this.#parts;
    const tie = textHash(items.identities.identityAt(item));
    const gtin = items.gtin[item] ?? 0;
    return { kind: FACT_MISS, gtin, atMs, item, location, state: 0, quantity: 0, tie, detail: null };
  }

  #write(
    locationId: string,
    eventType: "item_left" | "item_missing",
    item: number,
    atMs: number,
    added: FactDraft[],
  ): LedgerEvent {
    const { fold, items, writer } = this.#parts;
    const gtin = items.gtin[item] ?? 0;
    const change = fold.rewrite({ gtin, withdrawn: [], added, again: -1 });
    change.items.add(item);
    const lines = withoutDetours(change);
    const eventId = `${eventType}:${items.identities.identityAt(item)}:${locationId}:${atMs}`;
    return writer.write({ locationId, eventId, eventType, source: "", body: "", occurredAtMs: atMs }, lines);
  }
}
