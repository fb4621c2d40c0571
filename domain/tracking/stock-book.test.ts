import { describe, expect, test } from "vitest";
import type { TillEvent } from "../events/stock-event.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { ZoneKind } from "../location.ts";
import type { Result } from "../result.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";
import type { StockBookSettings } from "./stock-book-settings.ts";
import type { TrackingOverrides } from "./tracking-settings.ts";

const GTIN = 4006381333931;
const OTHER_GTIN = 4006381333948;
const T0 = Date.UTC(2025, 5, 2, 10);
const at = (ms: number) => new Date(T0 + ms).toISOString();
const epcOf = (n: number) => `30${n.toString(16).toUpperCase().padStart(22, "0")}`;
const A = epcOf(1);
const B = epcOf(2);

function bookWith(settings: Partial<StockBookSettings> = {}, defaults: TrackingOverrides = {}): StockBook {
  return createStockBook({
    settings,
    defaults,
    isKnownProduct: (gtin) => gtin === GTIN || gtin === OTHER_GTIN,
    resolveEpc: (text) => (/^30[0-9A-F]{22}$/.test(text) ? { identity: text, gtin: GTIN } : null),
  });
}

function read(book: StockBook, identity: string, ms: number, zone = "floor", rssiDbm = -60, gtin = GTIN) {
  const [locationId, zoneId] = zone.includes("/") ? (zone.split("/") as [string, string]) : ["north", zone];
  const kinds: Record<string, ZoneKind> = { dock: "dock", till: "pos", backroom: "backroom", exit: "exit" };
  const zoneKind = kinds[zoneId] ?? "sales_floor";
  return book.applyRead({
    identity,
    gtin,
    locationId,
    zoneId,
    zoneKind,
    observedAtMs: T0 + ms,
    rssiDbm,
    near: null,
  });
}

type Line = NonNullable<TillEvent["lines"]>[number];
let events = 0;

function till(
  book: StockBook,
  ms: number,
  type: TillEvent["type"],
  lines: Partial<Line>[],
  more: Partial<TillEvent> = {},
  locationId = "north",
): Result<LedgerEvent> {
  const event: TillEvent = {
    type,
    terminalId: "t1",
    transactionId: `x${++events}`,
    occurredAt: at(ms),
    lines: lines.map((line, i) => ({ lineNo: i + 1, quantity: 1, ...line })),
    ...more,
  };
  return book.applyTillEvent(locationId, "pos/t1", event, `e${events}`, "{}");
}

function stock(
  book: StockBook,
  ms: number,
  type: "receipt" | "adjustment" | "position",
  quantity: number,
  more: { epcs?: string[]; state?: "sellable" | "damaged"; gtin?: string } = {},
  locationId = "north",
): Result<LedgerEvent> {
  const line = { gtin: String(GTIN), quantity, state: "sellable" as const, ...more };
  const event = { type, eventId: `s${++events}`, occurredAt: at(ms), lines: [line] };
  return book.applyStockEvent(locationId, "stock/wms", event, "{}");
}

const sale = (book: StockBook, ms: number, line: Partial<Line>) => till(book, ms, "sale", [line]);
const sellable = (book: StockBook, locationId = "north") => book.position(locationId, GTIN)?.sellable ?? 0;
const reasons = (event: LedgerEvent | null) => event?.movements.map((m) => [m.quantity, m.reason]);
const linesOf = (result: Result<LedgerEvent>) => (result.ok ? reasons(result.value) : result.code);

/** An item with evidence on the floor from `ms` on. */
function present(book: StockBook, identity: string, ms = 0): void {
  read(book, identity, ms);
  read(book, identity, ms + 2000);
}

