import { matchesEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { newDelivery, type WebhookEvent } from "./new-delivery.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** What filters of webhooks ask for; an event without one of these is not told to those who filter by it. */
export type ToldEvent = WebhookEvent & {
  locationId?: string;
  channel?: string | null;
  gtins?: readonly string[];
};

/** Tells what is handed in, under ids that are the same when it is handed in again. Durable when it resolves. */
export type TellWebhooks = (events: readonly ToldEvent[]) => Promise<void>;

/**
 * For what changes rarely: it is told as it changes, not read from a log. Customers go when they are erased, and have no product,
 * place or channel: a webhook that asks for some of these is not told of them.
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
        .flatMap((webhook) =>
          events
            .filter((event) => isWanted(webhook, event))
            .map(({ locationId: _location, channel: _channel, gtins: _gtins, ...event }) =>
              newDelivery(webhook.webhookId, event),
            ),
        ),
    );
  };
}

function isWanted({ isEnabled, eventTypes, filter }: WebhookRecord, event: ToldEvent): boolean {
  if (!isEnabled || !eventTypes.some((pattern) => matchesEventType(pattern, event.type))) return false;
  const { gtins, locations, channel } = filter;
  return (
    (gtins === undefined || event.gtins?.some((gtin) => gtins.includes(gtin)) === true) &&
    (locations === undefined || locations.includes(event.locationId ?? "")) &&
    (channel === undefined || event.channel === channel)
  );
}
