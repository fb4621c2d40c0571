import { hash } from "node:crypto";
import { sortThresholds } from "../../domain/availability/threshold-band.ts";
import type { PositionTable } from "../../domain/ledger/position-table.ts";
import { type AvailabilityWish, PLAIN_WISH } from "../availability/availability-reader.ts";

/** How items are answered: for whom, and whether quantities are capped as for any publishable key. */
export type StreamView = {
  readonly wish: AvailabilityWish;
  readonly isCapped: boolean;
  /** Equal for equal views. */
  readonly key: string;
};

/** What a subscription wants: products (numbers) and locations, null for all. Sorted, so that equal wishes are equal. */
export type SubscriptionFilter = {
  readonly gtins: readonly number[] | null;
  readonly locations: readonly string[] | null;
  /** Ascending; null tells every change. They are held against what the view shows. */
  readonly thresholds: readonly number[] | null;
  readonly view: StreamView;
};

export type FilterWish = {
  gtins: readonly number[] | null;
  locations: readonly string[] | null;
  channel?: string | undefined;
  confidence?: number | undefined;
  thresholds?: readonly number[] | undefined;
  isCapped: boolean;
};

export function createFilter(wanted: FilterWish): SubscriptionFilter {
  const { gtins, locations, thresholds, isCapped } = wanted;
  const { channel = PLAIN_WISH.channel, confidence = PLAIN_WISH.confidence } = wanted;
  return {
    gtins: gtins === null ? null : [...new Set(gtins)].sort((a, b) => a - b),
    locations: locations === null ? null : [...new Set(locations)].sort(),
    thresholds: thresholds === undefined ? null : sortThresholds(thresholds),
    view: {
      wish: { ...PLAIN_WISH, channel, confidence },
      isCapped,
      key: JSON.stringify([channel, confidence, isCapped]),
    },
  };
}

/** Equal for equal filters: subscriptions with the same key share their frames. */
export function filterKey({ gtins, locations, thresholds, view }: SubscriptionFilter): string {
  return hash("sha256", JSON.stringify([gtins, locations, thresholds, view.key]), "base64");
}

/** A position of a snapshot: a row, or a product and place that were asked for by name and have no record. */
export type SnapshotEntry = number | { locationId: string; gtin: number };

/**
 * The positions of a filter, one by one, so that a large snapshot can pause. A row added while it runs may be missed: it is
 * a change after the snapshot's revision and is sent as such.
 */
export function* entriesOf(
  table: PositionTable,
  filter: SubscriptionFilter,
): IterableIterator<SnapshotEntry> {
  if (filter.gtins !== null) {
    const isNamed = filter.locations !== null;
    for (const locationId of filter.locations ?? [...table.locationIds]) {
      for (const gtin of filter.gtins) {
        const row = table.find(locationId, gtin);
        if (row >= 0) yield row;
        else if (isNamed) yield { locationId, gtin };
      }
    }
  } else if (filter.locations !== null) {
    for (const locationId of filter.locations) yield* table.rowsOf(locationId);
  } else {
    for (let row = 0; row < table.size; row += 1) yield row;
  }
}

/** The filter's rows that changed after a revision. Looks at each of its rows: some 10 ms for a million. */
export function changedRows(table: PositionTable, filter: SubscriptionFilter, after: number): number[] {
  const rows: number[] = [];
  for (const entry of entriesOf(table, filter)) {
    if (typeof entry === "number" && table.revisionAt(entry) > after) rows.push(entry);
  }
  return rows;
}

/** Whether the filter has more positions than `limit`; looks at no more than these. */
export function hasMoreThan(table: PositionTable, filter: SubscriptionFilter, limit: number): boolean {
  let count = 0;
  for (const _ of entriesOf(table, filter)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}
