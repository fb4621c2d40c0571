import type { WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { WebhookEvent } from "../webhooks/new-delivery.ts";
import type { CustomerRow } from "./customer-rows.ts";
import type { KnownCustomers } from "./customer-store.ts";

/** What is told of each kind of row; null for what concerns nobody outside. */
const TYPES = {
  created: "customer.created",
  merged: "customer.merged",
  unmerged: "customer.unmerged",
  consented: "customer.consented",
  erased: "customer.erased",
  identified: null,
  moved: null,
  contacted: null,
} as const satisfies Record<CustomerRow["kind"], WebhookEventType | null>;

/**
 * What webhooks are told of rows that were written: opaque ids alone, so that nothing of a person stays in what is kept of
 * deliveries. A merge stands in two rows and is told once.
 */
export function toWebhookEvents(
  { graph }: Pick<KnownCustomers, "graph">,
  rows: readonly CustomerRow[],
): WebhookEvent[] {
  const events = new Map<string, WebhookEvent>();
  for (const { kind, customer_id, merge_id, at, person_id } of rows) {
    const type = TYPES[kind];
    if (type === null) continue;
    const isErased = kind === "erased";
    const what = merge_id === "" ? (isErased ? person_id : customer_id) : merge_id;
    const eventId = `${type} ${what}${kind === "consented" ? ` ${at}` : ""}`;
    if (events.has(eventId)) continue;
    const recordIds = isErased
      ? rows.filter((row) => row.kind === kind && row.person_id === person_id).map((row) => row.customer_id)
      : graph.recordsOf(customer_id);
    const data = {
      customerId: person_id,
      recordIds,
      ...(merge_id === "" ? {} : { mergeId: merge_id }),
    };
    events.set(eventId, { eventId, type, at, data });
  }
  return [...events.values()];
}
