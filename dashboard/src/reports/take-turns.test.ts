import fc from "fast-check";
import { expect, test } from "vitest";
import { takeTurns } from "./take-turns.ts";

test("never more than so many run at a time, all of them run, in order, failures too", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      fc.scheduler(),
      async (most, fails, scheduler) => {
        const inTurn = takeTurns(most);
        const begun: number[] = [];
        let running = 0;
        let highest = 0;
        const all = fails.map((isFailing, index) =>
          inTurn(async () => {
            begun.push(index);
            running += 1;
            highest = Math.max(highest, running);
            await scheduler.schedule(Promise.resolve());
            running -= 1;
            if (isFailing) throw new Error("no");
            return index;
          }),
        );
        const settled = scheduler.waitFor(Promise.allSettled(all));
        expect((await settled).map(({ status }) => status === "rejected")).toEqual(fails);
        expect(highest).toBeLessThanOrEqual(most);
        expect(begun).toEqual(fails.map((_, index) => index));
      },
    ),
  );
});
