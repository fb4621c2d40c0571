import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";

/** One product at one location, as it was last told. `change` is the last change of what is available, for the eye. */
export type StockRow = AvailabilityItem & {
  key: string;
  seenAtMs: number | null;
  change: { delta: number; atMs: number } | null;
};

/** The place of a row in the store: it stays the same while its `row` is replaced by newer ones. */
export type RowCell = { readonly key: string; row: StockRow };

type Deps = {
  /** Calls back before the next paint (requestAnimationFrame). */
  schedule: (flush: () => void) => void;
  nowMs: () => number;
};

export type RowStore = ReturnType<typeof createRowStore>;

const MOST_LATEST = 5;

export const rowKey = (gtin: string, locationId: string): string => `${gtin}~${locationId}`;

/**
 * All rows of the stock page, outside React. Changes are taken at once and told once a frame: to those who watch a row that
 * changed, and to those who watch the whole. Thousands of changes a second so re-render only what is on the screen.
 */
export function createRowStore({ schedule, nowMs }: Deps) {
  const cells = new Map<string, RowCell>();
  const rowListeners = new Map<string, Set<() => void>>();
  const listeners = new Set<() => void>();
  const changedKeys = new Set<string>();
  /** `membership` moves when rows came or went, `revision` on every change. */
  let versions = { membership: 0, revision: 0 };
  /** Newest first. */
  let latestChanges: readonly StockRow[] = [];
  let membership = 0;
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    versions = { membership, revision: versions.revision + 1 };
    for (const key of changedKeys) {
      for (const listener of rowListeners.get(key) ?? []) listener();
    }
    changedKeys.clear();
    for (const listener of listeners) listener();
  }

  function touch(key: string): void {
    changedKeys.add(key);
    if (isScheduled) return;
    isScheduled = true;
    schedule(flush);
  }

  function put(item: AvailabilityItem): string {
    const key = rowKey(item.gtin, item.locationId);
    const cell = cells.get(key);
    const before = cell?.row;
    if (before !== undefined && isSame(before, item)) return key;
    const delta = before === undefined ? 0 : item.available - before.available;
    const seenAtMs = item.lastSeenAt === null ? null : Date.parse(item.lastSeenAt);
    const change = delta === 0 ? (before?.change ?? null) : { delta, atMs: nowMs() };
    const row = { ...item, key, seenAtMs, change };
    if (delta !== 0) {
      const others = latestChanges.filter((each) => each.key !== key);
      latestChanges = [row, ...others].slice(0, MOST_LATEST);
    }
    if (cell === undefined) {
      cells.set(key, { key, row });
      membership += 1;
    } else {
      cell.row = row;
    }
    touch(key);
    return key;
  }

  return {
    /** Takes the newest state of some rows. */
    applyChanges(items: readonly AvailabilityItem[]): void {
      for (const item of items) put(item);
    },
    /** Takes all rows anew; those not among `items` are gone. */
    applySnapshot(items: readonly AvailabilityItem[]): void {
      const kept = new Set<string>();
      for (const item of items) kept.add(put(item));
      if (kept.size === cells.size) return;
      for (const key of cells.keys()) {
        if (kept.has(key)) continue;
        cells.delete(key);
        membership += 1;
        touch(key);
      }
    },
    getRow: (key: string): StockRow | undefined => cells.get(key)?.row,
    /** In the order they were first told. */
    allCells: (): IterableIterator<RowCell> => cells.values(),
    /** The rows whose available quantity changed last, as they then were, newest first. */
    latestChanges: () => latestChanges,
    /** The same object until the next flush. */
    versions: () => versions,
    subscribeRow(key: string, listener: () => void): () => void {
      const watching = rowListeners.get(key) ?? new Set();
      rowListeners.set(key, watching.add(listener));
      return () => {
        watching.delete(listener);
        if (watching.size === 0) rowListeners.delete(key);
      };
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isSame(row: StockRow, item: AvailabilityItem): boolean {
  return (
    row.onHand === item.onHand &&
    row.sellable === item.sellable &&
    row.available === item.available &&
    row.reserved === item.reserved &&
    row.safetyStock === item.safetyStock &&
    row.allocated === item.allocated &&
    row.isCapped === item.isCapped &&
    row.reasonCode === item.reasonCode &&
    row.confidence === item.confidence &&
    row.availableFrom === item.availableFrom &&
    row.lastSeenAt === item.lastSeenAt &&
    isSameIncoming(row.incoming, item.incoming)
  );
}

function isSameIncoming(one: StockRow["incoming"], other: StockRow["incoming"]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ expectedAt, quantity }, at) =>
        other[at]?.expectedAt === expectedAt && other[at].quantity === quantity,
    )
  );
}