describe("a new item", () => {
  test("outside a dock needs two reads in two windows", () => {
    const book = bookWith();
    expect(read(book, A, 0)).toBeNull();
    expect(read(book, A, 500)).toBeNull();
    expect(sellable(book)).toBe(0);
    const event = read(book, A, 2000);
    expect(event?.eventType).toBe("item_seen");
    expect(reasons(event)).toEqual([[1, "found"]]);
    expect(event?.items[0]).toMatchObject({
      epc: A,
      status: "present",
      zoneId: "floor",
      locationId: "north",
    });
    expect(sellable(book)).toBe(1);
  });

  test("at a dock is received with its first read", () => {
    const book = bookWith();
    expect(reasons(read(book, A, 0, "dock"))).toEqual([[1, "received"]]);
    expect(sellable(book)).toBe(1);
  });

  test("read on the floor and at the dock in one instant is the same whichever arrives first: what was owed is given by a find", () => {
    const quantityAfter = (zones: readonly string[]) => {
      const book = bookWith();
      till(book, 0, "sale", [{ gtin: "4006381333931" }]);
      read(book, A, 37_100);
      for (const zone of zones) read(book, A, 39_200, zone);
      return book.position("north", GTIN)?.sellable;
    };
    expect(quantityAfter(["dock", "floor"])).toBe(quantityAfter(["floor", "dock"]));
  });

  test("of a product that is not in the list is kept out of stock", () => {
    const book = bookWith();
    expect(read(book, A, 0, "dock", -60, 5)).toBeNull();
    expect(read(book, A, 0, "dock", -60, 0)).toBeNull();
    expect(book.stats().readsUnknownProduct).toBe(2);
    expect(book.stats().items + book.stats().candidates).toBe(0);
    expect(book.mayTrack("north", A, 5)).toBe(false);
    const open = bookWith({}, { requireKnownProduct: false });
    expect(open.mayTrack("north", A, 5)).toBe(true);
    expect(reasons(read(open, A, 0, "dock", -60, 5))).toEqual([[1, "received"]]);
  });

  test("may be tracked where its product is in the list, or it is an item already", () => {
    const book = bookWith();
    expect(book.mayTrack("north", A, GTIN)).toBe(true);
    expect(book.mayTrack("north", A, 0)).toBe(false);
    read(book, A, 0, "dock");
    // Its product may have left the list since.
    expect(book.mayTrack("north", A, 5)).toBe(true);
  });

  test("takes the place of an unidentified unit without a movement; only beyond these it makes one", () => {
    const book = bookWith();
    stock(book, 0, "position", 2);
    const first = read(book, A, 1000, "dock");
    expect(reasons(first)).toEqual([]);
    expect(first?.items).toHaveLength(1);
    read(book, B, 1000, "dock");
    expect(sellable(book)).toBe(2);
    expect(book.unidentified("north", GTIN)).toBe(0);
    expect(reasons(read(book, epcOf(3), 2000, "dock"))).toEqual([[1, "received"]]);
    expect(sellable(book)).toBe(3);
  });

  test("is not made by a till's antenna, however often it reads", () => {
    const book = bookWith();
    for (let i = 0; i < 50; i++) expect(read(book, A, i * 3000, "till")).toBeNull();
    expect(book.position("north", GTIN)?.sellable ?? 0).toBe(0);
    expect(book.item(A)).toBeNull();
  });

  test("is not made by tags without evidence beyond their bound, and those forgotten prove themselves anew", () => {
    const book = bookWith({ maxCandidates: 100 });
    for (let n = 0; n < 1000; n++) read(book, epcOf(n), n);
    expect(book.stats().candidates).toBeLessThanOrEqual(100);
    present(book, epcOf(0), 60_000);
    expect(book.item(epcOf(0))?.status).toBe("present");
    expect(sellable(book)).toBe(1);
  });
});

