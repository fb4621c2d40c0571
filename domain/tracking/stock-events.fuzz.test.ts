import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stockEventSchema } from "../events/stock-event.ts";
import { createStockBook, type StockBook } from "./stock-book.ts";

const NUM_RUNS = process.env["ONHAND_LONG"] === "1" ? 20_000 : 700;
const GTINS = ["04006381333931", "04006381333948"];
const EPCS = ["30A1", "30A2", "30B1", "E2FF", "zebra", ""];
const T0 = Date.UTC(2025, 5, 2, 12);

const instant = fc.integer({ min: -5, max: 200 }).map((n) => new Date(T0 + n * 30 * 60_000).toISOString());
const gtin = fc.constantFrom(...GTINS);
const epc = fc.constantFrom(...EPCS);
const state = fc.constantFrom("sellable", "inspect", "damaged", "display_only");
const zoneId = fc.constantFrom("floor", "backroom");
const place = fc.constantFrom("north", "south");
const countId = fc.constantFrom("c1", "c2");
const lines = fc.array(
  fc.record(
    { gtin, quantity: fc.integer({ min: -3, max: 9 }), state, epcs: fc.array(epc, { maxLength: 3 }) },
    { requiredKeys: ["gtin", "quantity"] },
  ),
  { minLength: 1, maxLength: 3 },
);
const bodies = fc.oneof(
  fc.record({ type: fc.constantFrom("receipt", "adjustment", "position"), lines }),
  fc.record({ type: fc.constant("transfer_out"), transferId: fc.constantFrom("t1", "t2"), to: place, lines }),
  fc.record({
    type: fc.constant("transfer_in"),
    transferId: fc.constantFrom("t1", "t2"),
    from: place,
    lines,
  }),
  fc.record({
    type: fc.constant("expected_receipt"),
    reference: fc.constant("o1"),
    expectedAt: instant,
    lines,
  }),
  fc.record({
    type: fc.constant("state_change"),
    lines: fc.array(
      fc.record(
        { gtin, epc, quantity: fc.integer({ min: 1, max: 3 }), from: state, to: state },
        { requiredKeys: ["gtin", "from", "to"] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record(
    {
      type: fc.constant("count_started"),
      countId,
      zones: fc.array(zoneId, { minLength: 1, maxLength: 2 }),
      gtins: fc.array(gtin, { minLength: 1, maxLength: 2 }),
      startedAt: instant,
    },
    { requiredKeys: ["type", "countId"] },
  ),
  fc.record(
    {
      type: fc.constant("count_reads"),
      countId,
      epcs: fc.array(
        fc.record({ epc, capturedAt: instant, zoneId }, { requiredKeys: ["epc", "capturedAt"] }),
      ),
      quantities: fc.array(
        fc.record(
          { gtin, quantity: fc.nat(9), capturedAt: instant, state, zoneId },
          { requiredKeys: ["gtin", "quantity", "capturedAt"] },
        ),
      ),
    },
    { requiredKeys: ["type", "countId"] },
  ),
  fc.record({ type: fc.constant("count_ended"), countId }),
  fc.record({ type: fc.constant("count_decided"), countId, decision: fc.constantFrom("accept", "reject") }),
);
const events = fc.array(fc.tuple(place, instant, bodies), { maxLength: 40 });

/** By location, product and state, from what the book says and from what it wrote. */
const positionsOf = (book: StockBook) =>
  Object.fromEntries(
    [...book.positions()].map((line) => [`${line.locationId} ${line.gtin} ${line.state}`, line.quantity]),
  );

describe("any stock events, in any order", () => {
  test("are recorded or refused with a code, and every position is the sum of its movements", () => {
    fc.assert(
      fc.property(events, (all) => {
        const book = createStockBook({
          isKnownProduct: () => true,
          resolveEpc: (text) => {
            if (text === "E2FF") return { identity: text, gtin: 0 };
            return text.startsWith("30")
              ? { identity: text, gtin: Number(GTINS[text[2] === "A" ? 0 : 1]) }
              : null;
          },
        });
        const sums = new Map<string, number>();
        const sequences = new Map<string, number>();
        const refusals: { code: string; before: object; after: object }[] = [];
        for (const [index, [locationId, occurredAt, body]] of all.entries()) {
          const parsed = stockEventSchema.safeParse({ eventId: `e${index}`, occurredAt, ...body });
          if (!parsed.success) continue;
          const before = positionsOf(book);
          const result = book.applyStockEvent(locationId, "stock/any", parsed.data, "{}");
          if (!result.ok) {
            refusals.push({ code: result.code, before, after: positionsOf(book) });
            continue;
          }
          for (const line of result.value.movements) {
            expect(line.sequence).toBe((sequences.get(line.locationId) ?? 0) + 1);
            sequences.set(line.locationId, line.sequence);
            const key = `${line.locationId} ${line.gtin} ${line.state}`;
            sums.set(key, (sums.get(key) ?? 0) + line.quantity);
          }
        }
        for (const { code, before, after } of refusals) {
          expect(code).toMatch(/^[a-z_]+$/);
          expect(after).toEqual(before);
        }
        expect(Object.fromEntries([...sums].filter(([, units]) => units !== 0))).toEqual(positionsOf(book));
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
