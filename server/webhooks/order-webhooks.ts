import type { Order } from "../../domain/orders/order.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import type { OrderEventKind } from "../../domain/orders/order-step.ts";
import { matchesEventType, type WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { OrderStore } from "../orders/order-store.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { newDelivery, type WebhookEvent } from "./new-delivery.ts";
import type { Progress, ToldStore } from "./told-store.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** A webhook with so many deliveries waiting reads no further until it has caught up: the table keeps its place. */
const MOST_WAITING = 500;
const MOST_ROWS = 1_000;
/** Its place among the changes of orders is kept beside that among those of reservations, under this name. */
const PLACE = "orders of ";

/** What is told of each change; null for what concerns nobody outside. */
const TYPES: Readonly<Record<OrderEventKind, WebhookEventType | null>> = {
  placed: "order.placed",
  allocated: "order.allocated",
  sent_to_store: "order.sent_to_store",
  accepted: "order.accepted",
  picking: "order.picking",
  picked: null,
  shorted: "order.short",
  ready: "order.ready",
  arrived: "order.arrived",
  handing_over: null,
  hand_over_refused: null,
  collected: "order.collected",
  shipped: "order.shipped",
  delivered: "order.delivered",
  changed: "order.changed",
  cancelled: "order.cancelled",
  no_show: "order.no_show",
  told: "order.told",
  code_refused: null,
  returned: "order.returned",
  recovered: null,
};

/**
 * Tells webhooks of orders, by reading what is stored: each webhook has its place among the changes, so none is lost over a stop,
 * and one that is behind holds nobody up.
 */
export function createOrderWebhooks(deps: {
  orders: OrderStore;
  webhooks: WebhookStore;
  queue: DeliveryQueue;
  store: ToldStore;
}) {
  const { orders, webhooks, queue, store } = deps;
  let places = new Map<string, number>();

  const head = async (): Promise<number> => (await orders.lastChange()).ordinal;

  async function savePlaces(moved: ReadonlyMap<string, number>): Promise<void> {
    const progress = new Map<string, Progress>();
    for (const [webhookId, ordinal] of moved) progress.set(PLACE + webhookId, { ordinal, expiredUntilMs: 0 });
    await store.saveProgress(progress);
    for (const [webhookId, ordinal] of moved) places.set(webhookId, ordinal);
  }

  function listeners(): { record: WebhookRecord; place: number }[] {
    return webhooks.all().flatMap((record) => {
      const place = places.get(record.webhookId);
      const isReady =
        record.isEnabled && wantsOrders(record) && queue.sizeOf(record.webhookId) < MOST_WAITING;
      return place === undefined || !isReady ? [] : [{ record, place }];
    });
  }

  return {
    /** From now on: what was before is not told. */
    follow: async (record: WebhookRecord): Promise<void> =>
      await savePlaces(new Map([[record.webhookId, await head()]])),
    forget(webhookId: string): void {
      places.delete(webhookId);
    },
    clear(): void {
      places.clear();
    },
    /** One that is older than orders are begins where it is found. */
    async resume(): Promise<void> {
      const known = new Map<string, number>();
      for (const [name, { ordinal }] of await store.progress()) {
        if (name.startsWith(PLACE)) known.set(name.slice(PLACE.length), ordinal);
      }
      places = new Map([...known, ...places]);
      const last = await head();
      const fresh = webhooks.all().filter((record) => !places.has(record.webhookId));
      if (fresh.length > 0) await savePlaces(new Map(fresh.map((record) => [record.webhookId, last])));
    },
    async tick(): Promise<void> {
      const all = listeners();
      const from = Math.min(...all.map(({ place }) => place));
      if (all.length === 0 || (await head()) <= from) return;
      const changes = await orders.after(from, MOST_ROWS);
      const behind = all.filter(({ place }) => place < changes.lastOrdinal);
      // Durable first, then their places: a stop in between finds the same again, under the same ids.
      await queue.accept(
        behind.flatMap(({ record, place }) =>
          changes.events
            .filter((event) => event.ordinal > place && isWanted(record, event))
            .map((event) => newDelivery(record.webhookId, toldEvent(event))),
        ),
      );
      await savePlaces(new Map(behind.map(({ record }) => [record.webhookId, changes.lastOrdinal])));
    },
  };
}

function toldEvent(event: OrderEvent): WebhookEvent {
  const type = TYPES[event.kind];
  if (type === null) throw new Error(`nobody is told of ${event.kind}`);
  const { fulfilmentId, order } = event;
  const at = new Date(event.atMs).toISOString();
  return { eventId: `order change ${event.ordinal}`, type, at, data: { fulfilmentId, order } };
}

function wantsOrders({ eventTypes }: WebhookRecord): boolean {
  return Object.values(TYPES).some((type) => type !== null && isOf(eventTypes, type));
}

function isWanted({ eventTypes, filter }: WebhookRecord, { kind, order }: OrderEvent): boolean {
  const type = TYPES[kind];
  if (type === null || !isOf(eventTypes, type)) return false;
  if (filter.channel !== undefined && filter.channel !== order.channel) return false;
  return order.lines.some((line) => isMeant(line, filter));
}

function isMeant(line: Order["lines"][number], { gtins, locations }: WebhookRecord["filter"]): boolean {
  return (gtins?.includes(line.gtin) ?? true) && (locations?.includes(line.locationId) ?? true);
}

function isOf(patterns: readonly string[], type: WebhookEventType): boolean {
  return patterns.some((pattern) => matchesEventType(pattern, type));
}
