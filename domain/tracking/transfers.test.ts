import { describe, expect, test } from "vitest";
import type { StockLine } from "../events/event-base.ts";
import type { StateChangeEvent } from "../events/state-change-event.ts";
import type { StockEvent } from "../events/stock-event.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import type { ZoneKind } from "../location.ts";
import type { Result } from "../result.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const GTIN = 4006381333931;
const T0 = Date.UTC(2025, 5, 2, 10);
const MINUTE = 60_000;
const at = (minutes: number) => new Date(T0 + minutes * MINUTE).toISOString();
const epcOf = (n: number) => `30${n.toString(16).toUpperCase().padStart(22, "0")}`;
const A = epcOf(1);
const B = epcOf(2);

function newBook(): StockBook {
  return createStockBook({
    isKnownProduct: () => true,
    resolveEpc: (text) => (/^30[0-9A-F]{22}$/.test(text) ? { identity: text, gtin: GTIN } : null),
  });
}

let events = 0;
type Body = StockEvent extends infer E
  ? E extends StockEvent
    ? Omit<E, "eventId" | "occurredAt">
    : never
  : never;

function tell(book: StockBook, minutes: number, body: Body, locationId: string): Result<LedgerEvent> {
  const event: StockEvent = { ...body, eventId: `s${++events}`, occurredAt: at(minutes) };
  return book.applyStockEvent(locationId, "stock/wms", event, "{}");
}

const line = (quantity: number, epcs?: string[]): StockLine => ({
  gtin: String(GTIN),
  quantity,
  state: "sellable",
  ...(epcs === undefined ? {} : { epcs }),
});
const receive = (book: StockBook, minutes: number, quantity: number, epcs?: string[], locationId = "north") =>
  tell(book, minutes, { type: "receipt", lines: [line(quantity, epcs)] }, locationId);
const ship = (book: StockBook, minutes: number, quantity: number, epcs?: string[], transferId = "T1") =>
  tell(
    book,
    minutes,
    { type: "transfer_out", transferId, to: "south", lines: [line(quantity, epcs)] },
    "north",
  );
const arrive = (book: StockBook, minutes: number, quantity: number, epcs?: string[], transferId = "T1") =>
  tell(
    book,
    minutes,
    { type: "transfer_in", transferId, from: "north", lines: [line(quantity, epcs)] },
    "south",
  );

function read(book: StockBook, identity: string, minutes: number, at = "south/dock") {
  const [locationId = "", zoneId = ""] = at.split("/");
  const kinds: Record<string, ZoneKind> = { dock: "dock" };
  for (const seconds of [0, 3]) {
    book.applyRead({
      identity,
      gtin: GTIN,
      locationId,
      zoneId,
      zoneKind: kinds[zoneId] ?? "sales_floor",
      observedAtMs: T0 + minutes * MINUTE + seconds * 1000,
      rssiDbm: -60,
      near: null,
    });
  }
}

const onHand = (book: StockBook) => ["north", "south"].map((id) => book.position(id, GTIN)?.sellable ?? 0);
const unidentified = (book: StockBook) => ["north", "south"].map((id) => book.unidentified(id, GTIN));
const linesOf = (result: Result<LedgerEvent>) =>
  result.ok ? result.value.movements.map((m) => [m.locationId, m.quantity, m.reason]) : result.code;

