import { describe, expect, test } from "vitest";
import type { CountResult } from "../events/count-result.ts";
import type { StockEvent } from "../events/stock-event.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { ZoneKind } from "../location.ts";
import type { Result } from "../result.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const GTIN = 4006381333931;
const OTHER_GTIN = 4006381333948;
const NOON = Date.UTC(2025, 5, 2, 12);
const MINUTE = 60_000;
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString();
const epcOf = (n: number) => `30${n.toString(16).toUpperCase().padStart(22, "0")}`;
const A = epcOf(1);
const B = epcOf(2);
const C = epcOf(3);

function newBook(): StockBook {
  return createStockBook({
    isKnownProduct: (gtin) => gtin === GTIN || gtin === OTHER_GTIN,
    resolveEpc: (text) => {
      if (text === "foreign") return { identity: "E2FF", gtin: 0 };
      return /^30[0-9A-F]{22}$/.test(text) ? { identity: text, gtin: GTIN } : null;
    },
  });
}

let events = 0;
type Body = StockEvent extends infer E
  ? E extends StockEvent
    ? Omit<E, "eventId" | "occurredAt">
    : never
  : never;

function tell(book: StockBook, minutes: number, body: Body, locationId = "north"): Result<LedgerEvent> {
  const event: StockEvent = { ...body, eventId: `s${++events}`, occurredAt: at(minutes) };
  return book.applyStockEvent(locationId, "stock/handheld", event, JSON.stringify(event));
}

function read(book: StockBook, identity: string, minutes: number, zoneId = "floor") {
  const kinds: Record<string, ZoneKind> = { dock: "dock", backroom: "backroom" };
  return book.applyRead({
    identity,
    gtin: GTIN,
    locationId: "north",
    zoneId,
    zoneKind: kinds[zoneId] ?? "sales_floor",
    observedAtMs: NOON + minutes * MINUTE,
    rssiDbm: -60,
    near: null,
  });
}

function present(book: StockBook, identity: string, minutes: number, zoneId = "floor"): void {
  read(book, identity, minutes, zoneId);
  read(book, identity, minutes + 0.1, zoneId);
}

function sell(book: StockBook, minutes: number, quantity = 1, epc?: string): Result<LedgerEvent> {
  const line = { lineNo: 1, gtin: String(GTIN), quantity, ...(epc === undefined ? {} : { epc }) };
  const occurredAt = at(minutes);
  const transactionId = `t${++events}`;
  const event = { type: "sale" as const, terminalId: "t1", transactionId, occurredAt, lines: [line] };
  return book.applyTillEvent("north", "pos/t1", event, transactionId, "{}");
}

const units = (
  book: StockBook,
  minutes: number,
  type: "receipt" | "adjustment" | "position",
  quantity: number,
) => tell(book, minutes, { type, lines: [{ gtin: String(GTIN), quantity, state: "sellable" }] });
const start = (book: StockBook, minutes: number, more: Partial<Body & { type: "count_started" }> = {}) =>
  tell(book, minutes, { type: "count_started", countId: "c1", ...more });
const quantities = (book: StockBook, minutes: number, ...lines: [quantity: number, atMinutes: number][]) =>
  tell(book, minutes, {
    type: "count_reads",
    countId: "c1",
    quantities: lines.map(([quantity, captured]) => ({
      gtin: String(GTIN),
      quantity,
      capturedAt: at(captured),
      state: "sellable" as const,
    })),
  });
const tags = (book: StockBook, minutes: number, ...epcs: string[]) =>
  tell(book, minutes, {
    type: "count_reads",
    countId: "c1",
    epcs: epcs.map((epc) => ({ epc, capturedAt: at(minutes) })),
  });
const end = (book: StockBook, minutes: number) => tell(book, minutes, { type: "count_ended", countId: "c1" });
const decide = (book: StockBook, minutes: number, decision: "accept" | "reject") =>
  tell(book, minutes, { type: "count_decided", countId: "c1", decision });

const sellable = (book: StockBook) => book.position("north", GTIN)?.sellable ?? 0;
const linesOf = (result: Result<LedgerEvent>) =>
  result.ok ? result.value.movements.map((m) => [m.quantity, m.reason]) : result.code;
const resultOf = (result: Result<LedgerEvent>): CountResult => {
  if (!result.ok) throw new Error(result.detail);
  return JSON.parse(result.value.body).result;
};

