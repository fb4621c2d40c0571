import type { Logger } from "pino";
import type { WebhookDelivery } from "../../domain/webhooks/webhook.ts";
import type { ServerConfig } from "../server-config.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import { type PostOutcome, postWebhook } from "./post-webhook.ts";
import { nextAttemptAtMs } from "./retry-schedule.ts";
import { signWebhook } from "./webhook-signature.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** Attempts at once: of one webhook, and of all. */
const MOST_OF_ONE = 4;
const MOST_OF_ALL = 32;
const HOUR_MS = 3_600_000;

export type DeliveryQueue = ReturnType<typeof createDeliveryQueue>;

/**
 * What is on its way, durable before it is first tried. Deliveries of one webhook go out oldest first but several at once, and
 * one that is tried again lets others pass: so their order is not kept. What became of an attempt is stored within a tick; a
 * stop in between repeats it, under the same id.
 */
export function createDeliveryQueue(deps: {
  store: DeliveryStore;
  webhooks: WebhookStore;
  config: ServerConfig["webhooks"];
  userAgent: string;
  logger: Logger;
  nowMs(): number;
  onDisabled(record: WebhookRecord, reason: "failing" | "gone"): Promise<void>;
}) {
  const { store, webhooks, config, logger } = deps;
  const waiting = new Map<string, WebhookDelivery>();
  const perWebhook = new Map<string, number>();
  const inFlight = new Map<string, Promise<void>>();
  const flying = new Map<string, number>();
  /** States that are not stored yet. */
  let unsaved: WebhookDelivery[] = [];
  const counts = { delivered: 0, retried: 0, failed: 0 };
  let isStopped = false;

  const count = (counter: Map<string, number>, key: string, by: number) => {
    counter.set(key, Math.max(0, (counter.get(key) ?? 0) + by));
  };

  function enqueue(delivery: WebhookDelivery): void {
    if (!waiting.has(delivery.deliveryId)) count(perWebhook, delivery.webhookId, 1);
    waiting.set(delivery.deliveryId, delivery);
  }

  function leave(delivery: WebhookDelivery): void {
    if (waiting.delete(delivery.deliveryId)) count(perWebhook, delivery.webhookId, -1);
  }

  async function attempt(delivery: WebhookDelivery, webhook: WebhookRecord, secret: string): Promise<void> {
    const startedMs = deps.nowMs();
    const timestamp = Math.floor(startedMs / 1000);
    const { deliveryId: id, body } = delivery;
    const secrets = webhook.oldSecretUntilMs > startedMs ? [secret, webhook.oldSecret] : [secret];
    const outcome = await postWebhook({
      url: webhook.url,
      body,
      timeoutMs: config.timeoutSeconds * 1000,
      allowPrivate: config.allowPrivate,
      headers: {
        "content-type": "application/json",
        "user-agent": deps.userAgent,
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signWebhook(secrets, { id, timestamp, body }),
      },
    });
    settle(delivery, outcome, startedMs);
    await noteHealth(webhook, outcome);
  }

  function settle(before: WebhookDelivery, outcome: PostOutcome, startedMs: number): void {
    const nowMs = deps.nowMs();
    const attempts = before.attempts + 1;
    const nextMs = outcome.isSuccess ? null : nextMsOf({ ...before, attempts }, nowMs, outcome);
    const status = outcome.isSuccess ? "delivered" : nextMs === null ? "failed" : "pending";
    const delivery: WebhookDelivery = {
      ...before,
      status,
      attempts,
      lastAttemptAt: new Date(startedMs).toISOString(),
      nextAttemptAt: nextMs === null ? null : new Date(nextMs).toISOString(),
      responseCode: outcome.status,
      error: outcome.error,
      durationMs: Math.max(0, nowMs - startedMs),
    };
    counts[status === "pending" ? "retried" : status] += 1;
    if (status === "pending") waiting.set(delivery.deliveryId, delivery);
    else leave(delivery);
    unsaved.push(delivery);
  }

  function nextMsOf(delivery: WebhookDelivery, nowMs: number, outcome: PostOutcome): number | null {
    const created = { createdAtMs: Date.parse(delivery.createdAt), attempts: delivery.attempts };
    const giveUpAfterMs = config.giveUpAfterHours * HOUR_MS;
    const ownMs = nextAttemptAtMs(created, nowMs, Math.random(), {
      firstMs: config.firstRetryMs,
      giveUpAfterMs,
    });
    if (ownMs === null || outcome.retryAfterSeconds === null) return ownMs;
    const askedMs = Math.max(ownMs, nowMs + outcome.retryAfterSeconds * 1000);
    return askedMs > created.createdAtMs + giveUpAfterMs ? null : askedMs;
  }

  /** A webhook that takes nothing for days, or says that it is gone, is not bothered any more. */
  async function noteHealth({ webhookId }: WebhookRecord, outcome: PostOutcome): Promise<void> {
    const webhook = webhooks.get(webhookId);
    if (webhook === null) return;
    const nowMs = deps.nowMs();
    if (outcome.isSuccess) {
      if (webhook.failingSince !== null) await webhooks.save({ ...webhook, failingSince: null });
      return;
    }
    const failingSince = webhook.failingSince ?? new Date(nowMs).toISOString();
    const isTooLong = nowMs - Date.parse(failingSince) >= config.disableAfterHours * HOUR_MS;
    if (webhook.isEnabled && (outcome.status === 410 || isTooLong)) {
      const reason = outcome.status === 410 ? "gone" : "failing";
      await deps.onDisabled({ ...webhook, failingSince, isEnabled: false, disabledReason: reason }, reason);
    } else if (webhook.failingSince === null) {
      await webhooks.save({ ...webhook, failingSince });
    }
  }

  function begin(delivery: WebhookDelivery, webhook: WebhookRecord, secret: string): void {
    count(flying, webhook.webhookId, 1);
    const work = attempt(delivery, webhook, secret)
      .catch((error: unknown) => {
        logger.error(
          { err: error, webhookId: webhook.webhookId },
          "what became of a webhook could not be noted",
        );
      })
      .finally(() => {
        inFlight.delete(delivery.deliveryId);
        count(flying, webhook.webhookId, -1);
      });
    inFlight.set(delivery.deliveryId, work);
  }

  async function flush(): Promise<void> {
    const states = unsaved;
    unsaved = [];
    try {
      await store.save(states);
    } catch (error) {
      unsaved = [...states, ...unsaved];
      throw error;
    }
  }

  return {
    counts: (): Readonly<typeof counts> => counts,
    size: () => waiting.size,
    sizeOf: (webhookId: string) => perWebhook.get(webhookId) ?? 0,

    /** Durable when it resolves. The same delivery again starts over. */
    async accept(deliveries: readonly WebhookDelivery[]): Promise<void> {
      await store.save(deliveries);
      for (const delivery of deliveries) enqueue(delivery);
    },

    /** Forgets what waits for a webhook that is no more. */
    drop(webhookId: string): void {
      for (const delivery of waiting.values()) if (delivery.webhookId === webhookId) leave(delivery);
    },

    /** What is under way goes on. */
    clear(): void {
      waiting.clear();
      perWebhook.clear();
    },
    async load(): Promise<void> {
      for (const delivery of await store.pending()) enqueue(delivery);
    },

    /** Starts what is due, and stores what became of what was started before. */
    async tick(): Promise<void> {
      if (unsaved.length > 0) await flush();
      if (isStopped) return;
      const nowMs = deps.nowMs();
      for (const delivery of waiting.values()) {
        if (inFlight.size >= MOST_OF_ALL) return;
        const webhook = webhooks.get(delivery.webhookId);
        if (webhook === null || webhook.secret === null || !webhook.isEnabled) continue;
        if (inFlight.has(delivery.deliveryId) || (flying.get(webhook.webhookId) ?? 0) >= MOST_OF_ONE)
          continue;
        if (delivery.nextAttemptAt !== null && Date.parse(delivery.nextAttemptAt) > nowMs) continue;
        begin(delivery, webhook, webhook.secret);
      }
    },

    /** Waits for attempts under way, then stores what became of them. */
    async stop(): Promise<void> {
      isStopped = true;
      await Promise.allSettled(inFlight.values());
      if (unsaved.length > 0) await flush();
    },
  };
}
