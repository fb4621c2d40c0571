import { z } from "zod";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { type Product, productSchema } from "../../domain/product.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const COLUMNS = [
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
  "version",
];

const productRowSchema = z
  .object({
    gtin: z.number(),
    sku: z.string(),
    name: z.string(),
    category: z.string(),
    kind: z.string(),
    price: z.string().nullable(),
    cost: z.string().nullable(),
    currency: z.string(),
    is_tagged: z.number(),
  })
  .transform((row) =>
    productSchema.parse({
      gtin: gtinFromNumber(row.gtin),
      sku: row.sku,
      name: row.name,
      category: row.category,
      kind: row.kind,
      price: withCents(row.price),
      cost: withCents(row.cost),
      currency: row.currency,
      isTagged: row.is_tagged === 1,
    }),
  );

export type ProductStore = ReturnType<typeof createProductStore>;

/** Trade items in the table `products`. */
export function createProductStore(deps: { db: Database; nextVersion(): number }) {
  return {
    /** Up to `limit` + 1 products after a GTIN (as a number). */
    list: (page: { after: number; query: string; limit: number }): Promise<Product[]> =>
      deps.db.query({
        name: "products/list",
        sql: loadQuery("server/list-products"),
        params: { after: page.after, query: page.query, page_rows: page.limit + 1 },
        row: productRowSchema,
      }),

    /** Those of the GTINs (numbers) that are known, in any order. */
    async findMany(gtins: readonly number[]): Promise<Product[]> {
      if (gtins.length === 0) return [];
      return await deps.db.query({
        name: "products/some",
        sql: loadQuery("server/some-products"),
        params: { gtins },
        row: productRowSchema,
      });
    },

    async save(product: Product): Promise<void> {
      await deps.db.insert({
        name: "products/save",
        table: "products",
        columns: COLUMNS,
        rows: [
          [
            Number(product.gtin),
            product.sku,
            product.name,
            product.category,
            product.kind,
            product.price,
            product.cost,
            product.currency,
            product.isTagged,
            0,
            deps.nextVersion(),
          ],
        ],
      });
    },
  };
}

/** ClickHouse drops trailing zeros of decimals; money keeps at least two. */
export function withCents(amount: string | null): string | null {
  if (amount === null) return null;
  const [whole = "0", fraction = ""] = amount.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}
