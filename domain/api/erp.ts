import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { moneySchema } from "../product.ts";
import { pageSchema } from "./paging.ts";

/** The stock of a location in another system's books. `isNewest`: it is the one that is compared. */
export const erpBookSchema = z.object({
  source: z.string(),
  locationId: idSchema,
  bookId: z.string(),
  importedAt: instantSchema,
  asOfFirst: instantSchema,
  asOfLast: instantSchema,
  lines: z.number().int(),
  unmatched: z.number().int(),
  isNewest: z.boolean(),
});
export type ErpBook = z.infer<typeof erpBookSchema>;

export const erpBooksPageSchema = pageSchema(erpBookSchema);

/** `quantity`: both have it, in other numbers; `not_in_book`: we have units that the book does not name; `not_here`: we never had it. */
export const ERP_DIFFERENCE_KINDS = ["quantity", "not_in_book", "not_here"] as const;

/**
 * `difference` = `onHand` − `bookQuantity`, whole units as of `asOf`: above zero the store has more than the book says. `value` is the
 * difference at cost, null where the product has none.
 */
export const erpDifferenceSchema = z.object({
  source: z.string(),
  locationId: idSchema,
  gtin: z.string(),
  sku: z.string(),
  name: z.string(),
  kind: z.enum(ERP_DIFFERENCE_KINDS),
  bookQuantity: z.number().int(),
  onHand: z.number().int(),
  difference: z.number().int(),
  value: moneySchema.nullable(),
  currency: z.string(),
  asOf: instantSchema,
});
export type ErpDifference = z.infer<typeof erpDifferenceSchema>;

/** `GET /v1/erp/differences`, the largest first. `totals` are of all that fits the filters. */
export const erpDifferencesPageSchema = pageSchema(erpDifferenceSchema).extend({
  totals: z.object({ lines: z.number().int(), unitsMore: z.number().int(), unitsLess: z.number().int() }),
});

/** What both the list and the file may be filtered by. */
export const erpFilterSchema = z.object({
  source: z.string().min(1).max(64).optional(),
  location: idSchema.optional(),
  kind: z.enum(ERP_DIFFERENCE_KINDS).optional(),
  minUnits: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
export type ErpFilter = z.infer<typeof erpFilterSchema>;
