import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema } from "../identifiers.ts";

/** A store as its Business Profile names it: case-sensitive, and compared byte by byte. */
export const storeCodeSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u,
    "a store code has no control characters, and no spaces at its ends",
  );

const feedLocationSchema = z.object({ locationId: idSchema, storeCode: storeCodeSchema });

function isUnique(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

/**
 * Of the local inventory feed. `channel` and `confidence` are what a storefront would ask with, so that the feed says what the shop
 * says. `locations` null: all stores, each under its own id. `itemId`: what the primary product data has as `id`; a product without
 * an SKU of its own goes under its GTIN. Fewer units than `limitedBelow` are `limited_availability`. `pickupMethod` null: nothing is
 * said of pickup. `auditPassShare`: share of right rows from which a rehearsal passes; Google names none.
 */
export const feedSettingsSchema = z.object({
  channel: channelSchema.default("web"),
  confidence: z.number().gt(0).lt(1).nullable().default(null),
  locations: z
    .array(feedLocationSchema)
    .max(10_000)
    .refine((all) => isUnique(all.map((one) => one.locationId)), "a location is named twice")
    .refine((all) => isUnique(all.map((one) => one.storeCode)), "two locations have the same store code")
    .nullable()
    .default(null),
  itemId: z.enum(["sku", "gtin"]).default("sku"),
  limitedBelow: z.number().int().min(1).max(1_000).default(3),
  sendsDisplayToOrder: z.boolean().default(false),
  pickupMethod: z.enum(["buy", "reserve"]).nullable().default("reserve"),
  headerWords: z.enum(["spaces", "underscores"]).default("spaces"),
  auditPassShare: z.number().min(0).max(1).default(0.95),
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;
