import { describe, expect, it } from "vitest";
import type { StockEvent } from "../events/stock-event.ts";
import type { ItemState, LedgerEvent } from "../ledger/ledger-event.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const gtin = 614141123452;
const epc = "3074257BF7194E4000001A85";
const minute = 60_000;

/** Two books that share the locations, as two ingests do: what one writes of items the other takes in. */
function createPair(ids: readonly [string, string] = ["a", "b"]) {
  const books = ids.map((own) =>
    createStockBook({
      isKnownProduct: () => true,
      resolveEpc: () => null,
      ownsLocation: (locationId) => locationId === own,
    }),
  ) as [StockBook, StockBook];
  const waiting: LedgerEvent[][] = [[], []];
  let movements = 0;
  const note = (of: number, event: LedgerEvent | null) => {
    if (event === null) return;
    movements += event.movements.length;
    for (const line of event.movements) expect(line.locationId).toBe(ids[of]);
    waiting[1 - of]?.push(event);
  };
  return {
    books,
    movements: () => movements,
    read(of: 0 | 1, atMs: number, zoneId = "floor", dock = false) {
      note(
        of,
        books[of].applyRead({
          identity: epc,
          gtin,
          locationId: ids[of],
          zoneId,
          zoneKind: dock ? "dock" : "sales_floor",
          observedAtMs: atMs,
          rssiDbm: -60,
          near: null,
        }),
      );
    },
    /** Each takes in what the other wrote, until neither has anything to say. */
    follow() {
      for (let round = 0; waiting.some((list) => list.length > 0); round++) {
        expect(round).toBeLessThan(6);
        for (const to of [0, 1] as const) {
          for (const event of waiting[to]?.splice(0) ?? []) {
            for (const item of event.items)
              note(to, books[to].noteElsewhere(item, event.occurredAtMs, false));
          }
        }
      }
    },
    onHand: () => books.map((book, i) => book.position(ids[i] ?? "", gtin)?.sellable ?? 0),
  };
}

const state = (item: Partial<ItemState>): ItemState => ({
  epc,
  gtin,
  locationId: "b",
  zoneId: "floor",
  status: "present",
  state: "sellable",
  firstSeenAtMs: 0,
  lastSeenAtMs: 0,
  ...item,
});

