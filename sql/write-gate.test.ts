import { expect, test } from "vitest";
import { createWriteGate } from "./write-gate.ts";

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("work begins when what was being written has ended; what comes meanwhile waits in its order", async () => {
  const gate = createWriteGate();
  const told: string[] = [];
  let endFirst = () => {};
  const first = gate.pass(async () => {
    await new Promise<void>((resolve) => (endFirst = resolve));
    told.push("first");
  });
  const held = gate.hold(1_000, async () => {
    told.push("held");
    await later();
    told.push("let go");
  });
  const second = gate.pass(async () => void told.push("second"));
  const third = gate.pass(async () => void told.push("third"));
  await later();
  expect(told).toEqual([]);
  endFirst();
  await Promise.all([first, held, second, third]);
  expect(told).toEqual(["first", "held", "let go", "second", "third"]);
});

test("a write that does not end is not waited for for ever: nothing is held, and all goes on", async () => {
  const gate = createWriteGate();
  let endFirst = () => {};
  const first = gate.pass(() => new Promise<void>((resolve) => (endFirst = resolve)));
  await expect(gate.hold(10, async () => "never")).rejects.toThrow("has been running");
  expect(await gate.pass(async () => "written")).toBe("written");
  endFirst();
  await first;
  expect(await gate.hold(10, async () => "held")).toBe("held");
});

test("work that fails lets the writers go on, and two works do not overlap", async () => {
  const gate = createWriteGate();
  let end = () => {};
  const one = gate.hold(10, () => new Promise<void>((resolve) => (end = resolve)));
  await expect(gate.hold(10, async () => {})).rejects.toThrow("another backup");
  await later();
  end();
  await one;
  const failing = gate.hold(10, async () => {
    throw new Error("broken");
  });
  await expect(failing).rejects.toThrow("broken");
  expect(await gate.pass(async () => "written")).toBe("written");
});
