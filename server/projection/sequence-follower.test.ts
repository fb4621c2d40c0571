import fc from "fast-check";
import { expect, test } from "vitest";
import { SequenceFollower, type SequencedMovement } from "./sequence-follower.ts";

function movement(sequence: number): SequencedMovement {
  return { sequence, gtin: 1, state: "sellable", quantity: 1, reservationId: "" };
}

test("whatever is repeated, lost, delayed or reordered, each movement is handed on once and in order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 300 }),
      fc.integer({ min: 1, max: 120 }),
      (start, arrivals, last) => {
        const follower = new SequenceFollower(start);
        const applied: number[] = [];
        for (const sequence of arrivals)
          applied.push(...follower.take([movement(sequence)]).map((one) => one.sequence));
        follower.announce(last);
        // The gap is filled from the ledger, as often as there is one.
        let reads = 0;
        while (follower.hasGap && reads < 200) {
          const next = Array.from({ length: 7 }, (_, i) => movement(follower.applied + 1 + i));
          applied.push(...follower.take(next).map((one) => one.sequence));
          reads += 1;
        }
        expect(follower.hasGap).toBe(false);
        expect(applied).toEqual(Array.from({ length: applied.length }, (_, i) => start + 1 + i));
        expect(follower.applied).toBeGreaterThanOrEqual(Math.max(start, last, ...arrivals));
      },
    ),
    { verbose: true },
  );
});

test("an announced sequence ahead of what came is a gap", () => {
  const follower = new SequenceFollower(4);
  follower.announce(4);
  expect(follower.hasGap).toBe(false);
  follower.announce(6);
  expect(follower.hasGap).toBe(true);
  expect(follower.lag).toBe(2);
});

test("without a gap nothing waits: an early movement is held back until its predecessor comes", () => {
  const follower = new SequenceFollower(0);
  expect(follower.take([movement(2)])).toEqual([]);
  expect(follower.take([movement(1)]).map((one) => one.sequence)).toEqual([1, 2]);
  expect(follower.take([movement(1), movement(2)])).toEqual([]);
});
