import type { ItemDifference, PositionDifference } from "../../domain/api/tracking-replays.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { ItemState } from "../../domain/ledger/ledger-event.ts";
import type { PositionLine, StockBook } from "../../domain/tracking/stock-book.ts";

/** What is believed of items and positions: by a book, or by the ledger. */
export type Beliefs = {
  items(): AsyncIterable<readonly ItemState[]> | Iterable<readonly ItemState[]>;
  positions(): AsyncIterable<readonly PositionLine[]> | Iterable<readonly PositionLine[]>;
};

export type Differences = {
  items: { differing: number; examples: ItemDifference[] };
  positions: { differing: number; examples: PositionDifference[] };
};

/** A book as beliefs, in chunks of one. */
export function beliefsOf(book: StockBook): Beliefs {
  return {
    *items() {
      for (const item of book.items()) yield [item];
    },
    *positions() {
      for (const line of book.positions()) yield [line];
    },
  };
}

/** What `after` believes otherwise than `before`. `isOfInterest` says of which locations. */
export async function compareBeliefs(
  before: Beliefs,
  after: StockBook,
  isOfInterest: (locationId: string) => boolean,
  examples: number,
): Promise<Differences> {
  const items: Differences["items"] = { differing: 0, examples: [] };
  const found = (difference: ItemDifference) => {
    items.differing += 1;
    if (items.examples.length < examples) items.examples.push(difference);
  };
  const known = new Set<string>();
  for await (const chunk of before.items()) {
    for (const item of chunk) {
      known.add(item.epc);
      const other = after.item(item.epc);
      const isHere = isOfInterest(item.locationId) || (other !== null && isOfInterest(other.locationId));
      if (!isHere || isSameItem(item, other)) continue;
      const { epc, gtin } = item;
      found({
        epc,
        gtin: gtinText(gtin),
        before: placeOf(item),
        after: other === null ? null : placeOf(other),
      });
    }
  }
  for (const item of after.items()) {
    if (known.has(item.epc) || !isOfInterest(item.locationId)) continue;
    found({ epc: item.epc, gtin: gtinText(item.gtin), before: null, after: placeOf(item) });
  }
  return { items, positions: await comparePositions(before, after, isOfInterest, examples) };
}

async function comparePositions(
  before: Beliefs,
  after: StockBook,
  isOfInterest: (locationId: string) => boolean,
  examples: number,
): Promise<Differences["positions"]> {
  const positions: Differences["positions"] = { differing: 0, examples: [] };
  const compare = (line: Omit<PositionLine, "quantity">, was: number, is: number) => {
    if (was === is || !isOfInterest(line.locationId)) return;
    positions.differing += 1;
    if (positions.examples.length >= examples) return;
    const { locationId, gtin, state } = line;
    positions.examples.push({ locationId, gtin: gtinText(gtin), state, before: was, after: is });
  };
  const known = new Set<string>();
  for await (const chunk of before.positions()) {
    for (const line of chunk) {
      known.add(keyOf(line));
      compare(line, line.quantity, after.position(line.locationId, line.gtin)?.[line.state] ?? 0);
    }
  }
  for (const line of after.positions()) if (!known.has(keyOf(line))) compare(line, 0, line.quantity);
  return positions;
}

function keyOf({ locationId, gtin, state }: Omit<PositionLine, "quantity">): string {
  return `${locationId}/${gtin}/${state}`;
}

function placeOf({ locationId, zoneId, status, state }: ItemState): NonNullable<ItemDifference["before"]> {
  return { locationId, zoneId, status, state };
}

function isSameItem(a: ItemState, b: ItemState | null): boolean {
  if (b === null || a.status !== b.status || a.gtin !== b.gtin) return false;
  if (a.locationId !== b.locationId || a.state !== b.state) return false;
  // Where somebody carries a sold item is in no event.
  const isOnHand = a.status === "present" || a.status === "exiting";
  return !isOnHand || a.zoneId === b.zoneId;
}

function gtinText(gtin: number): string {
  return gtin === 0 ? "" : gtinFromNumber(gtin);
}
