import type { FulfilmentMethod } from "../orders/order.ts";
import type { OrderCause } from "../orders/order-step.ts";

/** What a shop system tells, in one shape for all of them. Ids and codes are those of the shop system. */
export type ShopMessage =
  | { kind: "order"; order: ShopOrder }
  | { kind: "refund"; refund: ShopRefund }
  | { kind: "levels"; levels: ShopLevel[]; leftOut: string[] }
  /** An order changed, and the message does not say how: somebody has to tell the whole of it. */
  | { kind: "order_named"; orderId: string; updatedAt: string }
  | { kind: "nothing"; why: string };

/**
 * A line of an order, whole units. `wanted`: those that the customer is still to have or has, without what was cancelled or taken
 * off before it left. `gone`: those that have left by the shop system. `sold`: those that a till sold. `codes`: what may name its
 * product, the best first; none where it is nothing that is kept in stock.
 */
export type ShopLine = {
  lineId: string;
  codes: string[];
  wanted: number;
  gone: number;
  sold: number;
  unitPrice: string | null;
  discount: string;
};

/** Where the goods of an order are to come from, where the shop system says so. */
export type ShopPlace = { locationCode: string; method: FulfilmentMethod };

/**
 * An order as it is at `updatedAt`. `till`: carried out of this location. Else it is fulfilled from `place`, or from where the
 * connector says: `deliveryCode` is the shop system's way of delivery.
 */
export type ShopOrder = {
  orderId: string;
  placedAt: string;
  updatedAt: string;
  currency: string;
  cancelCause: OrderCause | null;
  till: string | null;
  place: ShopPlace | null;
  deliveryCode: string | null;
  lines: ShopLine[];
  refunds: ShopRefund[];
};

/** Goods that came back with a refund, or did not. */
export type ShopRefund = {
  refundId: string;
  orderId: string;
  at: string;
  lines: ShopRefundLine[];
};

/** `return`: back in stock after it had left. `cancel`: it had not left. `none`: it is not back in stock. */
export type ShopRefundLine = {
  lineId: string;
  codes: string[];
  quantity: number;
  restock: "return" | "cancel" | "none";
  locationCode: string | null;
};

/** Units of a product at a location, as the shop system has them. */
export type ShopLevel = { code: string; locationCode: string; quantity: number; asOf: string };

/** Which thing of the shop system a message is about: those of one are taken one after the other. */
export function subjectOf(message: ShopMessage): string {
  switch (message.kind) {
    case "order":
      return `order:${message.order.orderId}`;
    case "refund":
      return `order:${message.refund.orderId}`;
    case "order_named":
      return `order:${message.orderId}`;
    case "levels":
      return "levels";
    case "nothing":
      return "";
    default:
      return message satisfies never;
  }
}
