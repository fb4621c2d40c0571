import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { naiveOnHand, type CountStory } from "../../test/support/naive-count.ts";
import type { StockEvent } from "../events/stock-event.ts";
import type { LedgerEvent } from "../ledger/ledger-event.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const GTIN = 4006381333931;
const T0 = Date.UTC(2025, 5, 2, 12);
const NUM_RUNS = process.env["ONHAND_LONG"] === "1" ? 2000 : 300;
const EPCS = ["30A1", "30A2", "30A3", "30A4", "30A5"];
const at = (ms: number) => new Date(T0 + ms).toISOString();

function newBook(): StockBook {
  return createStockBook({
    // Every count is applied: what holding them does is tested by itself.
    defaults: { countHoldBelow: 0 },
    isKnownProduct: () => true,
    resolveEpc: (text) => (EPCS.includes(text) ? { identity: text, gtin: GTIN } : null),
  });
}

/** Σ movements of a location and the product, whose sequences must be without holes. */
function sumOf(events: readonly LedgerEvent[], locationId = "north"): number {
  const lines = events.flatMap((event) => event.movements).filter((line) => line.locationId === locationId);
  for (const [index, line] of lines.entries()) expect(line.sequence).toBe(index + 1);
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

const onHand = (book: StockBook, locationId = "north") =>
  Object.values(book.position(locationId, GTIN) ?? {}).reduce((sum, units) => sum + units, 0);

type Told = { arrivesAtMs: number; told: StockEvent; locationId?: string };

/** Tells all in the order of arrival. Nothing of these stories may be refused. */
function tellAll(book: StockBook, all: readonly Told[]): LedgerEvent[] {
  return [...all]
    .sort((a, b) => a.arrivesAtMs - b.arrivesAtMs)
    .map(({ told, locationId = "north" }) => {
      const result = book.applyStockEvent(locationId, "stock/wms", told, JSON.stringify(told));
      if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
      return result.value;
    });
}

/** Changes and counts of one product, each at a time of its own, with how late each change is told. */
const stories = fc
  .tuple(
    fc.array(fc.record({ quantity: fc.integer({ min: -9, max: 20 }), lateMs: fc.nat(300_000) }), {
      maxLength: 25,
    }),
    fc.array(fc.record({ quantity: fc.nat(50), endsAfterMs: fc.nat(40_000) }), { maxLength: 4 }),
    fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 30 }),
  )
  .map(([changes, counts, keys]) => {
    const steps = [
      ...changes.map((change) => ({ kind: "change" as const, ...change })),
      ...counts.map((count) => ({ kind: "count" as const, ...count })),
    ];
    return steps
      .map((step, i) => ({ step, key: keys[i] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ step }, i) => Object.assign({}, step, { atMs: (i + 1) * 10_000 }));
  });

describe("counts by hand, whatever happens", () => {
  test("leave what was counted last and what happened since, however late anything is told", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const told: Told[] = [];
        const plain: CountStory[] = [];
        let openUntilMs = 0;
        for (const [i, step] of steps.entries()) {
          const base = { occurredAt: at(step.atMs) };
          if (step.kind === "change") {
            const lines = [{ gtin: String(GTIN), quantity: step.quantity, state: "sellable" as const }];
            const event: StockEvent = { ...base, type: "adjustment", eventId: `a${i}`, lines };
            told.push({ arrivesAtMs: step.atMs + step.lateMs, told: event });
            plain.push({ kind: "change", atMs: step.atMs, quantity: step.quantity });
            continue;
          }
          // One after the other: two that are open at once are refused.
          const startedAtMs = step.atMs - 2;
          if (startedAtMs <= openUntilMs) continue;
          const countId = `c${i}`;
          const capture = { gtin: String(GTIN), quantity: step.quantity, capturedAt: at(step.atMs) };
          openUntilMs = step.atMs + 2 + step.endsAfterMs;
          const tell = (arrivesAtMs: number, body: object) =>
            told.push({
              arrivesAtMs,
              told: {
                eventId: `${countId}/${arrivesAtMs}`,
                occurredAt: at(arrivesAtMs),
                ...body,
              } as StockEvent,
            });
          tell(startedAtMs, { type: "count_started", countId });
          tell(step.atMs + 1, {
            type: "count_reads",
            countId,
            quantities: [{ ...capture, state: "sellable" }],
          });
          tell(openUntilMs, { type: "count_ended", countId });
          plain.push({ kind: "count", atMs: step.atMs, quantity: step.quantity });
        }
        const book = newBook();
        const events = tellAll(book, told);
        expect(onHand(book)).toBe(naiveOnHand(plain));
        expect(sumOf(events)).toBe(onHand(book));
      }),
      { numRuns: NUM_RUNS },
    );
  });
});

