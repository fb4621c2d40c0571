import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/** Of the newest orders so many are named; the sums are of all. */
export const MAX_NAMED_PURCHASES = 200;

/** Amounts as decimal texts, after discounts; `returns` is what came back, positive. */
const amountsSchema = z.object({ sales: z.string(), returns: z.string(), net: z.string() });

/** Answer to `GET /v1/customers/{customerId}/purchases`: what a person bought in all channels, and what came back. */
export const customerPurchasesSchema = z.object({
  /** One a currency: amounts of two are never added. `net`: historic lifetime value. */
  values: z.array(
    amountsSchema.extend({
      currency: z.string(),
      orders: z.number().int(),
      channels: z.array(z.string()),
      firstAt: instantSchema.nullable(),
      lastAt: instantSchema.nullable(),
    }),
  ),
  /** The newest first. `isHere`: an order that was placed here, which `GET /v1/orders/{orderId}` has; else of the imported history. */
  orders: z.array(
    amountsSchema.extend({
      source: z.string(),
      orderId: z.string(),
      isHere: z.boolean(),
      channel: z.string(),
      methods: z.array(z.string()),
      locationIds: z.array(z.string()),
      currency: z.string(),
      units: z.number().int(),
      unitsBack: z.number().int(),
      orderedAt: instantSchema,
    }),
  ),
});
export type CustomerPurchases = z.infer<typeof customerPurchasesSchema>;
