import type { ProblemEntry } from "./problem-entry.ts";

/** Of connected shops, and of what they post. */
export const CONNECTOR_PROBLEMS = {
  connector_not_found: {
    status: 404,
    title: "There is no such connector",
    remedy: "Check the id in the address. GET /v1/connectors lists them. Nothing was taken in.",
  },
  connector_exists: {
    status: 409,
    title: "There is a connector with this id already",
    remedy: "Change it with PUT, or choose another id. Nothing was changed.",
  },
  connector_kind: {
    status: 409,
    title: "A connector stays of its platform",
    remedy: "Create another connector for the other platform. Nothing was changed.",
  },
  too_many_connectors: {
    status: 409,
    title: "There are as many connectors as can be",
    remedy: "Delete one that is not used. Nothing was changed.",
  },
  connector_secret_unreadable: {
    status: 503,
    title: "The connector's secret cannot be read",
    remedy:
      "WEBHOOKS_KEY is another one than when it was saved: give it back, or PUT the connector with its `secret`. Nothing was taken in; the platform sends it again.",
  },
  webhook_signature_wrong: {
    status: 401,
    title: "The platform did not sign this",
    remedy:
      "Check the connector's secret and, for Square, `notificationUrl`, which must be the address letter by letter. Nothing was stored.",
  },
  message_not_found: {
    status: 404,
    title: "There is no such message of this shop",
    remedy: "Check its id. Messages are kept for 400 days.",
  },
  message_state: {
    status: 409,
    title: "The message is not in a state for this",
    remedy: "See `state`: what is done or waits is not taken again. Nothing was changed.",
  },
} as const satisfies Record<string, ProblemEntry>;
