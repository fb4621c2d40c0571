import type { ProductWords } from "../../domain/api/items.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { ProductStore } from "./product-store.ts";

/** A GTIN as a number to what people call the product. */
export type WordsOf = (gtin: number) => ProductWords;

/** The words of these products; one that is not in the product list has its GTIN alone. */
export async function loadProductWords(
  products: Pick<ProductStore, "findMany">,
  gtins: readonly number[],
): Promise<WordsOf> {
  const wanted = [...new Set(gtins)].filter((gtin) => gtin > 0);
  const known = new Map(
    (await products.findMany(wanted)).map((product) => [Number(product.gtin), product] as const),
  );
  return (gtin) => {
    const product = known.get(gtin);
    return {
      gtin: gtin === 0 ? "" : gtinFromNumber(gtin),
      name: product?.name ?? "",
      sku: product?.sku ?? "",
      category: product?.category ?? "",
      price: product?.price ?? null,
      currency: product?.currency ?? "",
      isKnown: product !== undefined,
    };
  };
}
