import { z } from "zod";

/** A page of a list. `nextCursor` is opaque; null on the last page. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** What every list takes: `query` searches ids and names, `cursor` is the last page's `nextCursor`. */
export const pageQuerySchema = z.object({
  query: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
