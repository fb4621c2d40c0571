import { randomUUID } from "node:crypto";
import { thresholdBand } from "../../domain/availability/threshold-band.ts";
import { matchesEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import { createFilter, entriesOf, type SubscriptionFilter } from "../stream/subscription-filter.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { newDelivery } from "./new-delivery.ts";
import type { ToldRow, ToldStore } from "./told-store.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** A webhook with so many deliveries waiting is told nothing more until it has caught up, then the newest state. */
const MOST_WAITING = 50;
const ITEMS_PER_DELIVERY = 100;
/** Of each webhook in a tick. */
const ROWS_PER_TICK = 5_000;
const ITEMS_PER_TICK = 1_000;

type Follower = {
  filter: SubscriptionFilter;
  gtins: ReadonlySet<number> | null;
  locations: ReadonlySet<string> | null;
  /** Row → what it was told; 0 is left out. */
  told: Map<number, number>;
  /** Rows to be looked at. */
  dirty: Set<number>;
};

export type AvailabilityEvents = ReturnType<typeof createAvailabilityEvents>;

/**
 * Tells webhooks of availability. Each is compared with what it was last told, which is stored: so a change that happened while
 * nobody ran, or while its queue was full, is told afterwards with the newest state, and no queue grows with the changes.
 */
export function createAvailabilityEvents(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  webhooks: WebhookStore;
  queue: DeliveryQueue;
  store: ToldStore;
  nowMs(): number;
}) {
  const { projection, reader, webhooks, queue, store } = deps;
  const followers = new Map<string, Follower>();
  let changed = new Set<number>();
  let isResumed = false;

  projection.onChange((row) => {
    if (followers.size > 0) changed.add(row);
  });

  function followerOf(record: WebhookRecord): Follower {
    const filter = filterOf(record);
    return {
      filter,
      gtins: filter.gtins === null ? null : new Set(filter.gtins),
      locations: filter.locations === null ? null : new Set(filter.locations),
      told: new Map(),
      dirty: new Set(),
    };
  }

  function* rowsOf({ filter }: Follower): Generator<number> {
    for (const entry of entriesOf(projection.table(), filter)) if (typeof entry === "number") yield entry;
  }

  function spread(): void {
    const rows = changed;
    changed = new Set();
    const table = projection.table();
    for (const row of rows) {
      const gtin = table.gtinAt(row);
      const locationId = table.locationIdAt(row);
      for (const { gtins, locations, dirty } of followers.values()) {
        const isWanted = (gtins?.has(gtin) ?? true) && (locations?.has(locationId) ?? true);
        if (isWanted) dirty.add(row);
      }
    }
  }

  /** What differs from what was told, up to the bounds of a tick. */
  function differences({ filter, told, dirty }: Follower) {
    const { thresholds, view } = filter;
    const items: { row: number; item: Record<string, unknown>; available: number }[] = [];
    let looked = 0;
    for (const row of dirty) {
      looked += 1;
      if (looked > ROWS_PER_TICK || items.length >= ITEMS_PER_TICK) break;
      dirty.delete(row);
      const item = reader.itemAt(row, view.wish);
      const before = told.get(row) ?? 0;
      const isSame =
        thresholds === null
          ? before === item.available
          : thresholdBand(thresholds, before) === thresholdBand(thresholds, item.available);
      if (!isSame)
        items.push({ row, item: { ...item, previousAvailable: before }, available: item.available });
    }
    return items;
  }

  async function tell(record: WebhookRecord, follower: Follower): Promise<void> {
    const found = differences(follower);
    if (found.length === 0) return;
    const { webhookId } = record;
    const nowMs = deps.nowMs();
    const at = new Date(nowMs).toISOString();
    const revision = projection.revision();
    const table = projection.table();
    try {
      for (let start = 0; start < found.length; start += ITEMS_PER_DELIVERY) {
        const part = found.slice(start, start + ITEMS_PER_DELIVERY);
        const data = { revision, items: part.map(({ item }) => item) };
        const event = { eventId: randomUUID(), type: "availability.changed", at, data } as const;
        await queue.accept([newDelivery(webhookId, event)]);
        await store.saveTold(part.map(({ row, available }) => toldRow(webhookId, row, available)));
        for (const { row, available } of part) remember(follower, row, available);
      }
    } catch (error) {
      for (const { row } of found) follower.dirty.add(row);
      throw error;
    }

    function toldRow(id: string, row: number, available: number): ToldRow {
      return { webhookId: id, locationId: table.locationIdAt(row), gtin: table.gtinAt(row), available };
    }
  }

  function remember({ told }: Follower, row: number, available: number): void {
    if (available === 0) told.delete(row);
    else told.set(row, available);
  }

  return {
    /** From now on, or anew after its filter was changed: what is there now counts as told. */
    async follow(record: WebhookRecord): Promise<void> {
      followers.delete(record.webhookId);
      if (!wantsAvailability(record)) return;
      const follower = followerOf(record);
      const table = projection.table();
      const rows: ToldRow[] = [];
      for (const row of rowsOf(follower)) {
        const { available } = reader.itemAt(row, follower.filter.view.wish);
        remember(follower, row, available);
        rows.push({
          webhookId: record.webhookId,
          locationId: table.locationIdAt(row),
          gtin: table.gtinAt(row),
          available,
        });
      }
      followers.set(record.webhookId, follower);
      await store.saveTold(rows);
    },
    forget(webhookId: string): void {
      followers.delete(webhookId);
    },

    clear(): void {
      followers.clear();
      isResumed = false;
    },

    /** Everything is compared with what was told before the start. Only once positions are loaded. */
    async resume(): Promise<void> {
      const before = new Map<string, Follower>();
      for (const record of webhooks.all()) {
        if (wantsAvailability(record)) before.set(record.webhookId, followerOf(record));
      }
      const table = projection.table();
      if (before.size > 0) {
        for await (const rows of store.told()) {
          for (const { webhookId, locationId, gtin, available } of rows) {
            const row = table.find(locationId, gtin);
            if (row >= 0) before.get(webhookId)?.told.set(row, available);
          }
        }
      }
      for (const [webhookId, follower] of before) {
        for (const row of rowsOf(follower)) follower.dirty.add(row);
        if (!followers.has(webhookId)) followers.set(webhookId, follower);
      }
      isResumed = true;
    },
    isResumed: () => isResumed,

    async tick(): Promise<void> {
      spread();
      for (const [webhookId, follower] of followers) {
        const record = webhooks.get(webhookId);
        if (record === null || !record.isEnabled || follower.dirty.size === 0) continue;
        if (queue.sizeOf(webhookId) < MOST_WAITING) await tell(record, follower);
      }
    },
  };
}

export function wantsAvailability({ eventTypes }: Pick<WebhookRecord, "eventTypes">): boolean {
  return eventTypes.some((pattern) => matchesEventType(pattern, "availability.changed"));
}

export function filterOf({ filter }: Pick<WebhookRecord, "filter">): SubscriptionFilter {
  return createFilter({
    ...filter,
    gtins: filter.gtins?.map(Number) ?? null,
    locations: filter.locations ?? null,
    isCapped: false,
  });
}
