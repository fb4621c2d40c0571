import { expect, test } from "vitest";
import { promiseSteps } from "./promise-steps.ts";

const day = (date: string, available: number, supply = 0) => ({ date, available, supply });

test("days on which the same may be promised are one step, and the last is open", () => {
  const days = [day("d1", 3), day("d2", 3), day("d3", 13, 10), day("d4", 3), day("d5", 3, 2)];
  expect(promiseSteps(days)).toEqual([
    { from: "d1", until: "d2", available: 3, supply: 0 },
    { from: "d3", until: "d3", available: 13, supply: 10 },
    { from: "d4", until: null, available: 3, supply: 2 },
  ]);
  expect(promiseSteps([])).toEqual([]);
});
