import type { Order } from "./order.ts";
import type { OrderEventKind } from "./order-step.ts";

/**
 * One change of an order, with the whole of it afterwards. `ordinal` rises by one with each change of any order.
 * `fulfilmentId` null: it concerns the whole order.
 */
export type OrderEvent = {
  ordinal: number;
  kind: OrderEventKind;
  /** When it was decided, by the writer's clock, Unix ms. */
  atMs: number;
  fulfilmentId: string | null;
  order: Order;
};