describe("a count by hand while the store sells", () => {
  test("keeps what was sold after the capture, and what was sold before it changes nothing", () => {
    const book = newBook();
    units(book, -60, "position", 102);
    start(book, 0);
    quantities(book, 3, [100, 3]);
    sell(book, 4);
    const ended = end(book, 10);
    expect(linesOf(ended)).toEqual([[-2, "counted"]]);
    expect(sellable(book)).toBe(99);
    expect(linesOf(sell(book, 2, 2))).toEqual([
      [-2, "sold"],
      [2, "reversed"],
    ]);
    expect(sellable(book)).toBe(99);
    expect(resultOf(ended)).toMatchObject({
      state: "applied",
      expected: 102,
      found: 100,
      counted: 100,
      products: 1,
      exactProducts: 0,
      exactAccuracy: 0,
      unitAccuracy: 0.98,
      lines: { gtins: [GTIN], expected: [102], counted: [100] },
    });
  });

  test("comes to the same whichever of these comes first", () => {
    const told = [
      (book: StockBook) => sell(book, 2, 2),
      (book: StockBook) => sell(book, 4),
      (book: StockBook) => end(book, 10),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
      [0, 2, 1],
      [1, 0, 2],
    ]) {
      const book = newBook();
      units(book, -60, "position", 102);
      start(book, 0);
      quantities(book, 3, [100, 3]);
      for (const n of order) told[n]?.(book);
      expect(sellable(book)).toBe(99);
    }
  });

  test("takes the later of two captures, in whatever order they come, and adds up zones", () => {
    for (const lines of [
      [
        [90, 3],
        [100, 5],
      ],
      [
        [100, 5],
        [90, 3],
      ],
    ] as [number, number][][]) {
      const book = newBook();
      units(book, -60, "position", 102);
      start(book, 0);
      for (const line of lines) quantities(book, 6, line);
      end(book, 10);
      expect(sellable(book)).toBe(100);
    }
    const book = newBook();
    units(book, -60, "position", 10);
    start(book, 0);
    const line = { gtin: String(GTIN), capturedAt: at(1), state: "sellable" as const };
    const zones = [
      { ...line, quantity: 3, zoneId: "floor" },
      { ...line, quantity: 8, zoneId: "backroom" },
    ];
    tell(book, 2, { type: "count_reads", countId: "c1", quantities: zones });
    end(book, 10);
    expect(sellable(book)).toBe(11);
  });

  test("settles both parts: units without identity, and owed sales", () => {
    const book = newBook();
    present(book, A, -60);
    present(book, B, -60);
    sell(book, -30);
    expect(book.unidentified("north", GTIN)).toBe(-1);
    start(book, 0);
    quantities(book, 3, [2, 3]);
    expect(linesOf(end(book, 10))).toEqual([[1, "counted"]]);
    expect([sellable(book), book.unidentified("north", GTIN)]).toEqual([2, 0]);
  });

  test("says nothing of products that were not counted", () => {
    const book = newBook();
    present(book, A, -60);
    tell(book, -60, {
      type: "position",
      lines: [{ gtin: String(OTHER_GTIN), quantity: 5, state: "sellable" }],
    });
    start(book, 0);
    tell(book, 3, {
      type: "count_reads",
      countId: "c1",
      quantities: [{ gtin: String(OTHER_GTIN), quantity: 6, capturedAt: at(3), state: "sellable" }],
    });
    end(book, 10);
    expect(sellable(book)).toBe(1);
    expect(book.item(A)?.status).toBe("present");
    expect(book.position("north", OTHER_GTIN)?.sellable).toBe(6);
  });
});

