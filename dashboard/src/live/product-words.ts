import type { Product } from "../../../domain/product.ts";

/** What the pages need of products: their words, how they sort, and which match a search. */
export type ProductWords = {
  get(gtin: string): Product | undefined;
  /** Place of the product in the order of names; products without a name come last, by GTIN. */
  rank(gtin: string): number;
  /** The GTINs whose name, SKU, category or GTIN contain all words of `search`; null = every one does. */
  matching(search: string, gtins: Iterable<string>): Set<string> | null;
  size: number;
};

/** Sorts and indexes the products once, so that a hundred thousand rows need only compare numbers. */
export function createProductWords(products: readonly Product[]): ProductWords {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const sorted = products.toSorted((a, b) => collator.compare(a.name, b.name));
  const byGtin = new Map(sorted.map((product) => [product.gtin, product]));
  const ranks = new Map(sorted.map((product, index) => [product.gtin, index]));
  const texts = new Map(
    sorted.map((each) => [each.gtin, fold(`${each.name} ${each.sku} ${each.category} ${each.gtin}`)]),
  );
  return {
    get: (gtin) => byGtin.get(gtin),
    rank: (gtin) => ranks.get(gtin) ?? sorted.length + Number(gtin),
    size: sorted.length,
    matching(search, gtins) {
      const words = fold(search).split(" ").filter(Boolean);
      if (words.length === 0) return null;
      const found = new Set<string>();
      for (const gtin of gtins) {
        const text = texts.get(gtin) ?? gtin;
        if (words.every((word) => text.includes(word))) found.add(gtin);
      }
      return found;
    },
  };
}

/** Lower case without accents, so that `zelt` finds `Zélt`. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
