import type { DeadLetterGroup } from "../../domain/api/dead-letters.ts";
import type { AttentionKind } from "../../domain/api/attention.ts";
import type { ListTotals } from "../../domain/api/lists.ts";
import type { ProductWords } from "../../domain/api/items.ts";
import { groupBy } from "../../domain/kpis/sale-line.ts";
import { withCents } from "../master-data/product-store.ts";
import type { CountRow, MissRow } from "./attention-store.ts";
import { byPlace, type Finding } from "./finding.ts";

/** A book that was right of fewer units than this when it was counted last is not to be trusted (I3). */
export const DRIFTING_BELOW = 0.95;

/** Messages that were not understood and nobody has dealt with: stock is missing what they say. `causes` are their codes. */
export function ofDeadLetters(groups: readonly DeadLetterGroup[]): Finding[] {
  const count = groups.reduce((sum, group) => sum + group.letters, 0);
  if (count === 0) return [];
  const codes = [...groupBy(groups, (group) => group.code)].map(([cause, of]) => ({
    cause,
    count: of.reduce((sum, group) => sum + group.letters, 0),
  }));
  return [
    {
      kind: "dead_letters",
      locationId: null,
      count,
      units: null,
      atStake: [],
      since: groups.map((group) => group.firstReceivedAt).sort()[0] ?? null,
      causes: codes.sort((one, other) => other.count - one.count),
    },
  ];
}

/** Shoppers who went without, and no order elsewhere came of it. */
export function ofMisses(rows: readonly MissRow[]): Finding[] {
  return [...groupBy(rows, (row) => row.location_id)].map(([locationId, here]) => ({
    kind: "misses_unsaved",
    locationId,
    count: here.reduce((sum, row) => sum + row.misses, 0),
    units: here.reduce((sum, row) => sum + row.units, 0),
    atStake: amountsOf(here.map(({ currency, amount }) => ({ currency, amount }))),
    since: here.map((row) => row.since).sort()[0] ?? null,
    causes: [],
  }));
}

/** Stores whose book was wrong of too many units when it was counted last: `count` products, and the error at cost. */
export function ofCounts(rows: readonly CountRow[]): Finding[] {
  return [...groupBy(rows, (row) => row.location_id)].flatMap(([locationId, here]) => {
    const counted = here.reduce((sum, row) => sum + row.counted_units, 0);
    const gross = here.reduce((sum, row) => sum + row.gross_units, 0);
    if (gross === 0 || (counted > 0 && 1 - gross / counted >= DRIFTING_BELOW)) return [];
    return [
      {
        kind: "stores_drifting",
        locationId,
        count: here.reduce((sum, row) => sum + row.wrong_products, 0),
        units: gross,
        atStake: amountsOf(here.map((row) => ({ currency: row.currency, amount: row.gross_cost }))),
        since: here[0]?.counted_at ?? null,
        causes: [],
      } as const,
    ];
  });
}

/** One line of a list of items, each a unit at its list price. */
export type ListedItem = { locationId: string; product: ProductWords; since: string };

/** A list of items by place; as one thing of no place where it is too long to be read whole, since its totals are known all the same. */
export function ofList(
  kind: Extract<AttentionKind, "ghosts" | "losses">,
  list: { items: readonly ListedItem[]; totals: ListTotals; hasMore: boolean },
): Finding[] {
  if (!list.hasMore) {
    return byPlace(
      kind,
      list.items.map(({ locationId, product, since }) => ({
        locationId,
        units: 1,
        currency: product.currency,
        amount: product.price,
        since,
      })),
    );
  }
  const { units, value } = list.totals;
  return [{ kind, locationId: null, count: units, units, atStake: [...value], since: null, causes: [] }];
}

function amountsOf(amounts: readonly { currency: string; amount: string }[]): Finding["atStake"] {
  return amounts
    .filter(({ currency, amount }) => currency !== "" && Number(amount) !== 0)
    .map(({ currency, amount }) => ({ currency, amount: withCents(amount) ?? amount }));
}
