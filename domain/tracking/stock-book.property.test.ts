import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HISTORY_GTINS,
  type HistoryInput,
  historyArbitrary,
  resolveHistoryEpc,
  tell,
} from "../../test/support/stock-histories.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const REORDER_WINDOW_MS = 10_000;
const NUM_RUNS = process.env["ONHAND_LONG"] === "1" ? 5000 : 300;

function newBook(): StockBook {
  return createStockBook({
    isKnownProduct: (gtin) => HISTORY_GTINS.includes(gtin),
    resolveEpc: resolveHistoryEpc,
  });
}

/** Applies all and gives the events of the ledger. */
function applyAll(book: StockBook, inputs: readonly HistoryInput[]): LedgerEvent[] {
  return inputs.map((input) => tell(book, input)).filter((event) => event !== null);
}

const onHand = (book: StockBook) =>
  Object.fromEntries(
    [...book.positions()]
      .map((line) => [`${line.locationId} ${line.gtin} ${line.state}`, line.quantity] as const)
      .sort(),
  );

const whereabouts = (book: StockBook) =>
  Object.fromEntries(
    [...book.items()].map((item) => [item.epc, `${item.status} ${item.state} ${item.locationId}`]).sort(),
  );

/** Σ movements by position, and the check that each location's sequences are 1, 2, 3, … in the order of the events. */
function sumOf(events: readonly LedgerEvent[]): Record<string, number> {
  const sums = new Map<string, number>();
  const sequences = new Map<string, number>();
  for (const line of events.flatMap((event) => event.movements)) {
    expect(line.sequence).toBe((sequences.get(line.locationId) ?? 0) + 1);
    sequences.set(line.locationId, line.sequence);
    const key = `${line.locationId} ${line.gtin} ${line.state}`;
    sums.set(key, (sums.get(key) ?? 0) + line.quantity);
  }
  return Object.fromEntries([...sums].filter(([, quantity]) => quantity !== 0).sort());
}

/** The inputs in an order of arrival: reads late by less than the reorder window, events by anything up to an hour. */
function arrivals(inputs: readonly HistoryInput[], delays: readonly number[]): HistoryInput[] {
  return inputs
    .map((input, i) => {
      const share = (delays[i % Math.max(1, delays.length)] ?? 0) / 1000;
      const lateMs = share * (input.kind === "read" ? REORDER_WINDOW_MS - 1 : 3_600_000);
      return { input, arrivesAtMs: input.atMs + lateMs };
    })
    .sort((a, b) => a.arrivesAtMs - b.arrivesAtMs)
    .map(({ input }) => input);
}

const delays = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 });

describe("a stock book, whatever happens", () => {
  test("ends in the same positions and places however late and often reads come within the window", () => {
    fc.assert(
      fc.property(
        historyArbitrary({ seconds: 60, reads: 40, events: 0 }),
        delays,
        fc.array(fc.nat(200), { maxLength: 30 }),
        (inputs, delays, repeats) => {
          const inOrder = newBook();
          applyAll(inOrder, inputs);
          const late = newBook();
          const shuffled = arrivals(inputs, delays);
          const events: LedgerEvent[] = [];
          for (const [i, input] of shuffled.entries()) {
            events.push(...applyAll(late, [input]));
            for (const repeat of repeats) {
              const again = shuffled[repeat % (i + 1)];
              if (repeat <= i && again !== undefined) events.push(...applyAll(late, [again]));
            }
          }
          expect(onHand(late)).toEqual(onHand(inOrder));
          expect(whereabouts(late)).toEqual(whereabouts(inOrder));
          expect(sumOf(events)).toEqual(onHand(late));
        },
      ),
      { numRuns: NUM_RUNS },
    );
  });

  test("ends in the same positions however late events come among reads", () => {
    fc.assert(
      fc.property(historyArbitrary({ seconds: 90, reads: 25, events: 14 }), delays, (inputs, delays) => {
        const inOrder = newBook();
        const events = applyAll(inOrder, inputs);
        expect(sumOf(events)).toEqual(onHand(inOrder));
        const late = newBook();
        const lateEvents = applyAll(late, arrivals(inputs, delays));
        expect(sumOf(lateEvents)).toEqual(onHand(late));
        expect(onHand(late)).toEqual(onHand(inOrder));
        expect(whereabouts(late)).toEqual(whereabouts(inOrder));
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