describe("the place of an item", () => {
  test("changes within a location without a movement", () => {
    const book = bookWith();
    read(book, A, 0, "dock", -70);
    expect(read(book, A, 100, "floor", -50)).toBeNull();
    const event = read(book, A, 200, "floor", -50);
    expect(event?.eventType).toBe("item_moved");
    expect(event?.movements).toEqual([]);
    expect(event?.items[0]?.zoneId).toBe("floor");
  });

  test("changes between locations with two lines of one event, and the total stays", () => {
    const book = bookWith();
    read(book, A, 0, "dock", -70);
    read(book, A, 60_000, "south/floor", -50);
    const event = read(book, A, 60_100, "south/floor", -50);
    expect(event?.eventType).toBe("item_transferred");
    expect(event?.movements.map((m) => [m.locationId, m.sequence, m.quantity, m.reason])).toEqual([
      ["north", 2, -1, "transferred_out"],
      ["south", 1, 1, "transferred_in"],
    ]);
    expect([sellable(book), sellable(book, "south")]).toEqual([0, 1]);
  });

  test("needs two reads at the new place", () => {
    for (const silenceMs of [100, 60_000]) {
      const book = bookWith();
      read(book, A, 0, "dock", -90);
      expect(read(book, A, silenceMs, "floor", -30)).toBeNull();
      expect(book.item(A)?.zoneId).toBe("dock");
    }
  });

  test("keeps against a stronger place within the margin, and gives way as its own falls silent", () => {
    const moveAfter = (ms: number) => {
      const book = bookWith();
      read(book, A, 0, "dock", -60);
      read(book, A, ms - 10, "floor", -56);
      return read(book, A, ms, "floor", -56) !== null;
    };
    // 4 dB stronger: the margin is 10 − 0.008 · silence, so it takes a bit more than 750 ms.
    expect(moveAfter(500)).toBe(false);
    expect(moveAfter(740)).toBe(false);
    expect(moveAfter(760)).toBe(true);
  });

  test("is never passed to and fro between equal readers, whatever their pace and with or without RSSI", () => {
    for (const rssiDbm of [-60, Number.NaN]) {
      for (const gapMs of [100, 700, 1500, 5000]) {
        const book = bookWith();
        read(book, A, 0, "dock", rssiDbm);
        for (let i = 1; i < 200; i++) {
          expect(read(book, A, i * gapMs, i % 2 === 1 ? "floor" : "dock", rssiDbm)).toBeNull();
        }
      }
    }
  });

  test("goes by reads per window where there is no RSSI", () => {
    const book = bookWith();
    for (let ms = 0; ms <= 4000; ms += 1000) read(book, A, ms, "dock", Number.NaN);
    let moved = 0;
    for (let ms = 4050; ms < 6000; ms += 50) {
      const zone = ms % 1000 === 0 ? "dock" : "floor";
      if (read(book, A, ms, zone, Number.NaN)?.eventType === "item_moved") moved++;
    }
    expect(moved).toBe(1);
    expect(book.item(A)?.zoneId).toBe("floor");
  });

  test("is not changed by a read that is older than the reorder window", () => {
    const book = bookWith();
    read(book, A, 0, "dock");
    read(book, A, 60_000, "dock");
    for (let i = 0; i < 5; i++) expect(read(book, A, 30_000 + i * 100, "south/dock", -20)).toBeNull();
    expect(book.item(A)?.locationId).toBe("north");
    expect(book.item(A)?.lastSeenAtMs).toBe(T0 + 60_000);
    expect(book.stats().readsTooOld).toBe(5);
  });

  test("does not depend on which of two reads of one instant arrives first", () => {
    const seen = (zones: string[]) => {
      const book = bookWith();
      for (const zone of zones) read(book, A, 0, zone);
      return book.item(A)?.locationId;
    };
    expect(seen(["dock", "south/dock"])).toBe(seen(["south/dock", "dock"]));
  });

  test("goes by the stronger of two antennas of a zone that read in one instant", () => {
    for (const strengths of [
      [-57, -40],
      [-40, -57],
    ]) {
      const book = bookWith();
      read(book, A, 0, "dock", -60);
      for (const ms of [100, 200]) for (const rssiDbm of strengths) read(book, A, ms, "floor", rssiDbm);
      expect(book.item(A)?.zoneId).toBe("floor");
    }
  });

  test("is not taken for silent because of a restart", () => {
    const book = bookWith();
    read(book, A, 0, "dock");
    const restarted = bookWith();
    for (const item of book.items()) restarted.loadItem(item);
    // What the dock read meanwhile is not told again; that it read nothing does not follow.
    for (const ms of [60_000, 60_500, 61_000]) expect(read(restarted, A, ms, "south/floor", -40)).toBeNull();
    expect(restarted.item(A)?.locationId).toBe("north");
    // Once it is silent under our eyes, it is.
    for (let ms = 62_000; ms < 80_000; ms += 1000) read(restarted, A, ms, "south/floor", -40);
    expect(restarted.item(A)?.locationId).toBe("south");
  });

  test("is not changed by the same read again", () => {
    const book = bookWith();
    read(book, A, 0, "dock", -90);
    for (let i = 0; i < 5; i++) expect(read(book, A, 60_000, "floor", -30)).toBeNull();
    expect(book.item(A)?.zoneId).toBe("dock");
  });
});

