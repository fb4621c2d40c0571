import { isIP } from "node:net";
import { parseGtin } from "../../domain/gtin.ts";
import {
  MAX_WEBHOOKS,
  type Webhook,
  type WebhookFilter,
  type WebhookWish,
} from "../../domain/webhooks/webhook.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import type { ServerConfig } from "../server-config.ts";
import { hasMoreThan } from "../stream/subscription-filter.ts";
import { type AvailabilityEvents, filterOf, wantsAvailability } from "./availability-events.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { isPublicAddress } from "./public-address.ts";
import type { ReservationEvents } from "./reservation-events.ts";
import { createWebhookSecret } from "./webhook-signature.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

export type Webhooks = ReturnType<typeof createWebhooksOfPeople>;

/** What people do with webhooks: each change is durable, and the sources of events know of it. Refusals are thrown. */
export function createWebhooksOfPeople(deps: {
  store: WebhookStore;
  queue: DeliveryQueue;
  availability: AvailabilityEvents;
  /** What tells of changes that are stored, each by its own place among them. */
  changes: readonly Pick<ReservationEvents, "follow" | "forget">[];
  projection: Projection;
  config: ServerConfig;
  /** Whether what is stored is known here, and this server is the one that sends. */
  isReady(): Promise<boolean>;
  newId(): string;
  nowMs(): number;
}) {
  const { store, queue, availability, changes, projection, config } = deps;

  /** Throws where what is stored is not known yet, or another server knows better. */
  async function checkReady(): Promise<void> {
    if (projection.isLoaded() && (await deps.isReady())) return;
    const detail = "Webhooks are read from ClickHouse, by the server that grants reservations.";
    throw new HttpProblem("not_ready", detail, {}, { "retry-after": "2" });
  }

  function checked(wish: WebhookWish): WebhookWish {
    if (!config.webhooks.allowPrivate) checkUrl(new URL(wish.url));
    const filter = withLongGtins(wish.filter);
    const limit = config.maxItemsPerQuery;
    const isTooLarge =
      wantsAvailability(wish) && hasMoreThan(projection.table(), filterOf({ filter }), limit);
    if (isTooLarge) {
      throw new HttpProblem(
        "too_many_items",
        `A webhook follows the availability of at most ${limit} positions: name products or locations.`,
        { limit },
      );
    }
    return { ...wish, filter };
  }

  return {
    async all(): Promise<WebhookRecord[]> {
      await checkReady();
      return store.all();
    },
    shown: (record: WebhookRecord): Webhook => {
      const { secret: _secret, oldSecret: _oldSecret, oldSecretUntilMs: _until, ...shown } = record;
      return { ...shown, pending: queue.sizeOf(record.webhookId) };
    },
    async get(webhookId: string): Promise<WebhookRecord> {
      await checkReady();
      const record = store.get(webhookId);
      if (record === null) throw new HttpProblem("webhook_not_found", `There is no webhook ${webhookId}.`);
      return record;
    },

    async create(wish: WebhookWish): Promise<{ record: WebhookRecord; secret: string }> {
      await checkReady();
      const wanted = checked(wish);
      if (store.all().length >= MAX_WEBHOOKS) {
        throw new HttpProblem("too_many_webhooks", `${MAX_WEBHOOKS} is the limit.`, { limit: MAX_WEBHOOKS });
      }
      const secret = createWebhookSecret();
      const now = new Date(deps.nowMs()).toISOString();
      const record = await store.save({
        ...wanted,
        webhookId: deps.newId(),
        disabledReason: wanted.isEnabled ? null : "by_person",
        failingSince: null,
        createdAt: now,
        changedAt: now,
        secret,
        oldSecret: "",
        oldSecretUntilMs: 0,
      });
      for (const each of changes) await each.follow(record);
      await availability.follow(record);
      return { record, secret };
    },

    async change(before: WebhookRecord, wish: WebhookWish): Promise<WebhookRecord> {
      const wanted = checked(wish);
      const isSame = wanted.isEnabled === before.isEnabled;
      const record = await store.save({
        ...before,
        ...wanted,
        disabledReason: wanted.isEnabled ? null : isSame ? before.disabledReason : "by_person",
        failingSince: wanted.isEnabled && !before.isEnabled ? null : before.failingSince,
      });
      const wasHearing = before.isEnabled && wantsAvailability(before) === wantsAvailability(record);
      const hasOtherFilter = JSON.stringify(before.filter) !== JSON.stringify(record.filter);
      if (record.isEnabled && (!before.isEnabled || hasOtherFilter))
        for (const each of changes) await each.follow(record);
      if (hasOtherFilter || !(wasHearing || wantsAvailability(before))) await availability.follow(record);
      return record;
    },

    async remove(record: WebhookRecord): Promise<void> {
      await store.remove(record);
      queue.drop(record.webhookId);
      availability.forget(record.webhookId);
      for (const each of changes) each.forget(record.webhookId);
    },

    async rotate(
      before: WebhookRecord,
      graceHours: number,
    ): Promise<{ record: WebhookRecord; secret: string }> {
      const secret = createWebhookSecret();
      const oldSecretUntilMs = deps.nowMs() + graceHours * 3_600_000;
      const record = await store.save({
        ...before,
        secret,
        oldSecret: before.secret ?? "",
        oldSecretUntilMs,
      });
      return { record, secret };
    },
  };
}

/** What can be seen to be wrong before anything is sent; the addresses of a name are judged at each attempt. */
function checkUrl(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const refused = (detail: string) => new HttpProblem("webhook_url_refused", detail);
  if (url.protocol !== "https:") throw refused("Only https keeps what is sent from others.");
  if (url.username !== "" || url.password !== "") throw refused("A name or password in it would be logged.");
  if (host === "localhost" || (isIP(host) !== 0 && !isPublicAddress(host))) {
    throw refused(`${host} is not on the public internet.`);
  }
}

function withLongGtins(filter: WebhookFilter): WebhookFilter {
  if (filter.gtins === undefined) return filter;
  const gtins = filter.gtins.map((text) => {
    const parsed = parseGtin(text);
    if (!parsed.ok) throw new HttpProblem("invalid_gtin", `${parsed.detail}.`, { gtins: [text] });
    return String(parsed.value);
  });
  return { ...filter, gtins };
}
