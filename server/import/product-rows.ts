import { z } from "zod";
import { readMoney } from "./read-values.ts";

/** Columns of `products` without the version, in the order of its rows here. */
export const PRODUCT_COLUMNS = [
  "gtin",
  "sku",
  "name",
  "category",
  "kind",
  "price",
  "cost",
  "currency",
  "is_tagged",
  "is_deleted",
] as const;

/** Money in the form that files are read into, so that equal amounts are equal texts. */
export const storedMoneySchema = z.string().transform((text) => {
  const money = readMoney(text);
  return money.ok ? money.value : text;
});

export const storedProductSchema = z.object({
  gtin: z.number(),
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  kind: z.string(),
  price: storedMoneySchema.nullable(),
  cost: storedMoneySchema.nullable(),
  currency: z.string(),
  is_tagged: z.number(),
  is_deleted: z.number(),
});
export type StoredProduct = z.infer<typeof storedProductSchema>;