describe("a sale", () => {
  test("that names an EPC sells that item", () => {
    const book = bookWith();
    present(book, A);
    const result = sale(book, 60_000, { epc: A });
    expect(linesOf(result)).toEqual([[-1, "sold"]]);
    expect(result.ok && result.value.movements[0]?.epc).toBe(A);
    expect(book.item(A)?.status).toBe("sold");
    expect(sellable(book)).toBe(0);
  });

  test("that names a GTIN takes the item read at the till shortly before", () => {
    const book = bookWith();
    present(book, A);
    present(book, B);
    read(book, B, 55_000, "till", -90);
    expect(linesOf(sale(book, 60_000, { gtin: String(GTIN) }))).toEqual([[-1, "sold"]]);
    expect([book.item(A)?.status, book.item(B)?.status]).toEqual(["present", "sold"]);
    expect(sellable(book)).toBe(1);
    expect(book.unidentified("north", GTIN)).toBe(0);
  });

  test("that names a GTIN takes the item read at the till shortly after, without a second movement", () => {
    const book = bookWith();
    present(book, A);
    present(book, B);
    sale(book, 60_000, { gtin: String(GTIN) });
    expect(book.unidentified("north", GTIN)).toBe(-1);
    const event = read(book, B, 65_000, "till", -90);
    expect(event?.movements).toEqual([]);
    expect(event?.items[0]).toMatchObject({ epc: B, status: "sold" });
    expect(sellable(book)).toBe(1);
    expect(book.unidentified("north", GTIN)).toBe(0);
  });

  test("that names a GTIN takes a unit without identity when no item was read at the till near the time", () => {
    const book = bookWith();
    present(book, A);
    read(book, A, 5000, "till", -90);
    sale(book, 60_000, { gtin: String(GTIN) });
    expect(book.item(A)?.status).toBe("present");
    expect(sellable(book)).toBe(0);
    expect(book.unidentified("north", GTIN)).toBe(-1);
  });

  test("takes no more items than it sold", () => {
    const book = bookWith();
    for (const n of [1, 2, 3]) present(book, epcOf(n));
    for (const n of [1, 2, 3]) read(book, epcOf(n), 59_000 + n * 1000, "till", -90);
    sale(book, 60_000, { gtin: String(GTIN), quantity: 2 });
    expect([1, 2, 3].map((n) => book.item(epcOf(n))?.status)).toEqual(["sold", "sold", "present"]);
    expect(sellable(book)).toBe(1);
  });

  test("of an item believed elsewhere brings it here first", () => {
    const book = bookWith();
    read(book, A, 0, "south/dock");
    const result = sale(book, 60_000, { epc: A });
    expect(linesOf(result)).toEqual([
      [-1, "transferred_out"],
      [1, "transferred_in"],
      [-1, "sold"],
    ]);
    expect([sellable(book), sellable(book, "south")]).toEqual([0, 0]);
  });

  test("of an item that was never seen lowers the unidentified part, and its later reads make no stock", () => {
    const book = bookWith();
    stock(book, 0, "position", 5);
    sale(book, 60_000, { epc: A });
    expect(sellable(book)).toBe(4);
    present(book, A, 70_000);
    expect(sellable(book)).toBe(4);
    expect(book.item(A)?.status).toBe("sold");
  });

  test("sells a unit each time, even of an item that was sold before", () => {
    const book = bookWith();
    present(book, A);
    sale(book, 60_000, { epc: A });
    sale(book, 90_000, { epc: A });
    expect(sellable(book)).toBe(-1);
  });

  test("names its order and reservation in the ledger", () => {
    const book = bookWith();
    const result = sale(book, 0, { gtin: String(GTIN), reservationId: "r1", orderId: "o1" });
    expect(result.ok && result.value.movements[0]).toMatchObject({ reservationId: "r1", orderId: "o1" });
  });

  test("in training moves nothing", () => {
    const book = bookWith();
    const result = till(book, 0, "sale", [{ gtin: String(GTIN) }], { training: true });
    expect(linesOf(result)).toEqual([]);
    expect(book.position("north", GTIN)).toBeNull();
  });

  test.each([
    ["no_lines", []],
    ["line_without_product", [{}]],
    ["epc_not_readable", [{ epc: "zebra" }]],
    ["epc_product_mismatch", [{ epc: A, gtin: String(OTHER_GTIN) }]],
  ] as [string, Partial<Line>[]][])("is refused as %s, and stock stays as it is", (code, lines) => {
    const book = bookWith();
    const result = till(book, 0, "sale", [...(lines.length > 0 ? [{ gtin: String(GTIN) }] : []), ...lines]);
    expect(linesOf(result)).toBe(code);
    expect(book.position("north", GTIN)).toBeNull();
    expect(book.lastSequence("north")).toBe(0);
  });
});

