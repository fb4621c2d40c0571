import { z } from "zod";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import type { ImportOptions } from "../import-options.ts";
import { isNonMerchandise } from "../non-merchandise.ts";
import { PRODUCT_COLUMNS } from "../product-rows.ts";

const seedSchema = z.object({
  gtin: z.number(),
  code: z.string(),
  name: z.string(),
  currency: z.string(),
});

/** Products that the source's lines name and nobody knows, also of a run that was cut off. An invoice says nothing of tags or list prices. */
export async function createMissingProducts(
  db: Database,
  options: ImportOptions,
  nowMs: () => number,
): Promise<number> {
  const seeds = await db.query({
    name: "import/unknown-products",
    sql: loadQuery("import/unknown-products"),
    params: { source: options.source },
    row: seedSchema,
    maxSeconds: 600,
  });
  await db.insert({
    name: "import/create-products",
    table: "products",
    columns: [...PRODUCT_COLUMNS, "version"],
    rows: seeds.map(({ gtin, code, name, currency }) => {
      const kind = isNonMerchandise(code, options.nonMerchandise) ? "non_merchandise" : "merchandise";
      return [gtin, code, name === "" ? code : name, "", kind, null, null, currency, 0, 0, nowMs() * 1000];
    }),
  });
  return seeds.length;
}
