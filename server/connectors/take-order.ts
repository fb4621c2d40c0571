import { hash } from "node:crypto";
import type { OrderProgress } from "../../domain/connectors/connector.ts";
import { type Candidate, type OrderTask, planOrder, routeLines } from "../../domain/connectors/plan-order.ts";
import type { ShopOrder } from "../../domain/connectors/shop-message.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { ConnectorRecord } from "./connector-store.ts";
import { refusalOf } from "./refusal-of.ts";
import { held, ignored, locationOf, notMapped, type Taken } from "./taken.ts";

/** Steps that one message may take; nothing that an order needs takes so many. */
const MAX_STEPS = 200;
const MAX_ORDERS = 20;
/** Never used: there is a candidate, so each line has a place. */
const NOWHERE: Candidate = { locationId: "nowhere", method: "pickup" };

export type TakeOrder = ReturnType<typeof createTakeOrder>;
type GtinOf = (codes: readonly string[]) => number | null;

/**
 * Makes our orders agree with a platform's, step by step: each step is decided anew from what our orders are, so that what a crash left
 * in the middle is gone on with, and what was done is not done twice.
 */
export function createTakeOrder(deps: { desk: OrderDesk; reader: Pick<AvailabilityReader, "unitsFor"> }) {
  const { desk } = deps;

  /** All of our orders that were made of one of a platform's, the oldest first. */
  async function ordersOf(connectorId: string, theirId: string): Promise<Order[]> {
    const orders: Order[] = [];
    while (orders.length < MAX_ORDERS) {
      const order = await desk.find(orderIdOf(connectorId, theirId, orders.length + 1));
      if (order === null) break;
      orders.push(order);
    }
    return orders;
  }

  async function place(
    connector: ConnectorRecord,
    order: ShopOrder,
    task: Extract<OrderTask, { kind: "place" }>,
    gtinOf: GtinOf,
  ): Promise<Taken | null> {
    const { connectorId, channel } = connector;
    const candidates = candidatesOf(connector, order);
    if (!Array.isArray(candidates)) return candidates;
    const lines = task.lines.flatMap(({ line, units }) => {
      const gtin = gtinOf(line.codes);
      return gtin === null ? [] : [{ line, units, gtin }];
    });
    const places = routeLines(lines, candidates, (locationId, gtin) =>
      deps.reader.unitsFor(locationId, gtin, { channel, quantity: 1, confidence: null }),
    );
    const answer = await desk.place(
      {
        orderId: orderIdOf(connectorId, order.orderId, task.number),
        source: connectorId,
        channel,
        currency: order.currency,
        placedAt: order.placedAt,
        partial: true,
        lines: lines.map(({ line, units, gtin }, index) => {
          const isWhole = task.number === 1 && units === line.wanted;
          const { locationId, method } = places[index] ?? NOWHERE;
          return {
            lineId: line.lineId,
            gtin: gtinFromNumber(gtin),
            quantity: units,
            locationId,
            method,
            unitPrice: line.unitPrice ?? undefined,
            discount: isWhole ? line.discount : undefined,
          };
        }),
      },
      { actor: actorOf(connector), key: null },
    );
    if (!answer.ok) return answer.code === "order_exists" ? null : refusalOf(answer);
    const missing = answer.order.lines.filter((line) => line.quantity < line.requested);
    if (missing.length === 0) return null;
    const words = missing.map((line) => `${line.requested - line.quantity} of ${line.gtin}`).join(", ");
    return held(
      "insufficient_availability",
      `What there is of the order is held; ${words} are nowhere it may come from. Replay the message once they are, or cancel them on the platform.`,
    );
  }

  async function step(connector: ConnectorRecord, order: ShopOrder, task: OrderTask): Promise<Taken | null> {
    const ask = { actor: actorOf(connector), key: null };
    if (task.kind === "cancel") {
      // A part that is taken off is the customer's wish, as far as the platform says.
      const cause = order.cancelCause ?? "customer";
      const answer = await desk.cancel(task.orderId, { cause, lines: task.lines }, ask);
      return answer.ok ? null : refusalOf(answer);
    }
    if (task.kind === "place") return null;
    const { orderId, fulfilmentId, lines } = task;
    const at = { orderId, fulfilmentId };
    if (!task.isShipped && !task.isReady) {
      const ready = await desk.ready(at, {}, ask);
      if (!ready.ok) return refusalOf(ready);
    }
    const answer = task.isShipped
      ? await desk.ship(at, { lines }, ask)
      : await desk.collect(at, { lines, staffChecked: true }, ask);
    return answer.ok ? null : refusalOf(answer);
  }

  return {
    ordersOf,
    /** Null when our orders agree with it. */
    async take(connector: ConnectorRecord, order: ShopOrder, gtinOf: GtinOf): Promise<Taken | null> {
      const lines = order.lines.map((line) => (gtinOf(line.codes) === null ? { ...line, codes: [] } : line));
      for (let steps = 0; steps < MAX_STEPS; steps += 1) {
        const task = planOrder(lines, await ordersOf(connector.connectorId, order.orderId));
        if (task === null) return null;
        const refused =
          task.kind === "place"
            ? await place(connector, order, task, gtinOf)
            : await step(connector, order, task);
        if (refused !== null) return refused;
      }
      return held("order_state", `Our orders do not come to agree with it in ${MAX_STEPS} steps.`);
    },
  };
}

/** Where the order may come from; what is to be told instead where nobody has said. */
function candidatesOf(connector: ConnectorRecord, order: ShopOrder): Candidate[] | Taken {
  const { place, deliveryCode } = order;
  if (place !== null) {
    const locationId = locationOf(connector, place.locationCode);
    if (locationId === undefined) return notMapped(place.locationCode);
    return locationId === null
      ? ignored("Its location is none of ours.")
      : [{ locationId, method: place.method }];
  }
  const named = deliveryCode === null ? undefined : connector.deliveries[deliveryCode];
  const candidates = named ?? connector.fulfilFrom;
  if (candidates.length > 0) return candidates;
  return held(
    "location_not_mapped",
    "Nobody has said where orders of this shop are fulfilled: add places to `fulfilFrom`.",
  );
}

function actorOf({ connectorId }: ConnectorRecord) {
  return { kind: "system", id: connectorId } as const;
}

/** The same for each message of an order. `number`: units that came to an order later are an order of their own. */
export function orderIdOf(connectorId: string, theirId: string, number: number): string {
  const text = `${connectorId}-${theirId}${number === 1 ? "" : `-${number}`}`;
  if (/^[A-Za-z0-9._-]{1,64}$/.test(text)) return text;
  return `${connectorId}-${hash("sha256", text, "hex").slice(0, 32)}`;
}

/** At the first message of an order. */
export function newProgress(
  order: ShopOrder,
  kind: OrderProgress["kind"],
  locationId: string | null,
): OrderProgress {
  return { updatedAt: order.updatedAt, kind, locationId, sold: {}, sales: 0, refunds: [] };
}