describe("a count of items", () => {
  test("keeps those that were read, and has the others missing as counted movements", () => {
    const book = newBook();
    for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
    start(book, 0);
    for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 1);
    const ended = end(book, 10);
    expect(linesOf(ended)).toEqual([[-1, "counted"]]);
    expect(ended.ok && ended.value.movements[0]?.epc).toBe(epcOf(5));
    expect(book.item(epcOf(5))?.status).toBe("missing");
    expect(sellable(book)).toBe(4);
    expect(resultOf(ended)).toMatchObject({ expected: 5, found: 4, counted: 4, missedItems: 1, newItems: 0 });
  });

  test("takes one read as evidence of a new item, in its zones and in its time alone", () => {
    const book = newBook();
    start(book, 0, { zones: ["floor"] });
    expect(read(book, A, -1)).toBeNull();
    expect(read(book, B, 1, "backroom")).toBeNull();
    expect(read(book, C, 1)?.movements[0]).toMatchObject({ quantity: 1, reason: "found" });
    end(book, 10);
    expect(read(book, epcOf(4), 11)).toBeNull();
    expect(sellable(book)).toBe(1);
  });

  test("takes the tags that it is told of: new ones are counted, those elsewhere come over", () => {
    const book = newBook();
    present(book, A, -60);
    start(book, 0);
    tags(book, 2, A, B, "foreign");
    expect(sellable(book)).toBe(1);
    const ended = end(book, 10);
    expect(linesOf(ended)).toEqual([[1, "counted"]]);
    expect(book.item(B)).toMatchObject({ status: "present", locationId: "north" });
    expect(resultOf(ended)).toMatchObject({ expected: 1, counted: 2, newItems: 1, exactAccuracy: 0 });
  });

  test("leaves no unit without identity, and tells of the difference alone", () => {
    const book = newBook();
    units(book, -60, "position", 10);
    start(book, 0);
    for (let n = 1; n <= 9; n++) read(book, epcOf(n), 1);
    const ended = end(book, 10);
    expect(linesOf(ended)).toEqual([[-1, "counted"]]);
    expect([sellable(book), book.unidentified("north", GTIN)]).toEqual([9, 0]);
    expect(resultOf(ended)).toMatchObject({ expected: 10, found: 9, counted: 9, newItems: 0 });
  });

  test("settles an owed sale with the item that it misses, without a second decrement", () => {
    const book = newBook();
    for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
    sell(book, -30);
    start(book, 0);
    for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 1);
    const ended = end(book, 10);
    expect(linesOf(ended)).toEqual([]);
    expect([sellable(book), book.unidentified("north", GTIN)]).toEqual([4, 0]);
    expect(book.item(epcOf(5))?.status).toBe("missing");
    expect(resultOf(ended)).toMatchObject({ expected: 4, counted: 4, exactAccuracy: 1 });
  });

  test("keeps what was sold while it ran: of those it found, and of those it did not", () => {
    for (const found of [5, 4]) {
      const book = newBook();
      for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
      start(book, 0);
      for (let n = 1; n <= found; n++) read(book, epcOf(n), 1);
      sell(book, 2);
      end(book, 10);
      expect(sellable(book)).toBe(4);
      expect(book.unidentified("north", GTIN)).toBe(found === 5 ? -1 : 0);
    }
  });

  test("of zones judges what was last placed there alone", () => {
    const book = newBook();
    present(book, A, -60, "backroom");
    for (const n of [2, 3, 4, 5, 6]) present(book, epcOf(n), -60);
    units(book, -59, "receipt", 3);
    start(book, 0, { zones: ["floor"] });
    for (const n of [2, 3, 4, 5]) read(book, epcOf(n), 1);
    expect(linesOf(end(book, 10))).toEqual([[-1, "counted"]]);
    expect([book.item(A)?.status, book.item(epcOf(6))?.status]).toEqual(["present", "missing"]);
    expect(book.unidentified("north", GTIN)).toBe(3);
  });

  test("takes back what comes late from before it", () => {
    const book = newBook();
    for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
    start(book, 0);
    for (const n of [1, 2, 3, 4, 5]) read(book, epcOf(n), 1);
    end(book, 10);
    expect(linesOf(units(book, -5, "receipt", 3))).toEqual([
      [3, "received"],
      [-3, "reversed"],
    ]);
    expect([sellable(book), book.unidentified("north", GTIN)]).toEqual([5, 0]);
  });

  test("takes back an item that comes late from before it, unless it found it", () => {
    const received = (epc: string) => {
      const book = newBook();
      for (const n of [1, 2, 3, 4]) present(book, epcOf(n), -60);
      start(book, 0);
      for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 1);
      tags(book, 2, B);
      end(book, 10);
      const lines = [{ gtin: String(GTIN), quantity: 1, state: "sellable" as const, epcs: [epc] }];
      return { book, lines: linesOf(tell(book, -5, { type: "receipt", lines })) };
    };
    const unknown = received(epcOf(7));
    expect(unknown.lines).toEqual([
      [1, "received"],
      [-1, "counted"],
    ]);
    expect(unknown.book.item(epcOf(7))?.status).toBe("missing");
    expect(sellable(unknown.book)).toBe(4);
    expect(sellable(received(B).book)).toBe(4);
  });

  test("is mended by a read from its time that comes late, and not by one from before it", () => {
    for (const minutes of [9.95, -0.05]) {
      const book = newBook();
      for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
      start(book, 0);
      for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 1);
      end(book, 10);
      read(book, epcOf(5), minutes);
      expect(book.item(epcOf(5))?.status).toBe(minutes > 0 ? "present" : "missing");
      expect(sellable(book)).toBe(minutes > 0 ? 5 : 4);
    }
  });

  test("is made up for by the next read of what it missed", () => {
    const book = newBook();
    for (const n of [1, 2, 3, 4, 5]) present(book, epcOf(n), -60);
    start(book, 0);
    for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 1);
    end(book, 10);
    present(book, epcOf(5), 30);
    expect(book.item(epcOf(5))?.status).toBe("present");
    expect(sellable(book)).toBe(5);
  });
});

