import type { ConnectorMessage, OrderProgress } from "../../domain/connectors/connector.ts";
import { readShopifyMessage } from "../../domain/connectors/shopify-message.ts";
import { readSquareMessage, readSquareOrder } from "../../domain/connectors/square-message.ts";
import type { ShopMessage, ShopOrder, ShopRefund } from "../../domain/connectors/shop-message.ts";
import type { createTakeLevels } from "./take-levels.ts";
import type { ConnectorRecord } from "./connector-store.ts";
import type { MessageStore } from "./message-store.ts";
import { newProgress, type TakeOrder } from "./take-order.ts";
import type { createTakeRefund } from "./take-refund.ts";
import type { TakeSale } from "./take-sale.ts";
import { done, held, ignored, locationOf, notMapped, stale, type Taken } from "./taken.ts";

/** The topic of a whole order that somebody told, where the platform's message has its id alone. */
export const TOLD_ORDER = "order.told";

/** What a message says. Throws `ZodError` where it has not the documented form. */
export function readMessage(kind: ConnectorRecord["kind"], topic: string, body: unknown): ShopMessage {
  if (kind === "shopify") return readShopifyMessage(topic === TOLD_ORDER ? "orders/updated" : topic, body);
  return topic === TOLD_ORDER ? readSquareOrder(body) : readSquareMessage(body);
}

/** Does what a message says. Throws where it can be tried again. */
export function createTakeMessage(deps: {
  store: MessageStore;
  orders: TakeOrder;
  sales: TakeSale;
  takeRefund: ReturnType<typeof createTakeRefund>;
  takeLevels: ReturnType<typeof createTakeLevels>;
}) {
  const { store, orders, sales, takeRefund, takeLevels } = deps;

  async function gtinsOf(connector: ConnectorRecord, codes: readonly (readonly string[])[]) {
    const found = await store.findCodes(connector.connectorId, codes.flat());
    return (wanted: readonly string[]) => {
      for (const code of wanted) {
        const gtin = found.get(code);
        if (gtin !== undefined) return gtin;
      }
      return null;
    };
  }

  async function takeOrder(
    connector: ConnectorRecord,
    order: ShopOrder,
    before: OrderProgress | null,
  ): Promise<Taken> {
    if (before !== null && Date.parse(order.updatedAt) < Date.parse(before.updatedAt)) {
      return stale(`The order as of ${before.updatedAt} was taken before.`);
    }
    const placed = Date.parse(order.placedAt);
    if (placed < Date.parse(connector.since) && before?.kind !== "sale" && before?.kind !== "order") {
      return ignored(`It was placed before ${connector.since}.`, newProgress(order, "before", null));
    }
    const codes = [...order.lines, ...order.refunds.flatMap((refund) => refund.lines)].map(
      (one) => one.codes,
    );
    const gtinOf = await gtinsOf(connector, codes);
    const locationId = order.till === null ? null : locationOf(connector, order.till);
    if (order.till !== null && locationId === undefined) return notMapped(order.till);
    if (order.till !== null && locationId == null) return ignored("Its location is none of ours.");
    const isEmpty = order.lines.length === 0 && order.refunds.length > 0;
    const kind = order.till === null ? "order" : "sale";
    const progress: OrderProgress = {
      ...(before ?? newProgress(order, kind, locationId ?? null)),
      sold: { ...before?.sold },
      refunds: [...(before?.refunds ?? [])],
      updatedAt: order.updatedAt,
    };
    const soldAt = progress.locationId;
    let refused: Taken | null = null;
    if (progress.kind === "sale" && soldAt !== null) {
      const selling = { ...progress, locationId: soldAt };
      refused = await sales.sell(connector, order, selling, gtinOf);
      Object.assign(progress, selling);
    } else if (!isEmpty) {
      refused = await orders.take(connector, order, gtinOf);
    }
    for (const refund of order.refunds) {
      refused = (await refundOf(connector, refund, { order, progress }, gtinOf)) ?? refused;
    }
    const unmatched = order.lines.flatMap((line) => {
      const units = Math.max(line.wanted, line.sold);
      const [code] = line.codes;
      if (code === undefined || units === 0 || gtinOf(line.codes) !== null) return [];
      return [{ code, units, locationId: progress.locationId ?? "" }];
    });
    if (refused !== null) return { ...refused, unmatched, progress };
    if (unmatched.length === 0) return done(progress);
    const names = unmatched.map(({ code }) => code).join(", ");
    return held("unknown_product", `No product has the code ${names}; all else was done.`, {
      unmatched,
      progress,
    });
  }

  /** A refund of the order itself, or of another that it names (a return of Square is an order of its own). */
  async function refundOf(
    connector: ConnectorRecord,
    refund: ShopRefund,
    own: { order: ShopOrder; progress: OrderProgress },
    gtinOf: (codes: readonly string[]) => number | null,
  ): Promise<Taken | null> {
    if (refund.orderId === own.order.orderId) return await back(connector, refund, own.progress, gtinOf);
    const of = await store.progress(originOf(connector.connectorId, `order:${refund.orderId}`));
    if (own.progress.refunds.includes(refund.refundId)) return null;
    const progress = { ...(of ?? newProgress(own.order, "before", own.progress.locationId)), refunds: [] };
    const refused = await back(connector, refund, progress, gtinOf);
    if (refused === null) own.progress.refunds.push(refund.refundId);
    return refused;
  }

  async function back(
    connector: ConnectorRecord,
    refund: ShopRefund,
    progress: OrderProgress,
    gtinOf: (codes: readonly string[]) => number | null,
  ): Promise<Taken | null> {
    const known =
      progress.kind === "order" ? await orders.ordersOf(connector.connectorId, refund.orderId) : [];
    return await takeRefund(connector, refund, progress, { gtinOf, orders: known });
  }

  async function takeLoneRefund(
    connector: ConnectorRecord,
    refund: ShopRefund,
    before: OrderProgress | null,
  ) {
    if (before === null) {
      return held(
        "order_not_known",
        `Nothing came of order ${refund.orderId} yet; it is tried again when something does.`,
      );
    }
    const gtinOf = await gtinsOf(
      connector,
      refund.lines.map(({ codes }) => codes),
    );
    const progress = { ...before, refunds: [...before.refunds] };
    const refused = await back(connector, refund, progress, gtinOf);
    return refused ?? done(progress);
  }

  return async (connector: ConnectorRecord, message: ConnectorMessage): Promise<Taken> => {
    const said = readMessage(connector.kind, message.topic, message.body);
    const before = message.subject.startsWith("order:")
      ? await store.progress(originOf(connector.connectorId, message.subject))
      : null;
    switch (said.kind) {
      case "nothing":
        return ignored(said.why);
      case "levels":
        return await takeLevels(connector, said.levels, said.leftOut);
      case "refund":
        return await takeLoneRefund(connector, said.refund, before);
      case "order":
        return await takeOrder(connector, said.order, before);
      case "order_named": {
        if (before !== null && Date.parse(before.updatedAt) >= Date.parse(said.updatedAt)) return done();
        const detail = `The message has the id of order ${said.orderId} alone: post the whole order to /v1/connectors/${connector.connectorId}/orders.`;
        return held("order_needed", detail);
      }
      default:
        return said satisfies never;
    }
  };
}

/** What the messages of one thing have in common. */
export function originOf(connectorId: string, subject: string): string {
  return `${connectorId}:${subject}`;
}
