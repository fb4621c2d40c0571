import { z } from "zod";
import { COUNT_STATES } from "../events/count-result.ts";
import { idSchema } from "../identifiers.ts";
import { pageSchema } from "./paging.ts";

/** `expired`: nobody ended it within 24 hours, so it changes nothing. */
export const countStateSchema = z.enum([...COUNT_STATES, "expired"]);

/** A count session. What it found is null before it has ended. Accuracy is the book's before the differences were applied. */
export const countSchema = z.object({
  countId: z.string(),
  locationId: z.string(),
  state: countStateSchema,
  /** Null: the whole location, or all products. */
  zones: z.array(z.string()).nullable(),
  gtins: z.array(z.string()).nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Who started it: the topic after the location. */
  source: z.string(),
  /** Lines that were sent for it; reads of readers are not among them. */
  captured: z.number().int(),
  expected: z.number().int().nullable(),
  found: z.number().int().nullable(),
  counted: z.number().int().nullable(),
  products: z.number().int().nullable(),
  exactProducts: z.number().int().nullable(),
  exactAccuracy: z.number().nullable(),
  unitAccuracy: z.number().nullable(),
  missedItems: z.number().int().nullable(),
  newItems: z.number().int().nullable(),
});
export type Count = z.infer<typeof countSchema>;

export const countsPageSchema = pageSchema(countSchema);

/** One product of a count: `difference` is counted less expected. */
export const countLineSchema = z.object({
  gtin: z.string(),
  name: z.string(),
  expected: z.number().int(),
  counted: z.number().int(),
  difference: z.number().int(),
});
export type CountLine = z.infer<typeof countLineSchema>;

export const countDetailSchema = countSchema.extend({
  lines: z.array(countLineSchema),
  /** Lines that there are; `lines` has the largest differences of them. */
  totalLines: z.number().int(),
});

export const countDecisionSchema = z.object({
  locationId: idSchema,
  decision: z.enum(["accept", "reject"]),
  note: z.string().max(1000).optional(),
});
