import { expect, test, vi } from "vitest";
import { createTurns, type NoTurn } from "./turns.ts";

class NoTurnError extends Error {
  readonly why: NoTurn;
  constructor(why: NoTurn) {
    super(`no turn: ${why.of}`);
    this.why = why;
  }
}
const refuse = (why: NoTurn) => new NoTurnError(why);
const turns = () => createTurns({ maxRunning: 1, maxWaiting: 2, maxOfKey: 2, maxWaitMs: 30_000, refuse });

test("queries beyond those that run wait, and begin in their order", async () => {
  const desk = turns();
  const begun: string[] = [];
  const first = await desk.take("a");
  const second = desk.take("b").then((back) => {
    begun.push("second");
    return back;
  });
  const third = desk.take("c").then((back) => {
    begun.push("third");
    return back;
  });
  expect([desk.running(), desk.waiting()]).toEqual([1, 2]);
  first();
  first();
  (await second)();
  (await third)();
  expect(begun).toEqual(["second", "third"]);
  expect([desk.running(), desk.waiting()]).toEqual([0, 0]);
});

test("who asks while a turn is given back comes after those who wait", async () => {
  const desk = turns();
  const first = await desk.take("a");
  const second = desk.take("b");
  first();
  const third = desk.take("c");
  expect([desk.running(), desk.waiting()]).toEqual([1, 1]);
  (await second)();
  (await third)();
  expect([desk.running(), desk.waiting()]).toEqual([0, 0]);
});

test("a key with too many of its own is refused for that, and others are let in", async () => {
  const desk = turns();
  const first = await desk.take("a");
  const second = desk.take("a");
  await expect(desk.take("a")).rejects.toMatchObject({ why: { of: "key", limit: 2 } });
  const other = desk.take("b");
  first();
  (await second)();
  (await other)();
  expect((await desk.take("a"))()).toBeUndefined();
});

test("when the queue is full everybody is refused", async () => {
  const desk = turns();
  const first = await desk.take("a");
  const waiting = [desk.take("b"), desk.take("c")];
  await expect(desk.take("d")).rejects.toMatchObject({ why: { of: "all", limit: 1 } });
  first();
  for (const one of waiting) (await one)();
});

test("who waits too long is refused, and who leaves takes no place", async () => {
  vi.useFakeTimers();
  try {
    const desk = turns();
    const first = await desk.take("a");
    const late = desk.take("b").catch((error: unknown) => error);
    const leaving = new AbortController();
    const left = desk.take("c", leaving.signal);
    leaving.abort();
    await expect(left).rejects.toThrow("gone");
    expect(desk.waiting()).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await late).toMatchObject({ why: { of: "all" } });
    first();
    expect([desk.running(), desk.waiting()]).toEqual([0, 0]);
  } finally {
    vi.useRealTimers();
  }
});
