import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IncomingBook, toIncoming } from "./incoming-book.ts";

const GTIN = 4006381333931;
const HOUR_MS = 3_600_000;
const settings = { graceHours: 24, transitHours: 48 };
const lines = (quantity: number) => [{ gtin: GTIN, quantity }];
const at = (hour: number) => hour * HOUR_MS;
const units = (book: IncomingBook, hour: number) =>
  toIncoming(book.incoming("S01", GTIN, at(hour))).map((one) => [
    Date.parse(one.expectedAt) / HOUR_MS,
    one.quantity,
  ]);

describe("expected receipts", () => {
  test("count until they came, or are late by more than the grace", () => {
    const book = new IncomingBook(settings);
    book.expect("S01", "PO-1", { announcedMs: 0, expectedAtMs: at(10) }, lines(5));
    book.expect("S01", "PO-2", { announcedMs: 0, expectedAtMs: at(5) }, lines(2));
    expect(units(book, 1)).toEqual([
      [5, 2],
      [10, 5],
    ]);
    book.arrive("S01", "receipt", "PO-1", lines(3));
    expect(units(book, 20)).toEqual([
      [5, 2],
      [10, 2],
    ]);
    expect(units(book, 29)).toEqual([[10, 2]]);
    expect(units(book, 34)).toEqual([]);
  });

  test("the newest announcement stands; a quantity of 0 takes it back; what came stays taken off", () => {
    const book = new IncomingBook(settings);
    book.arrive("S01", "receipt", "PO-1", lines(1));
    book.expect("S01", "PO-1", { announcedMs: at(2), expectedAtMs: at(20) }, lines(8));
    book.expect("S01", "PO-1", { announcedMs: at(1), expectedAtMs: at(10) }, lines(5));
    expect(units(book, 3)).toEqual([[20, 7]]);
    book.expect("S01", "PO-1", { announcedMs: at(3), expectedAtMs: at(20) }, lines(0));
    expect(units(book, 3)).toEqual([]);
    expect(book.incoming("S02", GTIN, at(3))).toEqual([]);
  });
});

describe("transfers", () => {
  test("are on their way for the time it takes, and come by paper or by readers", () => {
    const book = new IncomingBook(settings);
    book.ship("S01", "W01", "T1", at(0), lines(3), ["E1"]);
    expect(units(book, 1)).toEqual([[48, 3]]);
    book.arriveByRead("S01", GTIN, "E1");
    book.arriveByRead("S01", GTIN, "E9");
    expect(units(book, 1)).toEqual([[48, 1]]);
    book.arrive("S01", "transfer", "T1", lines(1));
    expect(units(book, 1)).toEqual([]);
  });
});

test("told in any order, the same is to come", () => {
  const tellings = [
    (book: IncomingBook) => book.expect("S01", "P", { announcedMs: 1, expectedAtMs: at(9) }, lines(4)),
    (book: IncomingBook) => book.expect("S01", "P", { announcedMs: 2, expectedAtMs: at(8) }, lines(6)),
    (book: IncomingBook) => book.arrive("S01", "receipt", "P", lines(1)),
    (book: IncomingBook) => book.arrive("S01", "receipt", "P", lines(2)),
    (book: IncomingBook) => book.ship("S01", "W01", "T", 0, lines(5), []),
    (book: IncomingBook) => book.arrive("S01", "transfer", "T", lines(2)),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(tellings, { minLength: tellings.length }), (shuffled) => {
      const book = new IncomingBook(settings);
      for (const tell of shuffled) tell(book);
      expect(units(book, 1)).toEqual([
        [8, 3],
        [48, 3],
      ]);
      book.forgetBefore(at(100));
      expect(book.hasNone("S01", GTIN)).toBe(true);
    }),
  );
});
