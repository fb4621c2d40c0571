import fc from "fast-check";
import { expect, test } from "vitest";
import { createKeyCounter } from "./key-counter.ts";

test("it counts as a Map would, whatever the keys", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (keys) => {
      const counter = createKeyCounter();
      const counts = new Map<string, number>();
      for (const key of keys) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        expect(counter.next(key)).toBe(counts.get(key));
      }
    }),
  );
});

test("100,000 order numbers keep apart while it grows", () => {
  const counter = createKeyCounter();
  for (let round = 1; round <= 2; round += 1) {
    let wrong = 0;
    for (let order = 0; order < 100_000; order += 1) {
      if (counter.next(String(536_365 + order)) !== round) wrong += 1;
    }
    expect(wrong).toBe(0);
  }
});
