import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { customerIdSchema } from "../customers/customer-id.ts";
import { idSchema, instantSchema } from "../identifiers.ts";

/**
 * What an offer is and who may have it. The conditions are the same in every channel; what it takes off a price is the till's or
 * the shop's business. `isOpen`: anybody may redeem it; else only who it was issued to, each issue once.
 */
export const offerBodySchema = z.object({
  label: z.string().trim().min(1).max(200),
  /** Where it is issued, unless an issue says otherwise. */
  channel: channelSchema,
  isOpen: z.boolean().default(false),
  validFrom: instantSchema,
  /** It ends at this instant; null: it does not. */
  validUntil: instantSchema.nullable().default(null),
  /** Of all persons and channels together; null: no limit. */
  maxRedemptions: z.number().int().min(1).max(4_000_000_000).nullable().default(null),
});
export type OfferBody = z.infer<typeof offerBodySchema>;

/** Redemptions by where the offer was issued and where it was redeemed. */
export const channelCountSchema = z.object({
  issuingChannel: z.string(),
  redeemingChannel: z.string(),
  redemptions: z.number().int(),
});

export const offerSchema = offerBodySchema.extend({
  offerId: idSchema,
  changedAt: instantSchema,
  changedBy: z.string(),
  issued: z.number().int(),
  redeemed: z.number().int(),
});
export type Offer = z.infer<typeof offerSchema>;

/** `GET /v1/offers/{offerId}`. */
export const offerDetailSchema = offerSchema.extend({ channels: z.array(channelCountSchema) });

/** What a shopper shows: letters, digits and hyphens; capitals make no difference. */
export const offerCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]{4,40}$/, "a code has 4 to 40 letters, digits and hyphens");

/** Body of `POST /v1/offers/{offerId}/issues`. Without a customer a code is made where none is given. */
export const issueWishSchema = z.object({
  issueId: idSchema,
  channel: channelSchema.optional(),
  customerId: customerIdSchema.optional(),
  code: offerCodeSchema.optional(),
});
export type IssueWish = z.infer<typeof issueWishSchema>;

export const issueSchema = z.object({
  offerId: idSchema,
  issueId: idSchema,
  channel: z.string(),
  customerId: customerIdSchema.nullable(),
  code: z.string().nullable(),
  issuedAt: instantSchema,
});
export type Issue = z.infer<typeof issueSchema>;

/** Body of `POST /v1/offers/{offerId}/redemptions`: who redeems where, by a code or as the customer it was issued to. */
export const redemptionWishSchema = z.object({
  redemptionId: idSchema,
  channel: channelSchema,
  code: offerCodeSchema.optional(),
  customerId: customerIdSchema.optional(),
  orderId: idSchema.optional(),
});
export type RedemptionWish = z.infer<typeof redemptionWishSchema>;

export const redemptionSchema = z.object({
  offerId: idSchema,
  redemptionId: idSchema,
  issueId: idSchema.nullable(),
  issuingChannel: z.string(),
  redeemingChannel: z.string(),
  customerId: customerIdSchema.nullable(),
  orderId: z.string().nullable(),
  redeemedAt: instantSchema,
});
export type Redemption = z.infer<typeof redemptionSchema>;

/** `GET /v1/offer-channels`: of all offers. `crossChannelShare`: redeemed elsewhere than issued ÷ all; null where there are none. */
export const offerChannelsSchema = z.object({
  items: z.array(channelCountSchema),
  redemptions: z.number().int(),
  crossChannelShare: z.number().nullable(),
});
