import type { ProblemEntry } from "./problem-entry.ts";

/** Of holds, promises, rules, explanations and webhooks. */
export const PROMISE_PROBLEMS = {
  reservation_not_found: {
    status: 404,
    title: "There is no such reservation",
    remedy:
      "Check its id. If the answer to your wish was lost, send the wish again with the same Idempotency-Key.",
  },
  webhook_not_found: {
    status: 404,
    title: "There is no such webhook",
    remedy: "List them with GET /v1/webhooks.",
  },
  delivery_not_found: {
    status: 404,
    title: "This was never sent to the webhook",
    remedy: "List what was with GET /v1/webhooks/{webhookId}/deliveries. Deliveries are kept for 30 days.",
  },
  webhook_disabled: {
    status: 409,
    title: "The webhook is switched off",
    remedy: "Switch it on with PUT /v1/webhooks/{webhookId} and `isEnabled: true`. Nothing was sent.",
  },
  webhook_url_refused: {
    status: 400,
    title: "The address is not one to send events to",
    remedy:
      "Give an https address on the public internet, or set WEBHOOKS_ALLOW_PRIVATE where one's own network is meant.",
  },
  too_many_webhooks: {
    status: 409,
    title: "There are as many webhooks as there may be",
    remedy: "Delete one that is not used, or filter at one receiver.",
  },
  rule_not_found: {
    status: 404,
    title: "There is no such rule",
    remedy: "List the rules with GET /v1/rules.",
  },
  location_group_not_found: {
    status: 404,
    title: "There is no such group of locations",
    remedy: "List the groups with GET /v1/location-groups, or create it with PUT. Nothing was changed.",
  },
  location_group_in_use: {
    status: 409,
    title: "Rules name the group of locations",
    remedy: "Change or take back the rules in `rules` first. Nothing was changed.",
  },
  insufficient_availability: {
    status: 409,
    title: "There is not as much available as was asked for",
    remedy:
      "See `lines` for what is available of each, and where else. Nothing was held. Ask for less, or with `partial`.",
  },
  reservation_state: {
    status: 409,
    title: "The reservation is not in a state for this",
    remedy: "See `state`. Nothing was changed. What has ended holds no stock: make a new reservation.",
  },
  sale_rejected: {
    status: 409,
    title: "The ledger refused the sale of the goods handed over",
    remedy: "See `receipt` for the code. The goods are held as before; mend the cause and fulfil it again.",
  },
  publishable_limit: {
    status: 409,
    title: "A publishable key may not hold as much",
    remedy:
      "See `limits`. Nothing was held. Larger baskets are held by your own server with a storefront key.",
  },
  idempotency_key_missing: {
    status: 400,
    title: "The request needs an Idempotency-Key",
    remedy:
      "Send a new random key with each wish, and the same one with each repeat of it. Nothing was held.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The Idempotency-Key came before with another request",
    remedy: "Use a new key for a new request. Nothing was changed.",
  },
  invalid_rule: {
    status: 422,
    title: "The rule contradicts itself",
    remedy: "See `detail` and docs/availability.md. Nothing was changed; the rules before hold.",
  },
  promise_lost: {
    status: 409,
    title: "The way cannot be had any more",
    remedy: "Choose from `ways`, the best first, or say what is in `missing`. Nothing was held.",
  },
  explanation_differs: {
    status: 500,
    title: "The explanation does not come to the answer",
    remedy:
      "No explanation is better than a wrong one. See `explained` and `answered`, and GET /v1/reconciliation: a position that differs from the ledger is put right within minutes.",
  },
  not_the_writer: {
    status: 503,
    title: "Another server grants reservations",
    remedy:
      "Ask again in `Retry-After` seconds, at another server or this one, with the same Idempotency-Key: nothing is held twice.",
  },
  reservations_busy: {
    status: 503,
    title: "More reservations wait to become durable than this server takes",
    remedy: "Nothing was held. Send it again in `Retry-After` seconds with the same Idempotency-Key.",
  },
} as const satisfies Record<string, ProblemEntry>;
