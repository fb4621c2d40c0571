import { describe, expect, test } from "vitest";
import { epcOf, reasonsOf, TOLD_GTIN, type ToldBook, toldBook } from "../../test/support/told-book.ts";
import { DEFAULT_TRACKING_SETTINGS } from "./tracking-settings.ts";

const DEFAULTS = DEFAULT_TRACKING_SETTINGS;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const A = epcOf(1);
const B = epcOf(2);

/** A book with items on the floor since the beginning. */
function store(...epcs: string[]): ToldBook {
  const told = toldBook();
  for (const epc of epcs) {
    told.read(epc, 0, "dock");
    told.pass(epc, 10_000, "floor");
  }
  return told;
}

describe("an item at an exit", () => {
  test("is exiting, and present again once it is placed elsewhere", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    expect(told.status(A)).toBe("exiting");
    expect(told.events.at(-1)).toMatchObject({ eventType: "item_exiting", items: [{ zoneId: "exit" }] });
    told.pass(A, MINUTE + 20_000, "floor");
    expect(told.status(A)).toBe("present");
    expect(told.advance(HOUR)).toEqual([]);
    expect(told.onHand()).toBe(1);
  });

  test("has left after 30 s of silence, once, which is a loss", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    expect(told.advance(MINUTE + 30_000)).toEqual([]);
    const [event, ...others] = told.advance(MINUTE + 30_001);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ eventType: "item_left", items: [{ epc: A, status: "left" }] });
    expect(reasonsOf(event)).toEqual([[-1, "left"]]);
    expect(told.advance(HOUR)).toEqual([]);
    expect(told.onHand()).toBe(0);
  });

  test("has not left as long as anybody reads it", () => {
    const told = store(A);
    for (let ms = MINUTE; ms < 5 * MINUTE; ms += 20_000) {
      told.pass(A, ms, "exit");
      expect(told.advance(ms)).toEqual([]);
    }
    expect(told.status(A)).toBe("exiting");
  });

  test("that another reader hears too lies near it: it takes ten minutes of silence", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    told.read(A, MINUTE + 5000, "floor", -80);
    expect(told.advance(MINUTE + 60_000)).toEqual([]);
    expect(told.advance(MINUTE + 11 * MINUTE)).toHaveLength(1);
  });

  test("is found when it is read again, and leaves again", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    told.advance(2 * MINUTE);
    const found = told.read(A, 3 * MINUTE, "exit");
    expect(reasonsOf(found)).toEqual([[1, "found"]]);
    told.pass(A, 3 * MINUTE + 5000, "floor");
    expect(told.status(A)).toBe("present");
    told.pass(A, 5 * MINUTE, "exit");
    expect(reasonsOf(told.advance(6 * MINUTE)[0])).toEqual([[-1, "left"]]);
    expect(told.onHand()).toBe(0);
  });

  test("never left where a read comes late that is from before its silence was judged", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    expect(told.advance(3 * MINUTE)).toHaveLength(1);
    const late = told.read(A, MINUTE + 20_000, "floor");
    expect(reasonsOf(late)).toEqual([[1, "reversed"]]);
    expect(told.status(A)).toBe("exiting");
    expect(told.onHand()).toBe(1);
  });

  test("was sold where a till had sold one of its product before: no second decrement", () => {
    const told = store(A);
    expect(reasonsOf(told.till(MINUTE, "sale"))).toEqual([[-1, "sold"]]);
    told.pass(A, 2 * MINUTE, "exit");
    const [event] = told.advance(3 * MINUTE);
    expect(reasonsOf(event)).toEqual([]);
    expect(event?.items).toMatchObject([{ epc: A, status: "sold" }]);
    expect(told.onHand()).toBe(0);
    expect(told.book.unidentified("north", TOLD_GTIN)).toBe(0);
  });

  test("was sold where a till tells of it only after the item had left", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    told.advance(2 * MINUTE);
    const sale = told.till(3 * MINUTE, "sale");
    expect(reasonsOf(sale)).toEqual([
      [1, "found"],
      [-1, "sold"],
    ]);
    expect(told.status(A)).toBe("sold");
    expect(told.onHand()).toBe(0);
  });

  test("ends in the same where the till's event comes before its silence was judged, or after", () => {
    const late = store(A, B);
    late.pass(A, MINUTE, "exit");
    late.advance(2 * MINUTE);
    late.till(MINUTE - 10_000, "sale");
    const early = store(A, B);
    early.till(MINUTE - 10_000, "sale");
    early.pass(A, MINUTE, "exit");
    early.advance(2 * MINUTE);
    for (const told of [late, early]) {
      expect(told.status(A)).toBe("sold");
      expect(told.status(B)).toBe("present");
      expect(told.onHand()).toBe(1);
    }
  });

  test("is a loss where the sale was of another time, and the owed sale of long ago is settled by it", () => {
    const recent = store(A, B);
    recent.till(MINUTE, "sale", B);
    recent.pass(A, 2 * MINUTE, "exit");
    expect(reasonsOf(recent.advance(3 * MINUTE)[0])).toEqual([[-1, "left"]]);

    const owed = store(A);
    owed.till(MINUTE, "sale");
    expect(owed.book.unidentified("north", TOLD_GTIN)).toBe(-1);
    owed.pass(A, HOUR, "exit");
    const [event] = owed.advance(HOUR + MINUTE);
    expect(reasonsOf(event)).toEqual([]);
    expect(owed.status(A)).toBe("left");
    expect(owed.onHand()).toBe(0);
    // It is back: then another unit had been sold, and is owed still.
    owed.pass(A, HOUR + 5 * MINUTE, "floor");
    expect(owed.status(A)).toBe("present");
    expect(owed.onHand()).toBe(0);
    expect(owed.book.unidentified("north", TOLD_GTIN)).toBe(-1);
  });

  test("one sale settles one item, and a sale of two settles two", () => {
    for (const quantity of [1, 2]) {
      const told = store(A, B, epcOf(3));
      told.till(MINUTE, "sale", null, quantity);
      told.pass(A, MINUTE + 30_000, "exit");
      told.pass(B, MINUTE + 31_000, "exit");
      told.advance(3 * MINUTE);
      const left = [A, B].filter((epc) => told.status(epc) === "left");
      expect(left).toHaveLength(2 - quantity);
      expect(told.onHand()).toBe(1);
    }
  });

  test("a sale takes the item at the till before the one that went out", () => {
    const told = store(A, B);
    told.pass(A, MINUTE, "exit");
    told.advance(2 * MINUTE);
    told.read(B, 2 * MINUTE, "till");
    told.till(2 * MINUTE + 5000, "sale");
    expect(told.status(A)).toBe("left");
    expect(told.status(B)).toBe("sold");
  });

  test("sold by name is a shopper walking out", () => {
    const told = store(A);
    told.till(MINUTE, "sale", A);
    told.pass(A, 2 * MINUTE, "exit");
    expect(told.advance(HOUR)).toEqual([]);
    expect(told.status(A)).toBe("sold");
  });

  test("is still exiting after a restart, and leaves then", () => {
    const told = store(A);
    told.pass(A, MINUTE, "exit");
    const restarted = toldBook();
    restarted.book.loadPosition("north", TOLD_GTIN, "sellable", told.onHand());
    for (const item of told.book.items()) restarted.book.loadItem(item);
    expect(restarted.status(A)).toBe("exiting");
    expect(reasonsOf(restarted.advance(3 * MINUTE)[0])).toEqual([[-1, "left"]]);
    expect(restarted.onHand()).toBe(0);
  });

  test("brought back by a return is not taken for leaving by reads from before it", () => {
    const told = store(A);
    told.till(MINUTE, "sale", A);
    told.pass(A, 2 * MINUTE, "exit");
    told.till(10 * MINUTE, "return", A);
    expect(told.book.item(A)).toMatchObject({ status: "present", zoneId: "" });
    expect(told.advance(HOUR)).toEqual([]);
    expect(told.onHand()).toBe(1);
  });

  test("honours the settings of its location, changed at any time", () => {
    const told = store(A);
    told.book.configureLocation("north", { ...DEFAULTS, exitSilenceMs: 5 * MINUTE });
    told.pass(A, MINUTE, "exit");
    expect(told.advance(4 * MINUTE)).toEqual([]);
    told.book.configureLocation("north", DEFAULTS);
    expect(reasonsOf(told.advance(5 * MINUTE)[0])).toEqual([[-1, "left"]]);
  });
});

describe("a sold item", () => {
  const sightings = (told: ToldBook) => told.events.filter((event) => event.eventId.startsWith("sold_seen:"));

  test("that stays on the floor for hours is told of once, and stock stays as it is", () => {
    const told = store(A);
    told.till(MINUTE, "sale", A);
    for (let ms = 2 * MINUTE; ms < 4 * HOUR; ms += 5 * MINUTE) told.read(A, ms, "floor");
    expect(sightings(told)).toMatchObject([
      { eventType: "item_seen", movements: [], items: [{ epc: A, status: "sold", zoneId: "floor" }] },
    ]);
    expect(told.onHand()).toBe(0);
  });

  test("on its way out is no news, and one that is back the next day is", () => {
    const told = store(A);
    told.till(MINUTE, "sale", A);
    told.pass(A, 3 * MINUTE, "floor");
    told.pass(A, 5 * MINUTE, "exit");
    expect(sightings(told)).toEqual([]);
    told.pass(A, 30 * HOUR, "floor", 3);
    expect(sightings(told)).toEqual([]);
    told.pass(A, 30 * HOUR + 3000, "floor", 3);
    expect(sightings(told)).toHaveLength(1);
  });
});
