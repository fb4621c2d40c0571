import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { pageSchema } from "./paging.ts";

/** Where a code was met: at tills, in other stock events, by readers, in orders, in the books of other systems. */
export const UNMATCHED_SOURCES = ["sales", "stock", "reads", "orders", "erp"] as const;

/**
 * A code that no product has. `kind`: a GTIN that is not in the product list, a code of another system that is no SKU, or tags (the
 * first 32 bits of those alike) that name no product. `times`: lines, movements or reads; `units`: of reads different tags, else
 * units. `example`: the last event, tag, order or source it came with. `suggestion`: what puts it right.
 */
export const unmatchedSchema = z.object({
  seenIn: z.enum(UNMATCHED_SOURCES),
  kind: z.enum(["gtin", "code", "epc"]),
  code: z.string(),
  times: z.number().int(),
  units: z.number().int(),
  locations: z.array(z.string()),
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  example: z.string(),
  suggestion: z.enum(["import_product", "give_product_this_sku", "map_tags", "encode_tags", "ignore"]),
});
export type Unmatched = z.infer<typeof unmatchedSchema>;

/** `GET /v1/lists/unmatched`, what comes most often first. */
export const unmatchedPageSchema = pageSchema(unmatchedSchema).extend({ total: z.number().int() });
