import { matchesEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { newDelivery, type WebhookEvent } from "./new-delivery.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** Tells what is handed in, under ids that are the same when it is handed in again. Durable when it resolves. */
export type TellWebhooks = (events: readonly WebhookEvent[]) => Promise<void>;

/**
 * Customers change rarely, and what is written of them goes when they are erased: so they are told as they change, not read from a
 * log. They have no product, place or channel: a webhook that asks for some of these is not told.
 */
export function createTellWebhooks(deps: {
  webhooks: WebhookStore;
  queue: DeliveryQueue;
  isReady(): Promise<boolean>;
}): TellWebhooks {
  return async (events) => {
    if (!(await deps.isReady())) return;
    await deps.queue.accept(
      deps.webhooks
        .all()
        .filter(takesAll)
        .flatMap(({ webhookId, eventTypes }) =>
          events
            .filter(({ type }) => eventTypes.some((pattern) => matchesEventType(pattern, type)))
            .map((event) => newDelivery(webhookId, event)),
        ),
    );
  };
}

function takesAll({ isEnabled, filter }: WebhookRecord): boolean {
  const { gtins, locations, channel } = filter;
  return isEnabled && gtins === undefined && locations === undefined && channel === undefined;
}
