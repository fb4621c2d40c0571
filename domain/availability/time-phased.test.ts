import fc from "fast-check";
import { expect, test } from "vitest";
import { planDays } from "./time-phased.ts";

const atp = (input: Parameters<typeof planDays>[0]) => planDays(input).map((plan) => plan.availableToPromise);

test("on hand 20, demand 3 on day 1, supply 10 on day 3, demand 15 on day 4, supply 1 on day 5 and 3 on day 6: 12, 12, 12, 12, 13, 16, 16", () => {
  const input = {
    onHand: 20,
    demand: [
      { day: 0, quantity: 3 },
      { day: 3, quantity: 15 },
    ],
    supply: [
      { day: 2, quantity: 10 },
      { day: 4, quantity: 1 },
      { day: 5, quantity: 3 },
    ],
    horizonDays: 7,
  };
  expect(atp(input)).toEqual([12, 12, 12, 12, 13, 16, 16]);
});

test("when day 3's supply has not come by day 4, with 17 on hand: 2, 3, 6, 6, 6, 6, 6 from day 4 on", () => {
  const input = {
    onHand: 17,
    demand: [{ day: 0, quantity: 15 }],
    supply: [
      { day: 1, quantity: 1 },
      { day: 2, quantity: 3 },
    ],
    horizonDays: 7,
  };
  expect(atp(input)).toEqual([2, 3, 6, 6, 6, 6, 6]);
});

test("is what walking every day by hand gives, and what is promised of it is never missing later", () => {
  const dated = fc.array(fc.record({ day: fc.integer({ min: -3, max: 40 }), quantity: fc.nat(20) }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      fc.integer({ min: -10, max: 50 }),
      dated,
      dated,
      fc.integer({ min: 1, max: 35 }),
      (onHand, supply, demand, horizonDays) => {
        const projected = (day: number) => {
          const upTo = (list: typeof supply) =>
            list.filter((one) => one.day <= day).reduce((sum, one) => sum + one.quantity, 0);
          return onHand + upTo(supply) - upTo(demand);
        };
        const plans = planDays({ onHand, supply, demand, horizonDays });
        for (const { day, availableToPromise } of plans) {
          let least = Infinity;
          for (let later = day; later < horizonDays; later += 1) least = Math.min(least, projected(later));
          expect(availableToPromise).toBe(least);
          const taken = { day, quantity: Math.max(0, availableToPromise) };
          const after = planDays({ onHand, supply, demand: [...demand, taken], horizonDays });
          const isShortNow = plans.slice(day).some((plan) => plan.projected < 0);
          expect(isShortNow || after.slice(day).every((plan) => plan.projected >= 0)).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  );
});
