import type { ProblemEntry } from "./problem-entry.ts";

/** Of customers and offers. */
export const CUSTOMER_PROBLEMS = {
  customer_not_found: {
    status: 404,
    title: "Nobody is known by this",
    remedy: "Find or create the customer with POST /v1/customers. Stock and orders are not concerned.",
  },
  merge_not_found: {
    status: 404,
    title: "This customer has no such merge",
    remedy: "See `merges` of GET /v1/customers/{customerId}. Nothing was changed.",
  },
  customer_erased: {
    status: 410,
    title: "The customer was erased",
    remedy:
      "Nothing is known of the person, and nothing is kept under this id any more. Orders and figures stay.",
  },
  customer_kept_apart: {
    status: 409,
    title: "These identifiers belong to two customers that somebody has separated",
    remedy:
      "Nothing was changed. Name identifiers of one of them, or merge them with POST /v1/customers/{customerId}/merges.",
  },
  contact_not_kept: {
    status: 409,
    title: "This server keeps no contact facts",
    remedy:
      "Set CUSTOMERS_KEY, with which they are encrypted. Nothing was stored; all else works without them.",
  },
  customers_busy: {
    status: 503,
    title: "More changes of customers wait than this server takes",
    remedy: "Nothing was changed. Send it again in `Retry-After` seconds: a repeat changes nothing twice.",
  },
  offer_not_found: {
    status: 404,
    title: "There is no such offer",
    remedy: "List the offers with GET /v1/offers, or create it with PUT /v1/offers/{offerId}.",
  },
  offer_refused: {
    status: 409,
    title: "The offer cannot be redeemed",
    remedy: "See `reason`. Nothing was counted; the sale itself, and stock, are not concerned.",
  },
  offer_id_reused: {
    status: 409,
    title: "The id came before with something else",
    remedy: "Use a new id for another issue or redemption. Nothing was changed.",
  },
} as const satisfies Record<string, ProblemEntry>;