describe("an item that wanders between the locations of two ingests", () => {
  it("is in one place only, as each has seen what the other wrote", () => {
    const pair = createPair();
    for (const atMs of [0, 3000, 6000]) pair.read(0, atMs);
    pair.follow();
    expect(pair.onHand()).toEqual([1, 0]);
    for (const atMs of [5 * minute, 5 * minute + 3000]) pair.read(1, atMs);
    pair.follow();
    expect(pair.onHand()).toEqual([0, 1]);
    for (const atMs of [9 * minute, 9 * minute + 3000]) pair.read(0, atMs);
    pair.follow();
    expect(pair.onHand()).toEqual([1, 0]);
  });

  it("is named as a transfer on both sides", () => {
    const pair = createPair();
    pair.read(0, 0, "dock", true);
    pair.follow();
    const [first, second] = pair.books;
    const reads = [5 * minute, 5 * minute + 3000].map((observedAtMs) =>
      second.applyRead({
        identity: epc,
        gtin,
        locationId: "b",
        zoneId: "floor",
        zoneKind: "sales_floor",
        observedAtMs,
        rssiDbm: -60,
        near: null,
      }),
    );
    const event = reads.find((each) => each !== null);
    expect(event?.movements).toMatchObject([
      { locationId: "b", quantity: 1, reason: "transferred_in", sequence: 1 },
    ]);
    const [item] = event?.items ?? [];
    const answer = first.noteElsewhere(item ?? state({}), event?.occurredAtMs ?? 0, false);
    expect(answer).toMatchObject({
      locationId: "a",
      eventType: "transfer_seen",
      movements: [{ locationId: "a", quantity: -1, reason: "transferred_out", sequence: 2 }],
      items: [],
    });
  });

  it("that both read at the same time ends at one of them, and they do not write for ever", () => {
    for (const ids of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const pair = createPair(ids);
      for (let atMs = 0; atMs < 10 * minute; atMs += 1000) {
        pair.read(0, atMs);
        pair.read(1, atMs + 500);
        if (atMs % 2000 === 0) pair.follow();
      }
      pair.follow();
      expect(pair.onHand().reduce((sum, each) => sum + each, 0)).toBe(1);
      // At most one exchange a minute.
      expect(pair.movements()).toBeLessThan(50);
    }
  });

  it("a row that was taken in before a restart takes nothing away again", () => {
    const book = createStockBook({
      isKnownProduct: () => true,
      resolveEpc: () => null,
      ownsLocation: (locationId) => locationId === "a",
    });
    book.loadPosition("a", gtin, "sellable", 1);
    book.loadItem(state({ locationId: "a", lastSeenAtMs: 10_000 }));
    expect(book.noteElsewhere(state({ lastSeenAtMs: 5000 }), 5000, true)).toBeNull();
    expect(book.position("a", gtin)?.sellable).toBe(1);
    expect(book.noteElsewhere(state({ lastSeenAtMs: 20_000 }), 20_000, true)).not.toBeNull();
    expect(book.position("a", gtin)?.sellable).toBe(0);
    expect(book.noteElsewhere(state({ lastSeenAtMs: 20_000 }), 20_000, true)).toBeNull();
  });

  it("sold at the other's till is gone from here, once", () => {
    const pair = createPair();
    for (const atMs of [0, 3000]) pair.read(0, atMs);
    pair.follow();
    const [first] = pair.books;
    const sold = state({ status: "sold", lastSeenAtMs: 0 });
    expect(first.noteElsewhere(sold, minute, false)?.movements).toMatchObject([{ quantity: -1 }]);
    expect(first.noteElsewhere(sold, minute, false)).toBeNull();
    pair.read(0, 2 * minute);
    pair.read(0, 2 * minute + 3000);
    expect(pair.onHand()).toEqual([0, 0]);
  });

  it("shipped from a location of the other and read here has come in, once", () => {
    const book = createStockBook({
      isKnownProduct: () => true,
      resolveEpc: () => null,
      ownsLocation: (locationId) => locationId === "b",
    });
    book.noteElsewhere(state({ locationId: "a", lastSeenAtMs: 1000 }), 1000, false);
    book.noteElsewhere(state({ locationId: "a", status: "in_transit" }), minute, false);
    const lines = [10 * minute, 10 * minute + 3000, 10 * minute + 6000].flatMap(
      (observedAtMs) =>
        book.applyRead({
          identity: epc,
          gtin,
          locationId: "b",
          zoneId: "dock",
          zoneKind: "dock",
          observedAtMs,
          rssiDbm: -60,
          near: null,
        })?.movements ?? [],
    );
    expect(lines).toMatchObject([{ locationId: "b", quantity: 1, reason: "transferred_in" }]);
  });

  it("one of a quantity that was shipped there leaves our book once", () => {
    const book = createStockBook({
      isKnownProduct: () => true,
      resolveEpc: () => null,
      ownsLocation: (locationId) => locationId === "a",
    });
    const read = (observedAtMs: number) =>
      book.applyRead({
        identity: epc,
        gtin,
        locationId: "a",
        zoneId: "dock",
        zoneKind: "dock",
        observedAtMs,
        rssiDbm: -60,
        near: null,
      });
    read(0);
    const shipped: StockEvent = {
      type: "transfer_out",
      eventId: "ship-1",
      occurredAt: new Date(minute).toISOString(),
      transferId: "t-1",
      to: "b",
      lines: [{ gtin: String(gtin).padStart(14, "0"), quantity: 1, state: "sellable" }],
    };
    expect(book.applyStockEvent("a", "stock/wms", shipped, "").ok).toBe(true);
    expect(book.position("a", gtin)?.sellable).toBe(0);
    book.noteElsewhere(state({ lastSeenAtMs: 5 * minute }), 5 * minute, false);
    expect(book.position("a", gtin)?.sellable).toBe(0);
    expect(book.unidentified("a", gtin)).toBe(0);
  });
});
