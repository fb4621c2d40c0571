import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { STOCK_STATES } from "../stock-state.ts";
import { PositionTable } from "./position-table.ts";

const gtin = fc.integer({ min: 1, max: 40 }).map((n) => n * 1_000_000_007 + 4_000_000_000_000);
const movement = fc.record({
  locationId: fc.constantFrom("north", "south", "dc"),
  gtin,
  state: fc.constantFrom(...STOCK_STATES),
  quantity: fc.integer({ min: -50, max: 50 }),
});

describe("PositionTable", () => {
  test("holds the same counts as a plain map of the same movements", () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 300 }), (movements) => {
        const table = new PositionTable();
        const naive = new Map<string, number>();
        for (const { locationId, gtin, state, quantity } of movements) {
          table.add(locationId, gtin, state, quantity);
          const key = `${locationId} ${gtin} ${state}`;
          naive.set(key, (naive.get(key) ?? 0) + quantity);
        }
        let cells = 0;
        for (const [key, quantity] of naive) {
          const [locationId, gtin, state] = key.split(" ") as [string, string, "sellable"];
          expect(table.get(locationId, Number(gtin))?.[state]).toBe(quantity);
          cells++;
        }
        expect(cells).toBe(naive.size);
        for (const locationId of table.locationIds) {
          for (const row of table.rowsOf(locationId)) {
            expect(table.locationIdAt(row)).toBe(locationId);
            expect(table.find(locationId, table.gtinAt(row))).toBe(row);
          }
        }
      }),
    );
  });

  test("never takes the last sight back", () => {
    const table = new PositionTable();
    const row = table.setSeen("north", 4006381333931, 2000);
    table.setSeen("north", 4006381333931, 1000);
    expect(table.lastSeenAt(row)).toBe(2000);
  });

  test("answers null, not zero, for what was never recorded", () => {
    const table = new PositionTable();
    table.add("north", 1, "sellable", 0);
    expect(table.get("north", 1)?.sellable).toBe(0);
    expect(table.get("north", 2)).toBeNull();
    expect(table.get("south", 1)).toBeNull();
  });

  test("keeps a million positions in at most 64 bytes each and loads them in about a second", () => {
    const table = new PositionTable();
    const startedAt = process.cpuUsage();
    for (let i = 0; i < 1_000_000; i++) {
      table.add(`store-${i % 50}`, 4_000_000_000_000 + Math.floor(i / 50) * 10, "sellable", i % 7);
    }
    const elapsedMs = process.cpuUsage(startedAt).user / 1000;
    const bytes = table.byteLength / table.size;
    console.log(
      `position table: ${bytes.toFixed(1)} bytes a position, 1 M rows in ${elapsedMs.toFixed(0)} ms of CPU`,
    );
    expect(table.size).toBe(1_000_000);
    expect(bytes).toBeLessThanOrEqual(64);
    // Several times what it takes on an idle core: a test machine is shared.
    expect(elapsedMs).toBeLessThan(5000);
    expect([...table.rowsOf("store-7")].length).toBe(20_000);
  });

  test("stays within 64 bytes a position at every size from ten thousand on", () => {
    const table = new PositionTable();
    let worst = 0;
    for (let i = 0; i < 300_000; i++) {
      table.add("store", i + 1, "sellable", 1);
      if (i > 10_000) worst = Math.max(worst, table.byteLength / table.size);
    }
    console.log(`position table: at most ${worst.toFixed(1)} bytes a position while growing`);
    expect(worst).toBeLessThanOrEqual(64);
  });
});
