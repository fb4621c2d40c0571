import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { stockStateSchema } from "../stock-state.ts";
import { epcTextSchema, gtinDigitsSchema, stockEventBase } from "./event-base.ts";

const countIdSchema = z.string().min(1).max(200);

/**
 * A count begins. Its scope is the location, or the named `zones`; with `gtins` only those products. From `startedAt`
 * (`occurredAt` when it is left out) every read in the scope is evidence of the count.
 */
export const countStartedSchema = z.object({
  type: z.literal("count_started"),
  ...stockEventBase,
  countId: countIdSchema,
  zones: z.array(idSchema).min(1).max(200).optional(),
  gtins: z.array(gtinDigitsSchema).min(1).max(50_000).optional(),
  startedAt: instantSchema.optional(),
});
export type CountStartedEvent = z.infer<typeof countStartedSchema>;

/** A tag that was read for the count. */
export const countedEpcSchema = z.object({
  epc: epcTextSchema,
  capturedAt: instantSchema,
  zoneId: idSchema.optional(),
});

/**
 * Units of a product that were counted by hand. Counted again (by a later `capturedAt`) the newer number stands; parts counted
 * in several zones are told apart by `zoneId` and added.
 */
export const countedQuantitySchema = z.object({
  gtin: gtinDigitsSchema,
  quantity: z.number().int().min(0).max(10_000_000),
  capturedAt: instantSchema,
  state: stockStateSchema.default("sellable"),
  zoneId: idSchema.optional(),
});

/** What was captured, in any number of events and in any order between the start and the end. */
export const countReadsSchema = z.object({
  type: z.literal("count_reads"),
  ...stockEventBase,
  countId: countIdSchema,
  epcs: z.array(countedEpcSchema).max(10_000).optional(),
  quantities: z.array(countedQuantitySchema).max(10_000).optional(),
});
export type CountReadsEvent = z.infer<typeof countReadsSchema>;

/** The count is over: its differences become movements, unless it found so little that a person must decide. */
export const countEndedSchema = z.object({
  type: z.literal("count_ended"),
  ...stockEventBase,
  countId: countIdSchema,
});
export type CountEndedEvent = z.infer<typeof countEndedSchema>;

/** What a person says of a count that was held. `reject` leaves stock as it is. */
export const countDecidedSchema = z.object({
  type: z.literal("count_decided"),
  ...stockEventBase,
  countId: countIdSchema,
  decision: z.enum(["accept", "reject"]),
});
export type CountDecidedEvent = z.infer<typeof countDecidedSchema>;

export type CountEvent = CountStartedEvent | CountReadsEvent | CountEndedEvent | CountDecidedEvent;