describe("counts of items, whatever happens", () => {
  test("leave the items that were found and no other unit, and what happened since on top", () => {
    const subset = fc.uniqueArray(fc.constantFrom(...EPCS));
    fc.assert(
      fc.property(
        subset,
        subset,
        fc.integer({ min: -3, max: 10 }),
        fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 4 }),
        fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
        (known, found, unidentified, since, order) => {
          fc.pre(known.length + found.length > 0);
          const body = (type: string, ms: number, more: object): StockEvent =>
            ({ type, eventId: `${type}/${ms}`, occurredAt: at(ms), ...more }) as StockEvent;
          const line = (quantity: number, epcs?: string[]) => ({
            gtin: String(GTIN),
            quantity,
            state: "sellable" as const,
            ...(epcs === undefined ? {} : { epcs }),
          });
          const book = newBook();
          const events: LedgerEvent[] = [];
          const all: Told[] = [];
          if (known.length > 0) {
            const receipt = body("receipt", 0, { lines: [line(known.length, known)] });
            events.push(...tellAll(book, [{ arrivesAtMs: 0, told: receipt }]));
          }
          // From before the count, told any time; from after it, told any time after they happened.
          const before = body("adjustment", 1000, { lines: [line(unidentified)] });
          all.push({ arrivesAtMs: 1000 + (order[0] ?? 0) * 60, told: before });
          all.push({ arrivesAtMs: 10_000, told: body("count_started", 10_000, { countId: "c" }) });
          const epcs = found.map((epc) => ({ epc, capturedAt: at(12_000) }));
          all.push({ arrivesAtMs: 13_000, told: body("count_reads", 13_000, { countId: "c", epcs }) });
          for (const [i, quantity] of since.entries()) {
            const ms = 14_000 + i * 100;
            const told = body("adjustment", ms, { lines: [line(quantity)] });
            all.push({ arrivesAtMs: ms + (order[i + 1] ?? 0) * 60, told });
          }
          all.push({ arrivesAtMs: 40_000, told: body("count_ended", 40_000, { countId: "c" }) });
          events.push(...tellAll(book, all));
          const flow = since.reduce((sum, quantity) => sum + quantity, 0);
          const missed = known.filter((epc) => !found.includes(epc)).length;
          // Units that went while it ran were, as far as that can be, those that it missed.
          const owed = settledBy(since, missed);
          expect(onHand(book)).toBe(found.length + flow + owed);
          expect(sumOf(events)).toBe(onHand(book));
          for (const epc of found) expect(book.item(epc)?.status).toBe("present");
        },
      ),
      { numRuns: NUM_RUNS },
    );
  });
});

/** How many of the missed items account for units that went since the count began. */
function settledBy(changes: readonly number[], missed: number): number {
  const sum = changes.reduce((total, quantity) => total + quantity, 0);
  return Math.min(missed, Math.max(0, -sum));
}

describe("transfers, whatever happens", () => {
  test("never change the total: what left one place enters the other, or is on its way", () => {
    const shipments = fc.array(
      fc.record({
        named: fc.uniqueArray(fc.constantFrom(...EPCS), { maxLength: 3 }),
        unnamed: fc.nat(4),
        readAtDock: fc.boolean(),
        isReceived: fc.boolean(),
        isReceivedByName: fc.boolean(),
        lateMs: fc.tuple(fc.nat(90_000), fc.nat(90_000)),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(shipments, (shipments) => {
        const line = (quantity: number, epcs: string[]) => ({
          gtin: String(GTIN),
          quantity,
          state: "sellable" as const,
          ...(epcs.length === 0 ? {} : { epcs }),
        });
        const used = new Set<string>();
        const steps: { arrivesAtMs: number; run(book: StockBook): LedgerEvent | null }[] = [];
        let shipped = 0;
        let arrived = 0;
        const stock = (arrivesAtMs: number, locationId: string, told: StockEvent) =>
          steps.push({
            arrivesAtMs,
            run: (book) => tellAll(book, [{ arrivesAtMs, told, locationId }])[0] ?? null,
          });
        stock(0, "north", {
          type: "receipt",
          eventId: "r",
          occurredAt: at(0),
          lines: [line(EPCS.length + 40, EPCS)],
        });
        for (const [i, shipment] of shipments.entries()) {
          const epcs = shipment.named.filter((epc) => !used.has(epc));
          for (const epc of epcs) used.add(epc);
          const units = epcs.length + shipment.unnamed;
          if (units === 0) continue;
          const outMs = 10_000 + i * 100_000;
          const inMs = outMs + 50_000;
          const transferId = `T${i}`;
          shipped += units;
          stock(outMs + shipment.lateMs[0], "north", {
            type: "transfer_out",
            eventId: `o${i}`,
            occurredAt: at(outMs),
            transferId,
            to: "south",
            lines: [line(units, epcs)],
          });
          if (shipment.readAtDock) {
            for (const [n, epc] of epcs.entries()) {
              // Two reads, as a portal has them: one alone never takes an item from another place.
              for (const ms of [inMs - 20_000 + n, inMs - 17_000 + n]) {
                const read = {
                  identity: epc,
                  gtin: GTIN,
                  locationId: "south",
                  zoneId: "dock",
                  zoneKind: "dock" as const,
                  observedAtMs: T0 + ms,
                  rssiDbm: -50,
                  near: null,
                };
                steps.push({ arrivesAtMs: ms, run: (book) => book.applyRead(read) });
              }
            }
          }
          if (shipment.isReceived) {
            arrived += units;
            stock(inMs + shipment.lateMs[1], "south", {
              type: "transfer_in",
              eventId: `i${i}`,
              occurredAt: at(inMs),
              transferId,
              from: "north",
              lines: [line(units, shipment.isReceivedByName ? epcs : [])],
            });
          } else if (shipment.readAtDock) arrived += epcs.length;
        }
        const book = newBook();
        const events = steps
          .sort((a, b) => a.arrivesAtMs - b.arrivesAtMs)
          .map((step) => step.run(book))
          .filter((event) => event !== null);
        expect(onHand(book, "north")).toBe(EPCS.length + 40 - shipped);
        expect(onHand(book, "south")).toBe(arrived);
        expect(sumOf(events, "north")).toBe(onHand(book, "north"));
        expect(sumOf(events, "south")).toBe(onHand(book, "south"));
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
