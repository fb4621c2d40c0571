import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { moneySchema } from "../product.ts";
import { stockStateSchema } from "../stock-state.ts";

const gtinDigits = z.string().regex(/^\d{8,14}$/, "a GTIN has 8 to 14 digits");
const currencySchema = z.string().regex(/^[A-Z]{3}$/);

/** One line of a till's sale or return. `gtin14` is accepted for `gtin`. `epc` is hex or a pure-identity or tag URI. */
export const tillLineSchema = z.object({
  lineNo: z.number().int().positive(),
  type: z.enum(["sale", "return"]).optional(),
  gtin: gtinDigits.optional(),
  gtin14: gtinDigits.optional(),
  epc: z.string().max(200).nullable().optional(),
  quantity: z.number().int().positive().max(100_000),
  unitPrice: moneySchema.optional(),
  currency: currencySchema.optional(),
  original: z
    .object({
      storeId: z.string().optional(),
      transactionId: z.string(),
      lineNo: z.number().int().optional(),
    })
    .optional(),
  restock: z.boolean().optional(),
  reason: z.string().max(200).optional(),
  state: stockStateSchema.optional(),
  reservationId: z.string().max(100).optional(),
  orderId: z.string().max(100).optional(),
});

/** A till's message: sale, return or void. `storeId` is accepted for `locationId`; the topic's location must match. */
export const tillEventSchema = z.object({
  schema: z.string().optional(),
  eventId: z.string().min(1).max(200).optional(),
  type: z.enum(["sale", "return", "exchange", "void"]),
  locationId: z.string().max(64).optional(),
  storeId: z.string().max(64).optional(),
  terminalId: z.string().max(64),
  transactionId: z.string().min(1).max(200),
  sequence: z.number().int().optional(),
  businessDate: z.string().optional(),
  occurredAt: instantSchema,
  operatorId: z.string().optional(),
  training: z.boolean().optional(),
  lines: z.array(tillLineSchema).max(1000).optional(),
  voids: z.object({ transactionId: z.string(), lineNos: z.array(z.number().int()).optional() }).optional(),
});
export type TillEvent = z.infer<typeof tillEventSchema>;

const stockLineSchema = z.object({
  gtin: gtinDigits,
  quantity: z.number().int(),
  state: stockStateSchema.default("sellable"),
  epcs: z.array(z.string().max(200)).max(10_000).optional(),
});

const stockEventBase = {
  eventId: z.string().min(1).max(200),
  locationId: idSchema.optional(),
  occurredAt: instantSchema,
  note: z.string().max(1000).optional(),
  operatorId: z.string().max(200).optional(),
};

/**
 * What other systems and people say of stock at one location.
 * `receipt`: units came in (+). `adjustment`: a signed correction by a person, with a note.
 * `position`: the units on hand of a product by an imported book; the difference to what is known becomes a movement.
 */
export const stockEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("receipt"),
    ...stockEventBase,
    lines: z.array(stockLineSchema).min(1).max(5000),
  }),
  z.object({
    type: z.literal("adjustment"),
    ...stockEventBase,
    lines: z.array(stockLineSchema).min(1).max(5000),
  }),
  z.object({
    type: z.literal("position"),
    ...stockEventBase,
    lines: z.array(stockLineSchema).min(1).max(5000),
  }),
]);
export type StockEvent = z.infer<typeof stockEventSchema>;