describe("a sold item", () => {
  test("that is read again is a shopper walking about, not stock, in any location", () => {
    const book = bookWith();
    present(book, A);
    sale(book, 60_000, { epc: A });
    for (const zone of ["exit", "floor", "south/dock", "dock"]) {
      for (let i = 0; i < 5; i++) expect(read(book, A, 70_000 + i * 3000, zone)).toBeNull();
    }
    expect([sellable(book), sellable(book, "south")]).toEqual([0, 0]);
    expect(book.item(A)?.status).toBe("sold");
  });

  test.each([
    [{}, "inspect"],
    [{ restock: false }, "inspect"],
    [{ restock: true }, "sellable"],
    [{ restock: true, state: "damaged" }, "damaged"],
  ] as [Partial<Line>, "sellable" | "inspect" | "damaged"][])(
    "comes back by a return %o as %s",
    (more, state) => {
      const book = bookWith();
      present(book, A);
      sale(book, 60_000, { epc: A });
      expect(linesOf(till(book, 90_000, "return", [{ epc: A, ...more }]))).toEqual([[1, "returned"]]);
      expect(book.item(A)).toMatchObject({ status: "present", state });
      expect(book.position("north", GTIN)?.[state]).toBe(1);
      // From then on its reads count again.
      read(book, A, 120_000, "south/dock");
      read(book, A, 121_000, "south/dock");
      expect(book.position("south", GTIN)?.[state]).toBe(1);
    },
  );

  test("is not brought back by a receipt: the unit that came in has no identity", () => {
    const book = bookWith();
    present(book, A);
    sale(book, 60_000, { epc: A });
    stock(book, 90_000, "receipt", 1, { epcs: [A] });
    expect(book.item(A)?.status).toBe("sold");
    expect(sellable(book)).toBe(1);
    expect(book.unidentified("north", GTIN)).toBe(1);
  });
});