describe("a transfer of items by name", () => {
  test("leaves one place as it is shipped and enters the other as it is received", () => {
    const book = newBook();
    receive(book, 0, 2, [A, B]);
    expect(linesOf(ship(book, 10, 2, [A, B]))).toEqual([
      ["north", -1, "transferred_out"],
      ["north", -1, "transferred_out"],
    ]);
    expect(book.item(A)).toMatchObject({ status: "in_transit", locationId: "north" });
    expect(onHand(book)).toEqual([0, 0]);
    expect(linesOf(arrive(book, 60, 1, [A]))).toEqual([["south", 1, "transferred_in"]]);
    expect(book.item(A)).toMatchObject({ status: "present", locationId: "south" });
    expect(book.item(B)?.status).toBe("in_transit");
    expect(onHand(book)).toEqual([0, 1]);
  });

  test("is settled by a read at the destination, and not doubled by what is told of it after", () => {
    const book = newBook();
    receive(book, 0, 1, [A]);
    ship(book, 10, 1, [A]);
    read(book, A, 60);
    expect(onHand(book)).toEqual([0, 1]);
    expect(linesOf(arrive(book, 70, 1, [A]))).toEqual([]);
    expect(linesOf(arrive(book, 71, 1))).toEqual([["south", 1, "transferred_in"]]);
    expect(onHand(book)).toEqual([0, 2]);
  });

  test("is not settled by readers where it is shipped", () => {
    const book = newBook();
    read(book, A, 0, "north/floor");
    ship(book, 10, 1, [A]);
    read(book, A, 11, "north/dock");
    read(book, A, 12, "north/floor");
    expect(book.item(A)?.status).toBe("in_transit");
    expect(onHand(book)).toEqual([0, 0]);
  });

  test("that comes back is received where it was shipped", () => {
    const book = newBook();
    receive(book, 0, 1, [A]);
    ship(book, 10, 1, [A]);
    receive(book, 60, 1, [A]);
    expect(onHand(book)).toEqual([1, 0]);
    expect(book.item(A)).toMatchObject({ status: "present", locationId: "north" });
  });

  test("received by quantity and then read is one unit each", () => {
    const book = newBook();
    receive(book, 0, 2, [A, B]);
    ship(book, 10, 2, [A, B]);
    arrive(book, 60, 2);
    expect(onHand(book)).toEqual([0, 2]);
    read(book, A, 70);
    read(book, B, 71);
    expect(onHand(book)).toEqual([0, 2]);
    expect(unidentified(book)).toEqual([0, 0]);
  });

  test("told after the item has arrived changes nothing", () => {
    const book = newBook();
    receive(book, 0, 1, [A]);
    read(book, A, 60);
    expect(onHand(book)).toEqual([0, 1]);
    expect(linesOf(ship(book, 61, 1, [A]))).toEqual([]);
    expect(linesOf(arrive(book, 62, 1, [A]))).toEqual([]);
    expect(onHand(book)).toEqual([0, 1]);
  });

  test("sold at the destination before anybody told of it enters there first", () => {
    const book = newBook();
    receive(book, 0, 1, [A]);
    ship(book, 10, 1, [A]);
    const event = {
      type: "sale" as const,
      terminalId: "t1",
      transactionId: "x1",
      occurredAt: at(30),
      lines: [{ lineNo: 1, epc: A, quantity: 1 }],
    };
    const sold = book.applyTillEvent("south", "pos/t1", event, "x1", "{}");
    expect(linesOf(sold)).toEqual([
      ["south", 1, "transferred_in"],
      ["south", -1, "sold"],
    ]);
    expect(linesOf(arrive(book, 20, 1, [A]))).toEqual([
      ["south", 1, "transferred_in"],
      ["south", -1, "reversed"],
    ]);
    expect(onHand(book)).toEqual([0, 0]);
  });
});

describe("a transfer by quantity", () => {
  test("of units that readers know as items is one and the same, whoever is first to tell", () => {
    const orders: ((book: StockBook) => void)[][] = [];
    const out = (book: StockBook) => ship(book, 10, 3);
    const into = (book: StockBook) => arrive(book, 70, 3);
    const reads = [1, 2, 3].map((n) => (book: StockBook) => read(book, epcOf(n), 60 + n));
    orders.push([out, ...reads, into], [out, into, ...reads], [...reads, out, into], [into, ...reads, out]);
    for (const order of orders) {
      const book = newBook();
      for (const n of [1, 2, 3, 4]) read(book, epcOf(n), 0, "north/dock");
      for (const step of order) step(book);
      expect(onHand(book)).toEqual([1, 3]);
      expect(unidentified(book)).toEqual([0, 0]);
    }
  });

  test("of units that nobody has read is claimed by those read at the destination", () => {
    const book = newBook();
    receive(book, 0, 5);
    ship(book, 10, 2);
    read(book, A, 60);
    expect(onHand(book)).toEqual([3, 1]);
    arrive(book, 70, 2);
    expect(onHand(book)).toEqual([3, 2]);
    read(book, B, 80);
    expect(onHand(book)).toEqual([3, 2]);
    expect(unidentified(book)).toEqual([3, 0]);
  });

  test("received short leaves the rest in transit, and received over is owed by the sender", () => {
    const book = newBook();
    receive(book, 0, 10);
    ship(book, 10, 4);
    arrive(book, 60, 3);
    expect(onHand(book)).toEqual([6, 3]);
    arrive(book, 90, 3);
    expect(onHand(book)).toEqual([6, 6]);
    ship(book, 11, 2);
    expect(onHand(book)).toEqual([4, 6]);
  });

  test("that readers saw come in before a restart is not received a second time after it", () => {
    const before = newBook();
    for (const n of [1, 2, 3]) read(before, epcOf(n), 0, "north/dock");
    ship(before, 10, 2);
    read(before, A, 60);
    expect(onHand(before)).toEqual([1, 1]);
    const book = newBook();
    for (const { locationId, gtin, state, quantity } of before.positions()) {
      book.loadPosition(locationId, gtin, state, quantity);
    }
    for (const item of before.items()) book.loadItem(item);
    const told = { transferId: "T1", to: "south", lines: [line(2)], eventId: "o", occurredAt: at(10) };
    book.history.loadTransfer("north", { type: "transfer_out", ...told });
    book.history.loadArrival("south", A, T0 + 60 * MINUTE);
    arrive(book, 70, 2);
    expect(onHand(book)).toEqual([1, 2]);
    read(book, B, 90, "south/dock");
    for (let minutes = 91; minutes < 95; minutes++) read(book, B, minutes, "south/dock");
    expect(onHand(book)).toEqual([1, 2]);
    expect(unidentified(book)).toEqual([0, 0]);
  });

  test("does not take what went another way for its own", () => {
    const book = newBook();
    for (const n of [1, 2, 3]) read(book, epcOf(n), 0, "north/dock");
    ship(book, 10, 1);
    read(book, epcOf(1), 60);
    expect(onHand(book)).toEqual([2, 1]);
    read(book, epcOf(2), 70);
    expect(onHand(book)).toEqual([1, 2]);
  });

  test.each([
    ["transfer_to_itself", { to: "north" }, line(1)],
    ["quantity_not_positive", {}, line(0)],
    ["more_epcs_than_units", {}, line(1, [A, B])],
    ["epc_not_readable", {}, line(1, ["zebra"])],
  ])("is refused as %s, and stock stays as it is", (code, more, line) => {
    const book = newBook();
    const body = { type: "transfer_out" as const, transferId: "T1", to: "south", lines: [line], ...more };
    expect(linesOf(tell(book, 0, body, "north"))).toBe(code);
    expect(onHand(book)).toEqual([0, 0]);
  });
});

