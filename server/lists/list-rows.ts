import { z } from "zod";
import type { ProductWords } from "../../domain/api/items.ts";
import type { ListTotals } from "../../domain/api/lists.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { withCents } from "../master-data/product-store.ts";

/** What every list's rows end with: totals over all lines of the list, the same in each row. */
export const totalColumns = {
  total_lines: z.number(),
  total_units: z.number(),
  total_value: z.record(z.string(), z.string()),
};
export type TotalRow = { [Name in keyof typeof totalColumns]: z.output<(typeof totalColumns)[Name]> };

/** A product joined to a row; texts are empty and `is_known` is 0 where it is not in the product list. */
export const productColumns = {
  gtin: z.number(),
  name: z.string(),
  sku: z.string(),
  category: z.string(),
  price: z.string().nullable(),
  currency: z.string(),
  is_known: z.number(),
};
type ProductRow = { [Name in keyof typeof productColumns]: z.output<(typeof productColumns)[Name]> };

export function wordsOfRow(row: ProductRow): ProductWords {
  return {
    gtin: row.gtin === 0 ? "" : gtinFromNumber(row.gtin),
    name: row.name,
    sku: row.sku,
    category: row.category,
    price: withCents(row.price),
    currency: row.currency,
    isKnown: row.is_known === 1,
  };
}

/** A product without a price stands under the currency '' or with 0: it adds nothing. */
export function totalsOf(row: TotalRow | undefined): ListTotals {
  const value = Object.entries(row?.total_value ?? {})
    .map(([currency, amount]) => ({ currency, amount: withCents(amount) ?? "0.00" }))
    .filter(({ currency, amount }) => currency !== "" && Number(amount) !== 0);
  return { count: row?.total_lines ?? 0, units: row?.total_units ?? 0, value };
}
