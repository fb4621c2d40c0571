import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printedSeed } from "../support/random-draws.ts";
import { runInStep } from "./in-step.ts";
import { RULES } from "./real-reservations.ts";
import { historyArbitrary } from "./steps.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 20_000 : 1_000;

describe("reservations and naive rules in step, over random histories with crashes", () => {
  test(`agree after every step of ${HISTORIES} histories`, async () => {
    const seed = printedSeed(`${HISTORIES} histories of reservations`);
    const inStep = fc.asyncProperty(historyArbitrary, async (steps) => {
      await runInStep(steps, RULES);
    });
    const found = await fc.check(inStep, { numRuns: HISTORIES, seed });
    expect(fc.defaultReportMessage(found)).toBe(undefined);
    expect(found.numRuns).toBe(HISTORIES);
  });
});
