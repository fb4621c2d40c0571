import { expect, test } from "vitest";
import { createCommandKeys } from "./command-keys.ts";

test("a wish keeps its key until its outcome is known, and another wish never has it", () => {
  let made = 0;
  const keys = createCommandKeys(() => `key-${++made}`);
  const wish = { lines: [{ gtin: "1", quantity: 1 }] };
  expect(keys.keyFor(wish)).toBe("key-1");
  expect(keys.keyFor(structuredClone(wish))).toBe("key-1");
  expect(keys.keyFor({ lines: [{ gtin: "1", quantity: 2 }] })).toBe("key-2");
  keys.settled();
  expect(keys.keyFor({ lines: [{ gtin: "1", quantity: 2 }] })).toBe("key-3");
});