describe("a void", () => {
  test("takes back the sale of its terminal's transaction, as if it had never been", () => {
    const book = bookWith();
    present(book, A);
    present(book, B);
    till(book, 60_000, "sale", [{ epc: A }, { gtin: String(GTIN) }], { transactionId: "v1" });
    expect(sellable(book)).toBe(0);
    const result = till(book, 70_000, "void", [], { voids: { transactionId: "v1" } });
    expect(linesOf(result)).toEqual([[2, "reversed"]]);
    expect(sellable(book)).toBe(2);
    expect(book.unidentified("north", GTIN)).toBe(0);
    expect(book.item(A)?.status).toBe("present");
  });

  test("of the sale of an item that was never seen leaves no item on hand, nor after a restart", () => {
    const book = bookWith();
    till(book, 60_000, "sale", [{ epc: A }], { transactionId: "v5" });
    const result = till(book, 70_000, "void", [], { voids: { transactionId: "v5" } });
    expect([sellable(book), book.unidentified("north", GTIN), book.item(A)]).toEqual([0, 0, null]);
    const restarted = bookWith();
    for (const item of result.ok ? result.value.items : []) restarted.loadItem(item);
    expect(restarted.item(A)?.status).toBe("missing");
    expect(restarted.unidentified("north", GTIN)).toBe(0);
    expect(reasons(read(restarted, A, 90_000, "dock"))).toEqual([[1, "received"]]);
  });

  test("takes back only the lines that it names", () => {
    const book = bookWith();
    present(book, A);
    till(book, 60_000, "sale", [{ epc: A }, { gtin: String(GTIN), quantity: 3 }], { transactionId: "v2" });
    till(book, 70_000, "void", [], { voids: { transactionId: "v2", lineNos: [2] } });
    expect(book.item(A)?.status).toBe("sold");
    expect(sellable(book)).toBe(0);
  });

  test("of what is not known, of a line that is not there, or for the second time is refused", () => {
    const book = bookWith();
    const voided = (transactionId: string, lineNos?: number[]) =>
      linesOf(
        till(book, 1, "void", [], {
          voids: { transactionId, ...(lineNos === undefined ? {} : { lineNos }) },
        }),
      );
    expect(voided("nope")).toBe("unknown_transaction");
    till(book, 0, "sale", [{ gtin: String(GTIN) }], { transactionId: "v3" });
    expect(linesOf(till(book, 1, "void", [], { terminalId: "t2", voids: { transactionId: "v3" } }))).toBe(
      "unknown_transaction",
    );
    expect(voided("v3", [7])).toBe("unknown_line");
    expect(voided("v3")).toEqual([[1, "reversed"]]);
    expect(voided("v3")).toBe("already_voided");
    expect(linesOf(till(book, 1, "void", []))).toBe("no_transaction_named");
    expect(sellable(book)).toBe(0);
  });

  test("of a return sends the item away again", () => {
    const book = bookWith();
    present(book, A);
    sale(book, 60_000, { epc: A });
    till(book, 70_000, "return", [{ epc: A, restock: true }], { transactionId: "v4" });
    till(book, 80_000, "void", [], { voids: { transactionId: "v4" } });
    expect(book.item(A)?.status).toBe("sold");
    expect(sellable(book)).toBe(0);
  });

  test("of a transaction from before a restart works once it is loaded", () => {
    const before = bookWith();
    present(before, A);
    present(before, B);
    read(before, B, 59_000, "till", -90);
    const event: TillEvent = {
      type: "sale",
      terminalId: "t1",
      transactionId: "old",
      occurredAt: at(60_000),
      lines: [
        { lineNo: 1, epc: A, quantity: 1 },
        { lineNo: 2, gtin: String(GTIN), quantity: 2 },
      ],
    };
    const sold = before.applyTillEvent("north", "pos/t1", event, "old", "{}");
    if (!sold.ok) throw new Error(sold.detail);
    const book = bookWith();
    for (const line of before.positions()) {
      book.loadPosition(line.locationId, line.gtin, line.state, line.quantity);
    }
    for (const item of before.items()) book.loadItem(item);
    const voids = { voids: { transactionId: "old" } };
    expect(linesOf(till(book, 70_000, "void", [], voids))).toBe("unknown_transaction");
    book.loadTransaction("north", event, sold.value);
    const reversed = linesOf(till(book, 70_000, "void", [], voids));
    expect(reversed).toEqual([
      [1, "reversed"],
      [1, "reversed"],
      [1, "reversed"],
    ]);
    expect(sellable(book)).toBe(2);
    expect([book.item(A)?.status, book.item(B)?.status]).toEqual(["present", "present"]);
    expect(book.unidentified("north", GTIN)).toBe(0);
  });
});

describe("an exchange", () => {
  test("is sale and return lines in one event", () => {
    const book = bookWith();
    present(book, A);
    present(book, B);
    sale(book, 60_000, { epc: A });
    const lines = [
      { type: "return" as const, epc: A, restock: true },
      { type: "sale" as const, epc: B },
    ];
    const result = till(book, 90_000, "exchange", lines);
    expect(linesOf(result)).toEqual([
      [1, "returned"],
      [-1, "sold"],
    ]);
    expect([book.item(A)?.status, book.item(B)?.status]).toEqual(["present", "sold"]);
  });

  test("whose line says neither is refused", () => {
    expect(linesOf(till(bookWith(), 0, "exchange", [{ epc: A }]))).toBe("line_without_type");
  });
});

