import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { stockStateSchema } from "../stock-state.ts";

/** A GTIN as systems write it; on the way in it is filled up to 14 digits and its check digit is verified. */
export const gtinDigitsSchema = z.string().regex(/^\d{8,14}$/, "a GTIN has 8 to 14 digits");

/** An EPC as hex of the whole code word, or as a pure-identity, tag or raw URI. */
export const epcTextSchema = z.string().max(200);

/** What every stock event says of itself. `eventId` makes a repeat harmless; `occurredAt` is when it happened. */
export const stockEventBase = {
  eventId: z.string().min(1).max(200),
  locationId: idSchema.optional(),
  occurredAt: instantSchema,
  note: z.string().max(1000).optional(),
  operatorId: z.string().max(200).optional(),
};

/** Units of one product; `epcs` may name some of them. */
export const stockLineSchema = z.object({
  gtin: gtinDigitsSchema,
  quantity: z.number().int(),
  state: stockStateSchema.default("sellable"),
  epcs: z.array(epcTextSchema).max(10_000).optional(),
});
export type StockLine = z.infer<typeof stockLineSchema>;

export const stockLinesSchema = z.array(stockLineSchema).min(1).max(5000);
