import { z } from "zod";

export const COUNT_STATES = ["open", "held", "applied", "rejected"] as const;
export type CountState = (typeof COUNT_STATES)[number];

/**
 * What became of a count, as it is written into the body of the event that ended or decided it, under `result`. Accuracy is
 * that of the book before the differences were applied. The lists have an entry for each product, GTINs as numbers.
 */
export const countResultSchema = z.object({
  state: z.enum(COUNT_STATES),
  /** Units that the book expected, those of them that were found, and all that were counted. */
  expected: z.number().int(),
  found: z.number().int(),
  counted: z.number().int(),
  /** Products compared, and those whose book was exactly right. */
  products: z.number().int(),
  exactProducts: z.number().int(),
  /** Share of products whose book was exactly right; null where nothing was compared. */
  exactAccuracy: z.number().nullable(),
  /** 1 − Σ abs(book − counted) ÷ Σ counted, at least 0; null where nothing was counted. */
  unitAccuracy: z.number().nullable(),
  missedItems: z.number().int(),
  newItems: z.number().int(),
  lines: z.object({
    gtins: z.array(z.number()),
    expected: z.array(z.number().int()),
    counted: z.array(z.number().int()),
    /** Items whose tags were captured, null for products that were counted by hand; counts of before it was kept have none. */
    itemsRead: z.array(z.number().int().nullable()).optional(),
  }),
});
export type CountResult = z.infer<typeof countResultSchema>;
