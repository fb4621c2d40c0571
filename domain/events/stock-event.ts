import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { moneySchema } from "../product.ts";
import { stockStateSchema } from "../stock-state.ts";
import {
  countDecidedSchema,
  countEndedSchema,
  countReadsSchema,
  countStartedSchema,
} from "./count-events.ts";
import { gtinDigitsSchema as gtinDigits, stockEventBase, stockLinesSchema } from "./event-base.ts";
import { stateChangeSchema } from "./state-change-event.ts";
import { expectedReceiptSchema, transferInSchema, transferOutSchema } from "./transfer-events.ts";

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

/**
 * What other systems and people say of stock at one location.
 * `receipt`: units came in (+); `reference` names the expected receipt that it settles. `adjustment`: a signed correction
 * by a person, with a note. `position`: the units on hand of a product by an imported book; the difference to what is known
 * becomes a movement. Transfers, changes of state and counts: see their own files.
 */
export const stockEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("receipt"),
    ...stockEventBase,
    reference: z.string().min(1).max(200).optional(),
    lines: stockLinesSchema,
  }),
  z.object({ type: z.literal("adjustment"), ...stockEventBase, lines: stockLinesSchema }),
  z.object({ type: z.literal("position"), ...stockEventBase, lines: stockLinesSchema }),
  transferOutSchema,
  transferInSchema,
  expectedReceiptSchema,
  stateChangeSchema,
  countStartedSchema,
  countReadsSchema,
  countEndedSchema,
  countDecidedSchema,
]);
export type StockEvent = z.infer<typeof stockEventSchema>;

/** A receipt, an adjustment or a position. */
export type UnitsEvent = Extract<StockEvent, { type: "receipt" | "adjustment" | "position" }>;
