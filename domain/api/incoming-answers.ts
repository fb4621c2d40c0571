import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/**
 * Units of one product that are to come to a location, whole units. `reference` names the delivery or the transfer. Of a transfer
 * `expectedAt` is when it was shipped, and the usual time of transit. `countsUntil`: from then on it is too late and counts no more.
 */
export const incomingSupplySchema = z.object({
  locationId: z.string(),
  gtin: z.string(),
  kind: z.enum(["receipt", "transfer"]),
  reference: z.string(),
  from: z.string().nullable(),
  expectedAt: instantSchema,
  countsUntil: instantSchema,
  isLate: z.boolean(),
  announced: z.number().int(),
  arrived: z.number().int(),
  quantity: z.number().int(),
});

/** `GET /v1/incoming`: the earliest first, at most 1,000; `total` counts all that match. */
export const incomingAnswerSchema = z.object({
  asOf: instantSchema,
  total: z.number().int(),
  items: z.array(incomingSupplySchema),
});

/**
 * `GET /v1/availability/schedule`. Days are the location's own. `onHand` is the sellable stock at the end of the day if all
 * comes as announced; `withheld` are safety stock and other channels' allocations as they hold when the day begins (today: now);
 * `available` = max(0, the least `onHand` from this day to the end of the horizon − `withheld`).
 */
export const scheduleAnswerSchema = z.object({
  asOf: instantSchema,
  gtin: z.string(),
  locationId: z.string(),
  channel: z.string(),
  timeZone: z.string(),
  sellable: z.number().int(),
  reserved: z.number().int(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      supply: z.number().int(),
      demand: z.number().int(),
      onHand: z.number().int(),
      withheld: z.number().int(),
      available: z.number().int(),
    }),
  ),
});