describe("an expected receipt", () => {
  test("moves nothing", () => {
    const book = newBook();
    const body = {
      type: "expected_receipt" as const,
      reference: "PO-1",
      expectedAt: at(900),
      lines: [line(5)],
    };
    expect(linesOf(tell(book, 0, body, "north"))).toEqual([]);
    expect(onHand(book)).toEqual([0, 0]);
  });
});

describe("a change of state", () => {
  const change = (book: StockBook, minutes: number, ...lines: Partial<StateChangeEvent["lines"][number]>[]) =>
    tell(
      book,
      minutes,
      {
        type: "state_change",
        lines: lines.map((line) =>
          Object.assign({ gtin: String(GTIN), quantity: 1, from: "sellable", to: "damaged" }, line),
        ),
      },
      "north",
    );

  test("of units is two lines that name the reason", () => {
    const book = newBook();
    receive(book, 0, 5);
    const changed = (minutes: number, line: Partial<StateChangeEvent["lines"][number]>) => {
      const lines = linesOf(change(book, minutes, line));
      return typeof lines === "string" ? lines : lines.sort((a, b) => Number(a[1]) - Number(b[1]));
    };
    expect(changed(1, { quantity: 2 })).toEqual([
      ["north", -2, "damaged"],
      ["north", 2, "damaged"],
    ]);
    expect(changed(2, { from: "damaged", to: "sellable" })).toEqual([
      ["north", -1, "repaired"],
      ["north", 1, "repaired"],
    ]);
    expect(changed(3, { to: "display_only" })).toEqual([
      ["north", -1, "state_changed"],
      ["north", 1, "state_changed"],
    ]);
    expect(book.position("north", GTIN)).toEqual({ sellable: 3, inspect: 0, damaged: 1, display_only: 1 });
  });

  test("of an item goes from the state that it has, and stays with it", () => {
    const book = newBook();
    receive(book, 0, 1, [A]);
    change(book, 1, { epc: A, to: "inspect" });
    expect(linesOf(change(book, 2, { epc: A, to: "damaged" }))).toEqual([
      ["north", -1, "damaged"],
      ["north", 1, "damaged"],
    ]);
    expect(book.item(A)?.state).toBe("damaged");
    expect(book.position("north", GTIN)).toEqual({ sellable: 0, inspect: 0, damaged: 1, display_only: 0 });
    read(book, A, 30);
    expect(book.position("south", GTIN)?.damaged).toBe(1);
  });

  test("of an item that nobody has read takes a unit without identity, and else finds one", () => {
    const book = newBook();
    receive(book, 0, 1);
    change(book, 1, { epc: A });
    expect(book.position("north", GTIN)).toMatchObject({ sellable: 0, damaged: 1 });
    expect(book.unidentified("north", GTIN)).toBe(0);
    expect(linesOf(change(book, 2, { epc: B }))).toEqual([["north", 1, "found"]]);
    expect(book.position("north", GTIN)).toMatchObject({ sellable: 0, damaged: 2 });
  });

  test.each([
    ["state_not_changed", { to: "sellable" }],
    ["more_units_than_epc", { epc: A, quantity: 2 }],
    ["epc_not_readable", { epc: "zebra" }],
  ] as const)("is refused as %s, and stock stays as it is", (code, more) => {
    const book = newBook();
    receive(book, 0, 2);
    expect(linesOf(change(book, 1, {}, more))).toBe(code);
    expect(onHand(book)).toEqual([2, 0]);
  });
});
