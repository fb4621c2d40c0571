import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { customerIdSchema } from "./customer-id.ts";
import { IDENTIFIER_KINDS, identifierInputSchema } from "./identifier.ts";

/** What somebody agreed to, or refused, for one purpose, and where they said so. */
export const consentSchema = z.object({
  purpose: idSchema,
  isGranted: z.boolean(),
  source: channelSchema,
  at: instantSchema,
});

/** Body of `POST /v1/customers/{customerId}/consents`; `at` is now unless given. */
export const consentWishSchema = consentSchema.extend({ at: instantSchema.optional() });

/** How to reach a person. Kept encrypted, and only where there is a key to do it. */
export const contactSchema = z.object({
  name: z.string().trim().max(200).default(""),
  email: z.string().trim().max(320).default(""),
  phone: z.string().trim().max(50).default(""),
});
export type Contact = z.infer<typeof contactSchema>;

/** Body of `POST /v1/customers`. `customerId`: one that is known, to which the identifiers are added. */
export const customerWishSchema = z.object({
  customerId: customerIdSchema.optional(),
  identifiers: z.array(identifierInputSchema).min(1).max(10),
  consents: z.array(consentWishSchema).max(20).default([]),
});

/** Body of `POST /v1/customers/lookup`. */
export const customerLookupSchema = z.object({ identifier: identifierInputSchema });

/** Body of `POST /v1/customers/{customerId}/merges`. */
export const mergeWishSchema = z.object({ otherId: customerIdSchema, note: z.string().max(500).default("") });

/** `value` is null for who may not see it; `customerId` is the record that it was given to. */
export const identitySchema = z.object({
  kind: z.enum(IDENTIFIER_KINDS),
  source: z.string(),
  value: z.string().nullable(),
  customerId: customerIdSchema,
  at: instantSchema,
});

/** `undoneAt` null: in force. */
export const mergeSchema = z.object({
  mergeId: z.string(),
  customerId: customerIdSchema,
  otherId: customerIdSchema,
  cause: z.enum(["said", "identified_together"]),
  note: z.string(),
  mergedAt: instantSchema,
  undoneAt: instantSchema.nullable(),
});

/**
 * A person. `customerId` is the person's id, that of the oldest record; `recordIds` are all ids that lead to this person, it
 * among them. `contact` is null where there is none, or for who may not see it.
 */
export const customerSchema = z.object({
  customerId: customerIdSchema,
  recordIds: z.array(customerIdSchema),
  createdAt: instantSchema,
  identities: z.array(identitySchema),
  merges: z.array(mergeSchema),
  consents: z.array(consentSchema),
  contact: contactSchema.nullable(),
});
export type Customer = z.infer<typeof customerSchema>;

/** Answer to `DELETE /v1/customers/{customerId}`: by table how many rows told of the person, and do not any more. */
export const erasureSchema = z.object({
  customerId: customerIdSchema,
  recordIds: z.array(customerIdSchema),
  erasedAt: instantSchema,
  removed: z.record(z.string(), z.number().int()),
});
export type Erasure = z.infer<typeof erasureSchema>;

/** Answer to `GET /v1/customers/{customerId}/export`. */
export const customerExportSchema = z.object({
  exportedAt: instantSchema,
  customer: customerSchema,
  /** Each thing that was written of the person, by which key. */
  history: z.array(
    z.object({ at: instantSchema, what: z.string(), customerId: customerIdSchema, by: z.string() }),
  ),
  /** What imported sources said. */
  imported: z.array(
    z.object({
      source: z.string(),
      customerId: z.string(),
      country: z.string(),
      attributes: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Orders that were placed here, as they are now. */
  orders: z.array(z.record(z.string(), z.unknown())),
  /** Imported order lines. */
  orderLines: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  reservations: z.array(z.record(z.string(), z.unknown())),
  offers: z.array(
    z.object({
      offerId: z.string(),
      what: z.string(),
      id: z.string(),
      code: z.string(),
      issuingChannel: z.string(),
      redeemingChannel: z.string(),
      orderId: z.string(),
      at: instantSchema,
    }),
  ),
});
export type CustomerExport = z.infer<typeof customerExportSchema>;