describe("a receipt", () => {
  test("of quantities adds units without identity, which reads then claim", () => {
    const book = bookWith();
    expect(linesOf(stock(book, 0, "receipt", 3))).toEqual([[3, "received"]]);
    read(book, A, 1000, "dock");
    expect(sellable(book)).toBe(3);
    expect(book.unidentified("north", GTIN)).toBe(2);
  });

  test("that names an EPC and the read of that EPC are one fact, whichever is first", () => {
    for (const readMs of [0, 120_000]) {
      const book = bookWith();
      stock(book, -1000, "position", 4);
      if (readMs === 0) read(book, A, readMs, "dock");
      stock(book, 60_000, "receipt", 2, { epcs: [A] });
      if (readMs > 0) read(book, A, readMs, "dock");
      expect(sellable(book)).toBe(6);
      expect(book.unidentified("north", GTIN)).toBe(5);
      expect(book.item(A)?.status).toBe("present");
    }
  });

  test("that names an EPC and comes after the item has gone on adds the unit that the item stood for", () => {
    const book = bookWith();
    stock(book, -1000, "position", 4);
    read(book, A, 0, "dock");
    read(book, A, 60_000, "south/dock");
    read(book, A, 61_000, "south/dock");
    expect([sellable(book), sellable(book, "south")]).toEqual([3, 1]);
    stock(book, 30_000, "receipt", 1, { epcs: [A] });
    expect([sellable(book), sellable(book, "south")]).toEqual([4, 1]);
  });

  test("that comes late takes back what was found for want of it", () => {
    const book = bookWith();
    expect(reasons(read(book, A, 60_000, "dock"))).toEqual([[1, "received"]]);
    expect(linesOf(stock(book, 0, "receipt", 1))).toEqual([
      [1, "received"],
      [-1, "reversed"],
    ]);
    expect(sellable(book)).toBe(1);
  });

  test.each([
    ["quantity_not_positive", "receipt", 0, {}],
    ["more_epcs_than_units", "receipt", 1, { epcs: [A, B] }],
    ["epc_not_readable", "receipt", 1, { epcs: ["zebra"] }],
    ["epcs_not_accepted", "adjustment", 1, { epcs: [A] }],
    ["quantity_negative", "position", -1, {}],
  ] as const)("or another event is refused as %s", (code, type, quantity, more) => {
    const book = bookWith();
    expect(linesOf(stock(book, 0, type, quantity, more as { epcs?: string[] }))).toBe(code);
    expect(book.position("north", GTIN)).toBeNull();
  });
});

describe("a position from a book", () => {
  test("becomes the difference to what is on hand", () => {
    const book = bookWith();
    present(book, A);
    expect(linesOf(stock(book, 60_000, "position", 10))).toEqual([[9, "adjusted"]]);
    expect(linesOf(stock(book, 70_000, "position", 10))).toEqual([]);
    expect(linesOf(stock(book, 80_000, "position", 2, { state: "damaged" }))).toEqual([[2, "adjusted"]]);
    expect(book.position("north", GTIN)).toEqual({ sellable: 10, inspect: 0, damaged: 2, display_only: 0 });
  });

  test("of the same instant as another ends the same in either order of arrival", () => {
    const told = (quantities: number[]) => {
      const book = bookWith();
      for (const quantity of quantities) {
        const lines = [{ gtin: String(GTIN), quantity, state: "sellable" as const }];
        const event = { type: "position" as const, eventId: `book-${quantity}`, occurredAt: at(0), lines };
        book.applyStockEvent("north", "stock/wms", event, "{}");
      }
      return sellable(book);
    };
    for (let n = 0; n < 20; n++) expect(told([n, n + 50])).toBe(told([n + 50, n]));
  });

  test("holds against a movement from before it that comes late", () => {
    const book = bookWith();
    stock(book, 0, "position", 102);
    stock(book, 180_000, "position", 100);
    sale(book, 240_000, { gtin: String(GTIN) });
    expect(linesOf(sale(book, 120_000, { gtin: String(GTIN), quantity: 2 }))).toEqual([
      [-2, "sold"],
      [2, "reversed"],
    ]);
    expect(sellable(book)).toBe(99);
  });
});

describe("the ledger", () => {
  test("gives item events ids that depend on the read alone", () => {
    const [one, other] = [bookWith(), bookWith()];
    stock(other, -5000, "position", 7);
    const id = read(one, A, 1234, "dock")?.eventId;
    expect(read(other, A, 1234, "dock")?.eventId).toBe(id);
    expect(id).toBe(`item_seen:${A}:north/dock:${T0 + 1234}`);
  });

  test("goes on with the sequence that was loaded", () => {
    const book = bookWith();
    book.loadSequence("north", 41);
    expect(read(book, A, 0, "dock")?.movements[0]?.sequence).toBe(42);
    expect(book.lastSequence("north")).toBe(42);
    expect(book.lastSequence("south")).toBe(0);
  });

  test("knows when a product was last physically seen", () => {
    const book = bookWith();
    read(book, A, 0, "dock");
    read(book, A, 5000, "dock");
    expect(book.lastSeenAtMs("north", GTIN)).toBe(T0 + 5000);
    sale(book, 9000, { epc: A });
    read(book, A, 20_000, "exit");
    expect(book.lastSeenAtMs("north", GTIN)).toBe(T0 + 9000);
  });
});
