/** Products (numbers of GTIN-14s) and mapped foreign tags (their keys) that were not known before. */
export type NewlyKnown = { gtins: readonly number[]; tags: readonly string[] };

/** More are not named one by one: all that is known is looked through. They travel as parameters of a query. */
const MAX_NAMED = 1000;

type Known = { products: ReadonlySet<number>; tags: ReadonlyMap<string, number> };

/** What `after` knows and `before` did not, or knew otherwise; null where that is too much to name. */
export function newlyKnown(before: Known, after: Known): NewlyKnown | null {
  const gtins: number[] = [];
  for (const gtin of after.products) {
    if (before.products.has(gtin)) continue;
    if (gtins.push(gtin) > MAX_NAMED) return null;
  }
  const tags: string[] = [];
  for (const [tag, gtin] of after.tags) {
    if (before.tags.get(tag) === gtin) continue;
    if (tags.push(tag) > MAX_NAMED) return null;
  }
  return { gtins, tags };
}
