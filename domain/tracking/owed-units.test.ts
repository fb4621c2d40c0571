import { describe, expect, test } from "vitest";
import type { ZoneKind } from "../location.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const GTIN = 4006381333931;
const T0 = Date.UTC(2025, 5, 2, 10);
const at = (ms: number) => new Date(T0 + ms).toISOString();
const epcOf = (n: number) => `30${n.toString(16).toUpperCase().padStart(22, "0")}`;

function seeTwice(book: StockBook, identity: string, ms: number, zoneKind: ZoneKind): void {
  for (const atMs of [ms, ms + 3000]) {
    const place = { locationId: "north", zoneId: zoneKind, zoneKind };
    book.applyRead({
      identity,
      gtin: GTIN,
      ...place,
      observedAtMs: T0 + atMs,
      rssiDbm: -55,
      near: null,
    });
  }
}

/** Three units by the book, two of them seen; then two are sold, nobody knows which. */
function bookThatOwesASale(): StockBook {
  const book = createStockBook({ isKnownProduct: () => true, resolveEpc: () => null });
  const position = { gtin: String(GTIN), quantity: 3, state: "sellable" as const };
  book.applyStockEvent(
    "north",
    "stock/erp",
    { type: "position", eventId: "p", occurredAt: at(0), lines: [position] },
    "{}",
  );
  seeTwice(book, epcOf(1), 1000, "sales_floor");
  seeTwice(book, epcOf(2), 1000, "sales_floor");
  const lines = [{ lineNo: 1, gtin: String(GTIN), quantity: 2 }];
  const sale = {
    type: "sale" as const,
    terminalId: "t1",
    transactionId: "x1",
    occurredAt: at(60_000),
    lines,
  };
  book.applyTillEvent("north", "pos/t1", sale, "e1", "{}");
  return book;
}

describe("a unit that is seen for the first time where sales are owed", () => {
  test("is one that the book has: the units sold were others", () => {
    const book = bookThatOwesASale();
    expect(book.unidentified("north", GTIN)).toBe(-1);
    seeTwice(book, epcOf(3), 120_000, "sales_floor");
    expect(book.position("north", GTIN)?.sellable).toBe(1);
    expect(book.unidentified("north", GTIN)).toBe(-2);
  });

  test("is received at a dock: goods that come in are not what was there", () => {
    const book = bookThatOwesASale();
    seeTwice(book, epcOf(3), 120_000, "dock");
    expect(book.position("north", GTIN)?.sellable).toBe(2);
    expect(book.unidentified("north", GTIN)).toBe(-1);
  });
});
