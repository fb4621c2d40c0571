import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventNumbers } from "./event-numbers.ts";

const NOW_MS = 1_000_000;
const LATER_MS = NOW_MS + 60_000;

function lostAfter(runs: readonly (readonly [number, number])[]): number {
  const numbers = new EventNumbers();
  for (const [first, last] of runs) numbers.note(first, last, NOW_MS);
  return numbers.takeLost(LATER_MS);
}

describe("numbered messages", () => {
  it.each([
    [
      "in sequence",
      [
        [5036, 5036],
        [5037, 5040],
        [5041, 5041],
      ],
      0,
    ],
    [
      "with one missing",
      [
        [1, 1],
        [3, 3],
      ],
      1,
    ],
    [
      "with a whole batch missing",
      [
        [1, 50],
        [101, 150],
        [151, 200],
      ],
      50,
    ],
    [
      "of which a missing one came late",
      [
        [1, 1],
        [3, 3],
        [2, 2],
        [4, 4],
      ],
      0,
    ],
    [
      "of which a part of the missing came late",
      [
        [1, 1],
        [11, 11],
        [4, 6],
        [12, 12],
      ],
      6,
    ],
    [
      "delivered twice",
      [
        [1, 1],
        [2, 2],
        [3, 3],
        [2, 2],
        [3, 3],
        [4, 4],
      ],
      0,
    ],
    [
      "delivered twice in another order",
      [
        [10, 12],
        [13, 13],
        [5, 5],
        [14, 14],
      ],
      0,
    ],
    [
      "of a reader that began again at 1",
      [
        [900, 900],
        [901, 901],
        [1, 1],
        [2, 2],
      ],
      0,
    ],
    [
      "of a reader that began again and lost one",
      [
        [900, 900],
        [1, 1],
        [2, 2],
        [4, 4],
      ],
      1,
    ],
    [
      "of a reader whose first numbers after a restart were lost",
      [
        [900, 900],
        [7, 7],
        [8, 8],
        [9, 9],
        [10, 10],
        [11, 11],
        [13, 13],
      ],
      1,
    ],
    [
      "of a counter that was set anew",
      [
        [5, 5],
        [9_000_000, 9_000_000],
      ],
      0,
    ],
  ] as const)("%s: lost as stated", (_name, runs, lost) => {
    expect(lostAfter(runs)).toBe(lost);
  });

  it("are not called lost before they had time to come late", () => {
    const numbers = new EventNumbers();
    numbers.note(1, 1, NOW_MS);
    numbers.note(3, 3, NOW_MS);
    expect(numbers.takeLost(NOW_MS + 10_000)).toBe(0);
    expect(numbers.takeLost(NOW_MS + 40_000)).toBe(1);
    expect(numbers.takeLost(NOW_MS + 80_000)).toBe(0);
  });

  it("in any order within the grace give as lost exactly what never came", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.array(fc.nat({ max: 199 }), { maxLength: 20 }),
        fc.array(fc.nat({ max: 199 }), { maxLength: 20 }),
        (count, dropped, swapped) => {
          const lost = new Set(dropped.filter((number) => number > 0 && number < count - 1));
          const sent = Array.from({ length: count }, (_, number) => number).filter(
            (number) => !lost.has(number),
          );
          // Neighbours change places; the first and the last stay, since nothing tells that they are missing.
          for (const at of swapped) {
            const [a, b] = [sent[at], sent[at + 1]];
            if (at > 0 && at + 2 < sent.length && a !== undefined && b !== undefined) {
              sent[at] = b;
              sent[at + 1] = a;
            }
          }
          expect(lostAfter(sent.map((number) => [number + 100, number + 100] as const))).toBe(lost.size);
        },
      ),
    );
  });
});
