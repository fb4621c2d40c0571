import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IdentityTable } from "./identity-table.ts";

const hex = fc.integer({ min: 0, max: 400 }).map((n) => `30${(n * 2654435761).toString(16).toUpperCase()}`);
const identity = fc.oneof(hex, fc.constantFrom("ABC", "urn:x", "3".repeat(60), "aa", "", "F".repeat(52)));

describe("IdentityTable", () => {
  test("finds what was added and not removed, like a plain map", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(identity, fc.boolean()), { maxLength: 3000 }), (steps) => {
        const table = new IdentityTable();
        const naive = new Map<string, number>();
        for (const [id, isAddition] of steps) {
          const row = table.find(id);
          expect(row).toBe(naive.get(id) ?? -1);
          if (isAddition && row < 0) naive.set(id, table.add(id));
          if (!isAddition && row >= 0) {
            table.remove(row);
            naive.delete(id);
          }
        }
        expect(table.size).toBe(naive.size);
        for (const [id, row] of naive) {
          expect(table.find(id)).toBe(row);
          expect(table.identityAt(row)).toBe(id);
        }
      }),
    );
  });

  test("gives back each of 200,000 identities", () => {
    const table = new IdentityTable();
    const idOf = (n: number) => (0x30_0000_0000 + n * 7919).toString(16).toUpperCase().padStart(24, "0");
    for (let n = 0; n < 200_000; n++) table.add(idOf(n));
    let wrong = 0;
    for (let n = 0; n < 200_000; n++) if (table.identityAt(table.find(idOf(n))) !== idOf(n)) wrong++;
    expect(wrong).toBe(0);
    expect(table.byteLength / table.size).toBeLessThan(40);
  });
});
