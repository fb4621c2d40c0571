import fc from "fast-check";
import { expect, test } from "vitest";
import { drawUntilMet } from "./random-draws.ts";

const number = fc.nat(99);
const store = (drawn: number, index: number) => ({ drawn, index });
const isRare = {
  name: "a number of one digit",
  isMet: ({ drawn }: { drawn: number }) => drawn < 10,
  draws: 3,
};

test("draws go on until what a test needs is among them, whatever the seed", async () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const all = await drawUntilMet(number, { seed, least: 2, store, needs: [isRare] });
    expect(all.filter(isRare.isMet).length).toBeGreaterThanOrEqual(3);
    expect(all.map(({ index }) => index)).toEqual(all.map((_, index) => index));
  }
});

test("draws without needs are as many as were asked for, and the same for the same seed", async () => {
  const options = { seed: 5, least: 7, store, needs: [] };
  const all = await drawUntilMet(number, options);
  expect(all).toHaveLength(7);
  expect(await drawUntilMet(number, options)).toEqual(all);
});

test("what no draw can meet is said by name", async () => {
  const never = { name: "a number above all", isMet: () => false };
  const drawing = drawUntilMet(number, { seed: 1, least: 5, store, needs: [isRare, never] });
  await expect(drawing).rejects.toThrow("draws without a number above all, seed 1");
});
