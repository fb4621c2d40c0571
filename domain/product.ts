import { z } from "zod";

export const PRODUCT_KINDS = ["merchandise", "non_merchandise"] as const;

/** Money is a decimal string, never a float. */
export const moneySchema = z
  .string()
  .regex(/^-?\d{1,12}(\.\d{1,6})?$/, "money is a decimal string such as 19.90");

/** A trade item. `gtin` on the wire is 14 digits; shorter GTINs are accepted where products are imported. */
export const productSchema = z.object({
  gtin: z.string().regex(/^\d{14}$/, "a GTIN has 14 digits"),
  sku: z.string().max(100).default(""),
  name: z.string().min(1).max(500),
  category: z.string().max(200).default(""),
  kind: z.enum(PRODUCT_KINDS).default("merchandise"),
  price: moneySchema.nullable().default(null),
  cost: moneySchema.nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("EUR"),
  isTagged: z.boolean().default(true),
});
export type Product = z.infer<typeof productSchema>;
