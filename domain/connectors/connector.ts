import { z } from "zod";
import { pageSchema } from "../api/paging.ts";
import { channelSchema } from "../channel.ts";
import { gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { fulfilmentMethodSchema } from "../reservations/reservation.ts";

export const MAX_CONNECTORS = 100;
/** Codes that one call may map. */
export const MAX_MAPPED_CODES = 5000;

/** Ids of connectors are part of order ids, terminals and topics. */
export const connectorIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,24}$/, "a connector's id has 1 to 24 characters of A-Z a-z 0-9 . _ -");
const placeSchema = z.object({ locationId: idSchema, method: fulfilmentMethodSchema });

/**
 * What is said of a connected shop. `secret` is what the platform signs with: an app's client secret, or the signature key of a
 * subscription. `notificationUrl`: the address as the platform calls it, which Square signs too. `locations`: their location ids → ours,
 * null for one whose messages are none of ours. `fulfilFrom`: where orders are fulfilled that name no place, the best first;
 * `deliveries`: the same for one way of delivery (Shopify: `code` of the shipping line). Orders placed before `since` are left alone.
 * `inventoryIs`: what they tell of stock is a `book` to compare with, or a `count` that our ledger is set to.
 */
const connectorFields = z.object({
  kind: z.enum(["shopify", "square"]),
  name: z.string().max(200).default(""),
  channel: channelSchema.default("web"),
  notificationUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .default(null),
  locations: z.record(z.string().min(1).max(100), idSchema.nullable()).default({}),
  fulfilFrom: z.array(placeSchema).max(20).default([]),
  deliveries: z.record(z.string().min(1).max(300), z.array(placeSchema).min(1).max(20)).default({}),
  since: instantSchema.optional(),
  inventoryIs: z.enum(["book", "count"]).default("book"),
});

type Checked = { kind: "shopify" | "square"; notificationUrl: string | null; inventoryIs: "book" | "count" };

function check(connector: Checked, context: z.RefinementCtx): void {
  if (connector.kind === "square" && connector.notificationUrl === null) {
    const message = "Square signs the address that it calls: say it as it stands in the subscription";
    context.addIssue({ code: "custom", path: ["notificationUrl"], message });
  }
  if (connector.kind === "shopify" && connector.inventoryIs === "count") {
    const message = "Shopify tells what is available, without what is ordered: that is no count";
    context.addIssue({ code: "custom", path: ["inventoryIs"], message });
  }
}

const secretSchema = z.string().min(8).max(500);
export const newConnectorSchema = connectorFields
  .extend({ connectorId: connectorIdSchema, secret: secretSchema })
  .superRefine(check);
/** Without `secret` it stays what it was. */
export const connectorChangeSchema = connectorFields
  .extend({ secret: secretSchema.optional() })
  .superRefine(check);
export type ConnectorChange = z.infer<typeof connectorChangeSchema>;

/** A connected shop, without its secret. `isSecretReadable` false: it was encrypted with another WEBHOOKS_KEY; set it anew. */
export const connectorSchema = connectorFields.extend({
  connectorId: z.string(),
  since: instantSchema,
  isSecretReadable: z.boolean(),
  /** Where the platform posts to, behind your server's name. */
  webhookPath: z.string(),
  createdAt: instantSchema,
  changedAt: instantSchema,
});
export type Connector = z.infer<typeof connectorSchema>;
export const connectorsSchema = z.object({ items: z.array(connectorSchema) });

/** `PUT /v1/connectors/{id}/items`: which products their codes stand for. */
export const itemMappingsSchema = z.object({
  items: z
    .array(z.object({ code: z.string().min(1).max(200), gtin: gtinDigitsSchema }))
    .min(1)
    .max(MAX_MAPPED_CODES),
});

/**
 * `waiting`: durable, and not taken yet. `done`. `ignored`: nothing is to be done. `stale`: something newer was taken before it.
 * `held`: a person has to see to it, then replay it. `discarded`: a person said that nothing is to be done.
 */
export const CONNECTOR_MESSAGE_STATUSES = [
  "waiting",
  "done",
  "ignored",
  "stale",
  "held",
  "discarded",
] as const;
export const connectorMessageStatusSchema = z.enum(CONNECTOR_MESSAGE_STATUSES);

/** What was found of an order before, for the messages of it that come later. */
export const orderProgressSchema = z.object({
  updatedAt: instantSchema,
  /** `sale`: a till of this location sold it. `order`: it is fulfilled by orders here. `before`: from before the connector. */
  kind: z.enum(["sale", "order", "before"]),
  locationId: z.string().nullable(),
  /** Units by line that were told to the ledger as sold, in so many events. */
  sold: z.record(z.string(), z.number().int()),
  sales: z.number().int(),
  /** Refunds whose goods are back. */
  refunds: z.array(z.string()),
});
export type OrderProgress = z.infer<typeof orderProgressSchema>;

/**
 * A message of a platform. `subject`: what it is about. `body`: what is kept of it, without anything of a person. `code` and `detail` say
 * why it is held, or why nothing was done; `unmatched` names codes that no product has.
 */
export const connectorMessageSchema = z.object({
  messageId: z.string(),
  connectorId: z.string(),
  topic: z.string(),
  subject: z.string(),
  status: connectorMessageStatusSchema,
  code: z.string().nullable(),
  detail: z.string().nullable(),
  unmatched: z.array(z.object({ code: z.string(), units: z.number().int(), locationId: z.string() })),
  receivedAt: instantSchema,
  changedAt: instantSchema,
  attempts: z.number().int(),
  body: z.unknown(),
  progress: orderProgressSchema.nullable(),
});
export type ConnectorMessage = z.infer<typeof connectorMessageSchema>;
export const connectorMessagesPageSchema = pageSchema(connectorMessageSchema);

/** What the platform is answered: it is durable here. */
export const takenMessageSchema = z.object({ messageId: z.string(), isDuplicate: z.boolean() });
