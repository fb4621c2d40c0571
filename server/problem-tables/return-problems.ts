import type { ProblemEntry } from "./problem-entry.ts";

/** Of returns, and of what could not be had. */
export const RETURN_PROBLEMS = {
  return_not_found: {
    status: 404,
    title: "There is no such return",
    remedy: "Check its id. If the answer was lost, send the return again with the same Idempotency-Key.",
  },
  purchase_not_found: {
    status: 404,
    title: "Nothing was bought under this number",
    remedy:
      "Check the order or the receipt. Without either the return is `unlinked`: send it with the reason in `override`. Nothing was moved.",
  },
  more_than_handed_over: {
    status: 409,
    title: "More units than are left to return of what was bought",
    remedy:
      "Look at `left` of each line: more than were handed over never come back of an order. Nothing was moved.",
  },
  return_not_clear: {
    status: 409,
    title: "Something about the return does not fit",
    remedy:
      "See `flags` for each line or item. A person who takes it in all the same says why in `override`; it is listed then. Nothing was moved.",
  },
  item_of_other_product: {
    status: 409,
    title: "An item is of another product than its line",
    remedy: "Correct the line's GTIN, or scan the item again: see `epc` and `gtin`. Nothing was moved.",
  },
  return_rejected: {
    status: 409,
    title: "The ledger refused the return, or what a look at it found",
    remedy:
      "See the detail. No stock was moved, and the order of an exchange was cancelled. Send it anew with a new key.",
  },
  return_state: {
    status: 409,
    title: "The return is not in a state for this",
    remedy: "See `state`. Nothing was changed. Repeat the return with its Idempotency-Key to finish it.",
  },
  nothing_to_inspect: {
    status: 409,
    title: "So many units do not wait for a look",
    remedy: "See `waiting`, and name only units and items of the line in state inspect. Nothing was changed.",
  },
  miss_not_found: {
    status: 404,
    title: "There is no such miss",
    remedy:
      "Check its id. If the answer was lost, send the miss again with the same Idempotency-Key: it counts once.",
  },
  miss_state: {
    status: 409,
    title: "The sale is saved already, or is just being saved",
    remedy: "See `state` and `orderId`. Nothing was ordered a second time.",
  },
} as const satisfies Record<string, ProblemEntry>;
