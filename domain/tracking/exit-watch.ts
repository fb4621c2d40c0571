import type { BookParts } from "./book-parts.ts";
import { FACT_LEAVE, type FactDraft } from "./fact-log.ts";
import { isOnHand, STATUS_NONE } from "./item-table.ts";
import type { Silence } from "./place-history.ts";
import { textHash } from "./text-hash.ts";

type Parts = Pick<BookParts, "items" | "places" | "settings" | "tracker">;

/** Reads at the exit within seconds, with none elsewhere between, that tell passing out from lying near. */
const MIN_READS = 2;

/** An item that went out of an exit at `atMs`, and the fact that says so. */
export type Departure = { item: number; atMs: number; fact: FactDraft };

/**
 * Items that were read at exits of late. One whose place is the exit and that no reader sees any more for `exitSilenceMs` has
 * gone out. Judged as of the location's time, whatever has come in from after it.
 */
export class ExitWatch {
  readonly #parts: Parts;
  readonly #watched = new Map<number, Set<number>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An item was read at an exit of the location. */
  note(location: number, item: number): void {
    let items = this.#watched.get(location);
    if (items === undefined) {
      items = new Set();
      this.#watched.set(location, items);
    }
    items.add(item);
  }

  /** Who went out after `sinceMs` and before `untilMs`, in the order of their times. */
  departures(location: number, sinceMs: number, untilMs: number): Departure[] {
    const watched = this.#watched.get(location);
    if (watched === undefined) return [];
    const { items, places, settings, tracker } = this.#parts;
    const { exitSaleMs, exitSilenceMs } = settings.at(location);
    const longestMs = Math.max(exitSilenceMs, exitSaleMs);
    const departures: Departure[] = [];
    for (const item of watched) {
      const isHere = items.location[item] === location && isOnHand(items.status[item] ?? STATUS_NONE);
      // An event has told of it since: it is in somebody's hands.
      const isTold = (items.lastSeenAt[item] ?? 0) > tracker.newestAt(item);
      if (isHere && !isTold) {
        for (const silence of tracker.history.silences(item, untilMs)) {
          // Who goes out is seen at the exit, and then no more. Whom the exit's reader hears now and then, and others between,
          // lies within its reach.
          const isPassing = silence.readsThere >= MIN_READS;
          const dueMs = silence.lastAtMs + (isPassing ? exitSilenceMs : longestMs);
          // Due before the last look at it and still here: less silence is enough since its settings changed.
          const atMs = silence.nextAtMs === -1 ? Math.max(dueMs, sinceMs) : dueMs;
          const endMs = silence.nextAtMs === -1 ? untilMs : Math.min(untilMs, silence.nextAtMs);
          const isAtExit = places.isExit(silence.place) && places.locationAt(silence.place) === location;
          if (!isAtExit || atMs < sinceMs || atMs >= endMs) continue;
          departures.push(this.#departure(location, item, atMs, silence));
        }
      }
      const isAtExit =
        places.isExit(items.place[item] ?? 0) || places.isExit(tracker.history.placeBefore(item, untilMs));
      const isJudged = tracker.newestAt(item) + longestMs < untilMs;
      if (!isHere || isTold || !isAtExit || isJudged) watched.delete(item);
    }
    return departures.sort((a, b) => a.atMs - b.atMs || this.#compareIdentities(a.item, b.item));
  }

  #departure(location: number, item: number, atMs: number, silence: Silence): Departure {
    const { items } = this.#parts;
    const common = {
      gtin: items.gtin[item] ?? 0,
      item,
      location,
      state: 0,
      tie: textHash(items.identities.identityAt(item)),
    };
    const quantity = Math.min(2 ** 31 - 1, Math.round(atMs - silence.lastAtMs));
    const detail = { fact: -1, reason: "left", reservationId: "", orderId: "", taken: [] } as const;
    const fact = { ...common, kind: FACT_LEAVE, atMs, quantity, detail: { ...detail, taken: [] } };
    return { item, atMs, fact };
  }

  #compareIdentities(a: number, b: number): number {
    const { identities } = this.#parts.items;
    return identities.identityAt(a) < identities.identityAt(b) ? -1 : 1;
  }
}
