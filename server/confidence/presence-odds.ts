import { atLeast, mostWith, tailOf } from "../../domain/confidence/distribution.ts";
import { unitsThere } from "../../domain/confidence/units-there.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { PresenceOdds } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import type { Books } from "./books.ts";
import type { Compositions } from "./compositions.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
/** Tagged products of which no item is there, by units: the same for all of them. */
const MAX_UNSEEN_TAILS = 2_000;

export type ProductKind = { category: string; isTagged: boolean };
const UNKNOWN_PRODUCT: ProductKind = { category: "", isTagged: false };

/** What the odds of a position are made of. `kinds` is by GTIN number; `seeing` are the locations whose readers see items. */
export type OddsSources = {
  projection: Pick<Projection, "table">;
  compositions: Compositions;
  books: Books;
  kinds: ReadonlyMap<number, ProductKind>;
  seeing: ReadonlyMap<string, unknown>;
  isLoaded(): boolean;
};

/** A position's P(at least k sellable units are there), for k from 0 on. */
export type TailOfRow = (row: number, locationId: string, gtin: number, atMs: number) => Float64Array;

/**
 * Answers from memory, worked out once for all positions that are alike: by their items where readers see them, else by their book.
 * Until everything is loaded nothing is known: no probability, and no unit that is there with one.
 */
export function createPresenceOdds(sources: OddsSources): PresenceOdds & { tailAt: TailOfRow } {
  const { projection, compositions, books, kinds, seeing } = sources;
  const unseen = new Map<number, Float64Array>();

  function unseenTail(units: number): Float64Array {
    let tail = unseen.get(units);
    if (tail === undefined) {
      tail = tailOf(unitsThere({ levels: [], counts: [], unidentified: units }));
      if (unseen.size >= MAX_UNSEEN_TAILS) unseen.clear();
      unseen.set(units, tail);
    }
    return tail;
  }

  const tailAt: TailOfRow = (row, locationId, gtin, atMs) => {
    const units = projection.table().quantityAt(row, SELLABLE);
    const byItems = compositions.tailAt(row, units);
    if (byItems !== null) return byItems;
    const kind = kinds.get(gtin) ?? UNKNOWN_PRODUCT;
    if (kind.isTagged && units > 0 && seeing.has(locationId)) return unseenTail(units);
    return books.tailAt(row, { locationId, category: kind.category }, units, atMs);
  };

  return {
    tailAt,
    atLeast(locationId, gtin, units, atMs) {
      const row = projection.table().find(locationId, gtin);
      if (row < 0 || !sources.isLoaded()) return null;
      return atLeast(tailAt(row, locationId, gtin, atMs), units);
    },
    unitsWith(locationId, gtin, probability, atMs) {
      const row = projection.table().find(locationId, gtin);
      if (row < 0 || !sources.isLoaded()) return 0;
      return mostWith(tailAt(row, locationId, gtin, atMs), probability);
    },
  };
}
