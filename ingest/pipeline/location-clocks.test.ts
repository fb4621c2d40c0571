import { describe, expect, test } from "vitest";
import { epcOf, TOLD_START_MS, toldBook } from "../../test/support/told-book.ts";
import { LocationClocks } from "./location-clocks.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NEAR_GATE = epcOf(1);
const STOLEN = epcOf(2);
const ON_SHELF = epcOf(3);

type Sight = { epc: string; zoneId: string; atMs: number };

/** A store whose clock is told of each read before its book is, as ingest does it. Times from the book's start. */
function clockedStore() {
  const told = toldBook();
  const clocks = new LocationClocks(told.book, 10 * SECOND);
  return {
    told,
    take({ epc, zoneId, atMs }: Sight, takenAtMs: number) {
      told.events.push(...clocks.readCame("north", TOLD_START_MS + atMs, TOLD_START_MS + takenAtMs));
      told.read(epc, atMs, zoneId);
    },
    sold: (atMs: number, takenAtMs: number) => {
      told.events.push(...clocks.passed("north", TOLD_START_MS + atMs, TOLD_START_MS + takenAtMs));
    },
    left: () => told.events.filter((event) => event.eventType === "item_left").map(leftItem),
  };
}
const leftItem = (event: { items: readonly { epc: string }[] }) => event.items[0]?.epc;

/** An item that is read somewhere every so many seconds, the end excluded. */
function seen(epc: string, zoneId: string, fromMs: number, toMs: number, everyMs: number): Sight[] {
  const sights: Sight[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += everyMs) sights.push({ epc, zoneId, atMs });
  return sights;
}
const inTime = (sights: readonly Sight[]) => sights.toSorted((a, b) => a.atMs - b.atMs);

const CUT_OFF = 10 * MINUTE;
const BACK = 100 * MINUTE;
const END = 105 * MINUTE;
const shelf = inTime([
  ...seen(NEAR_GATE, "floor", 0, END, 20 * SECOND),
  ...seen(ON_SHELF, "floor", 0, END, 20 * SECOND),
  ...seen(STOLEN, "floor", 0, 30 * MINUTE, 20 * SECOND),
]);
const gate = inTime([
  ...seen(NEAR_GATE, "exit", 20 * MINUTE, 20 * MINUTE + 3 * SECOND, SECOND / 2),
  ...seen(STOLEN, "exit", 31 * MINUTE, 31 * MINUTE + 3 * SECOND, SECOND / 2),
]);
const isLive = ({ atMs }: Sight) => atMs < CUT_OFF || atMs >= BACK;
const alternating = shelf.flatMap((sight, index) => [...gate.slice(index, index + 1), sight]);

describe("the time of a location", () => {
  test.each([
    ["the gate's reader first", [...gate, ...shelf]],
    ["the shelf's reader first", [...shelf, ...gate]],
    ["both at once", alternating],
  ])("waits for what was kept while it was cut off, %s: only what is gone has left", (_, sights) => {
    const store = clockedStore();
    for (const sight of shelf.filter(({ atMs }) => atMs < CUT_OFF)) store.take(sight, sight.atMs);
    const backlog = sights.filter((sight) => !isLive(sight));
    // Within ten seconds, with what is seen meanwhile beside it.
    const live = shelf.filter(({ atMs }) => atMs >= BACK);
    for (const [index, sight] of backlog.entries()) {
      store.take(sight, BACK + (index * 10 * SECOND) / backlog.length);
    }
    expect(store.left()).toEqual([]);
    for (const sight of live) store.take(sight, Math.max(sight.atMs, BACK + 10 * SECOND));
    expect(store.left()).toEqual([STOLEN]);
    expect([NEAR_GATE, STOLEN, ON_SHELF].map(store.told.status)).toEqual(["present", "left", "present"]);
    expect(store.told.onHand()).toBe(2);
  });

  test("goes on half a minute after the last late read, by the next read", () => {
    const store = clockedStore();
    for (const sight of shelf.filter(({ atMs }) => atMs < MINUTE)) store.take(sight, sight.atMs);
    for (const sight of seen(STOLEN, "exit", MINUTE, MINUTE + 3 * SECOND, SECOND))
      store.take(sight, sight.atMs);
    store.take({ epc: ON_SHELF, zoneId: "floor", atMs: MINUTE }, 2 * MINUTE + SECOND);
    store.take({ epc: ON_SHELF, zoneId: "floor", atMs: 2 * MINUTE + 30 * SECOND }, 2 * MINUTE + 30 * SECOND);
    store.sold(2 * MINUTE + 40 * SECOND, 2 * MINUTE + 40 * SECOND);
    expect(store.left()).toEqual([]);
    store.take({ epc: ON_SHELF, zoneId: "floor", atMs: 2 * MINUTE + 31 * SECOND }, 2 * MINUTE + 31 * SECOND);
    expect(store.left()).toEqual([STOLEN]);
  });

  test("waits a quarter of an hour at most for a reader that is always late", () => {
    const store = clockedStore();
    const stolen = new Map([
      [5 * MINUTE, STOLEN],
      [25 * MINUTE, NEAR_GATE],
    ]);
    const told: number[] = [];
    for (let atMs = 0; atMs < 26 * MINUTE; atMs += 5 * SECOND) {
      store.take({ epc: ON_SHELF, zoneId: "floor", atMs }, atMs);
      const late = atMs - 2 * MINUTE;
      if (atMs > 5 * MINUTE) store.take({ epc: ON_SHELF, zoneId: "floor", atMs: late }, atMs);
      const epc = stolen.get(atMs);
      if (epc !== undefined) {
        for (const sight of seen(epc, "exit", atMs, atMs + 3 * SECOND, SECOND)) store.take(sight, sight.atMs);
      }
      if (store.left().length > told.length) told.push(atMs);
    }
    expect(store.left()).toEqual([STOLEN, NEAR_GATE]);
    // The first a quarter of an hour late; from then on time goes by its reads, behind by the silence and the reorder window.
    expect(told).toEqual([20 * MINUTE + 10 * SECOND, 25 * MINUTE + 45 * SECOND]);
  });

  test("goes by its reads alone where these are fed from long ago", () => {
    const store = clockedStore();
    const yesterday = [...shelf, ...gate].filter(({ atMs }) => atMs < CUT_OFF + 25 * MINUTE);
    for (const sight of inTime(yesterday)) store.take(sight, 24 * 60 * MINUTE);
    expect(store.left()).toEqual([STOLEN]);
  });
});
