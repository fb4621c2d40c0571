import fc from "fast-check";
import { expect, it } from "vitest";
import type { ItemState, LedgerEvent } from "../ledger/ledger-event.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const gtin = 614141123452;
const epc = "3074257BF7194E4000001A85";
const minute = 60_000;
const locations = ["store-3", "store-4", "store-1", "store-2"] as const;
const ownerOf = (locationId: string): 0 | 1 => (locationId === "store-3" || locationId === "store-4" ? 0 : 1);

type Read = { locationId: string; atMs: number };
const isLong = process.env["ONHAND_LONG"] === "1";

/** One of the two takes its next reads, takes in what the other wrote, or is killed and starts anew from its ledger and its stored reads. */
type Step = { of: 0 | 1; does: "read" | "follow" | "restart"; times: number };

const tag = {
  identity: epc,
  gtin,
  zoneId: "floor",
  zoneKind: "sales_floor",
  rssiDbm: -41.5,
  near: null,
} as const;

/** As `ingest/load-shared-items` finds it: what went there is where they say, as far as they were followed. */
function believedItem(own: readonly LedgerEvent[], theirs: readonly LedgerEvent[]): ItemState | null {
  const last = own.findLast(
    ({ items, movements }) => items.length > 0 || movements.some(({ epc }) => epc !== ""),
  );
  const mine = own.flatMap(({ items }) => items).at(-1);
  const [first, ...others] = theirs.flatMap(({ items }) => items);
  if (first === undefined) {
    if (mine === undefined || last?.eventType !== "transfer_seen") return mine ?? null;
    return { ...mine, locationId: last.locationId, status: "in_transit", lastSeenAtMs: last.occurredAtMs };
  }
  const other = others.reduce(
    (newest, item) => (item.lastSeenAtMs >= newest.lastSeenAtMs ? item : newest),
    first,
  );
  if (mine === undefined || last?.eventType === "transfer_seen") return other;
  return mine.status === "present" || mine.lastSeenAtMs >= other.lastSeenAtMs ? mine : other;
}

function openBook(own: 0 | 1): StockBook {
  return createStockBook({
    isKnownProduct: () => true,
    resolveEpc: () => null,
    ownsLocation: (locationId) => ownerOf(locationId) === own,
  });
}

function play(hops: readonly { locationId: string; offsetMs: number }[], steps: readonly Step[]) {
  const books: [StockBook, StockBook] = [openBook(0), openBook(1)];
  const stored: [Read[], Read[]] = [[], []];
  /** Until where each has noted that it took in the other's: a restart goes on from there. */
  const noted = [0, 0] as [number, number];
  const ledgers: [LedgerEvent[], LedgerEvent[]] = [[], []];
  const taken = [0, 0] as [number, number];
  const reads: [Read[], Read[]] = [[], []];
  for (const [hop, { locationId, offsetMs }] of hops.entries()) {
    // Where it stays it is read for longer: after a restart a place must be silent for a while before another wins.
    const times = hop === hops.length - 1 ? 40 : 3;
    for (let time = 0; time < times; time++) {
      reads[ownerOf(locationId)].push({ locationId, atMs: hop * 2 * minute + offsetMs + time * 3000 });
    }
  }
  const write = (of: 0 | 1, event: LedgerEvent | null) => {
    if (event === null) return;
    ledgers[of].push(event);
  };
  const follow = (of: 0 | 1, isRepeat: boolean): boolean => {
    const rows = ledgers[1 - of]!.slice(taken[of]);
    taken[of] += rows.length;
    for (const event of rows)
      for (const item of event.items) write(of, books[of].noteElsewhere(item, event.occurredAtMs, isRepeat));
    return rows.length > 0;
  };
  const apply = (of: 0 | 1, read: Read) =>
    write(of, books[of].applyRead({ ...tag, locationId: read.locationId, observedAtMs: read.atMs }));
  const restart = (of: 0 | 1, overlap: number) => {
    books[of] = openBook(of);
    taken[of] = noted[of];
    for (const line of ledgers[of].flatMap((event) => event.movements))
      books[of].loadPosition(line.locationId, gtin, line.state, line.quantity);
    const item = believedItem(ledgers[of], ledgers[1 - of]!.slice(0, noted[of]));
    if (item !== null) books[of].loadItem(item);
    follow(of, true);
    // It is noted as of a while ago.
    noted[of] = Math.max(noted[of], taken[of] - overlap);
    for (const read of stored[of]) apply(of, read);
  };
  const readNext = (of: 0 | 1): boolean => {
    const read = reads[of].shift();
    if (read === undefined) return false;
    stored[of].push(read);
    apply(of, read);
    return true;
  };
  for (const { of, does, times } of steps) {
    if (does === "restart") restart(of, times - 1);
    else if (does === "follow") follow(of, false);
    else for (let time = 0; time < times; time++) readNext(of);
  }
  for (const of of [0, 1] as const) while (readNext(of));
  for (let round = 0; [follow(0, false), follow(1, false)].includes(true); round++)
    expect(round).toBeLessThan(9);
  const onHand = Object.fromEntries(
    locations.flatMap((locationId) => {
      const units = books[ownerOf(locationId)].position(locationId, gtin)?.sellable ?? 0;
      return units === 0 ? [] : [[locationId, units]];
    }),
  );
  return onHand;
}

const stepArbitrary = fc.record({
  of: fc.constantFrom(0 as const, 1 as const),
  does: fc.constantFrom("read" as const, "follow" as const, "restart" as const),
  times: fc.integer({ min: 1, max: 9 }),
});

it("an item that wanders ends where it was read last, however far one is behind the other, and whoever is killed", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          locationId: fc.constantFrom(...locations),
          offsetMs: fc.integer({ min: 0, max: 29_999 }),
        }),
        { minLength: 2, maxLength: 8, size: "max" },
      ),
      fc.array(stepArbitrary, { maxLength: 16, size: "max" }),
      (hops, steps) => {
        const last = hops.at(-1)?.locationId ?? "";
        expect(play(hops, steps)).toEqual({ [last]: 1 });
      },
    ),
    { numRuns: isLong ? 50_000 : 1500 },
  );
}, 300_000);