describe("a count that found less than it must", () => {
  function held(): StockBook {
    const book = newBook();
    for (let n = 1; n <= 5; n++) present(book, epcOf(n), -60);
    start(book, 0);
    tags(book, 1, epcOf(1), epcOf(2), epcOf(9));
    const ended = end(book, 10);
    expect(resultOf(ended)).toMatchObject({ state: "held", expected: 5, found: 3, missedItems: 3 });
    expect(linesOf(ended)).toEqual([]);
    expect(ended.ok && ended.value.items).toEqual([]);
    return book;
  }

  test("changes nothing before a person decides", () => {
    const book = held();
    expect(sellable(book)).toBe(5);
    expect(book.item(epcOf(5))?.status).toBe("present");
    expect(book.item(epcOf(9))).toBeNull();
  });

  test("is applied as of its time once it is accepted", () => {
    const book = held();
    sell(book, 12, 1, epcOf(1));
    const decided = decide(book, 60, "accept");
    expect(resultOf(decided)).toMatchObject({ state: "applied", missedItems: 3, newItems: 1 });
    expect(sellable(book)).toBe(2);
    expect(book.item(epcOf(9))?.status).toBe("present");
    expect(linesOf(decide(book, 61, "accept"))).toBe("count_not_held");
  });

  test("changes nothing when it is rejected", () => {
    const book = held();
    expect(linesOf(decide(book, 60, "reject"))).toEqual([]);
    expect(sellable(book)).toBe(5);
    expect(linesOf(decide(book, 61, "accept"))).toBe("count_not_held");
  });
});

describe("what a count is told is refused", () => {
  test("of one that is not known, not yet begun, or over", () => {
    const book = newBook();
    expect(linesOf(tags(book, 1, A))).toBe("unknown_count");
    expect(linesOf(end(book, 1))).toBe("unknown_count");
    expect(linesOf(decide(book, 1, "accept"))).toBe("unknown_count");
    start(book, 0);
    expect(linesOf(start(book, 0))).toBe("count_exists");
    expect(linesOf(tags(book, -1, A))).toBe("count_before_start");
    expect(linesOf(decide(book, 1, "accept"))).toBe("count_not_held");
    end(book, 10);
    expect(linesOf(tags(book, 9, A))).toBe("count_over");
    expect(linesOf(end(book, 11))).toBe("count_over");
    expect(sellable(book)).toBe(0);
  });

  test("of one that overlaps another, but not of one beside it or after it", () => {
    const book = newBook();
    start(book, 0, { zones: ["floor"] });
    const other = (minutes: number, countId: string, more: { zones?: string[]; gtins?: string[] }) =>
      linesOf(tell(book, minutes, { type: "count_started", countId, ...more }));
    expect(other(1, "c2", {})).toBe("count_overlaps");
    expect(other(1, "c2", { zones: ["backroom", "floor"] })).toBe("count_overlaps");
    expect(other(1, "c2", { zones: ["backroom"] })).toEqual([]);
    end(book, 2);
    expect(other(3, "c3", { zones: ["floor"] })).toEqual([]);
  });

  test("of one that nobody ended within a day, which then is in nobody's way", () => {
    const book = newBook();
    present(book, A, -60);
    start(book, 0);
    expect(linesOf(tags(book, 24 * 60 + 1, A))).toBe("count_expired");
    expect(linesOf(end(book, 24 * 60 + 1))).toBe("count_expired");
    expect(linesOf(tell(book, 24 * 60 + 2, { type: "count_started", countId: "c2" }))).toEqual([]);
    expect(sellable(book)).toBe(1);
  });

  test("of captures outside its time, and of units without tags in zones", () => {
    const book = newBook();
    start(book, 0, { zones: ["floor"] });
    expect(linesOf(quantities(book, 2, [5, 1]))).toBe("count_quantities_in_zones");
    const captured = (capturedAt: string) =>
      linesOf(tell(book, 2, { type: "count_reads", countId: "c1", epcs: [{ epc: A, capturedAt }] }));
    expect(captured(at(-1))).toBe("count_capture_time");
    expect(captured(at(3))).toBe("count_capture_time");
    expect(captured(at(2))).toEqual([]);
    expect(linesOf(end(book, 1))).toBe("count_capture_time");
    expect(linesOf(end(book, 2))).toEqual([[1, "counted"]]);
  });
});
