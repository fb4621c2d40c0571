import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whenQuiet } from "./when-quiet.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function withQuestion() {
  const queries = new QueryClient();
  let answer = () => {};
  void queries.fetchQuery({
    queryKey: ["first"],
    queryFn: () => new Promise<number>((resolve) => (answer = () => resolve(1))),
  });
  const stop = vi.fn<() => void>();
  const start = vi.fn<() => () => void>(() => stop);
  return { start, stop, end: whenQuiet(queries, start), answer: () => answer() };
}

test("it starts once, when the last question is answered, and stops", async () => {
  const { start, stop, end, answer } = withQuestion();
  await vi.advanceTimersByTimeAsync(100);
  expect(start).not.toHaveBeenCalled();
  answer();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(start).toHaveBeenCalledTimes(1);
  end();
  expect(stop).toHaveBeenCalledTimes(1);
});

test("a question without an answer holds it up for two seconds", async () => {
  const { start } = withQuestion();
  await vi.advanceTimersByTimeAsync(2000);
  expect(start).toHaveBeenCalledTimes(1);
});

test("called off before, it never starts", async () => {
  const { start, end, answer } = withQuestion();
  end();
  answer();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(start).not.toHaveBeenCalled();
});
