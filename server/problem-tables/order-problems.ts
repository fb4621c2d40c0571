import type { ProblemEntry } from "./problem-entry.ts";

/** Of orders and what is done for them. */
export const ORDER_PROBLEMS = {
  order_not_found: {
    status: 404,
    title: "There is no such order",
    remedy:
      "Check its id. If the answer to your order was lost, send it again with the same Idempotency-Key. An order of another store is not shown to a store's key.",
  },
  order_exists: {
    status: 409,
    title: "There is an order with this id",
    remedy: "Look at it with GET /v1/orders/{orderId}; a new order needs an id of its own. Nothing was held.",
  },
  order_state: {
    status: 409,
    title: "The order is not in a state in which this can be done",
    remedy: "See `state`, and read the order again. Nothing was changed, and its goods are held as before.",
  },
  fulfilment_not_found: {
    status: 404,
    title: "The order has no such part",
    remedy: "See `fulfilments` of the order. A store's key sees those of its own location only.",
  },
  wrong_pickup_code: {
    status: 403,
    title: "The pickup code is wrong",
    remedy:
      "Ask the customer again; `attemptsLeft` says how often. After that make sure otherwise who it is and send `staffChecked: true`. The goods stay here.",
  },
  epc_not_of_order: {
    status: 409,
    title: "This item is not one that the order takes",
    remedy:
      "Put it back and take the product that was ordered: `epc` names the item. Nothing left, and nothing was sold.",
  },
  wrong_location: {
    status: 403,
    title: "This is the work of another location",
    remedy: "Use a key of that location. Nothing was changed.",
  },
} as const satisfies Record<string, ProblemEntry>;
