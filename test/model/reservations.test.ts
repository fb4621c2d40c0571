import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runInStep } from "./in-step.ts";
import { RULES } from "./real-reservations.ts";
import { historyArbitrary } from "./steps.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 20_000 : 1_000;

describe("reservations and naive rules in step, over random histories with crashes", () => {
  test(`agree after every step of ${HISTORIES} histories`, async () => {
    const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 2 ** 31);
    process.stdout.write(`${HISTORIES} histories of reservations, seed ${seed} (ONHAND_SEED)\n`);
    const inStep = fc.asyncProperty(historyArbitrary, async (steps) => {
      await runInStep(steps, RULES);
    });
    const found = await fc.check(inStep, { numRuns: HISTORIES, seed });
    expect(fc.defaultReportMessage(found)).toBe(undefined);
    expect(found.numRuns).toBe(HISTORIES);
  });
});
