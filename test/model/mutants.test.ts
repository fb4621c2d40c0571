import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OutOfStep } from "./compare-answer.ts";
import { runInStep } from "./in-step.ts";
import { HOLD_MUTANTS } from "./mutants-of-holds.ts";
import { MEMORY_MUTANTS } from "./mutants-of-memory.ts";
import { RULES } from "./real-reservations.ts";
import { historyArbitrary } from "./steps.ts";

/** A mutant that lives through so many histories is not caught. */
const HISTORIES = 1_000;

describe("each rule of reservations, broken, is found by the naive rules", () => {
  for (const { rule, mistake, rules } of [...HOLD_MUTANTS, ...MEMORY_MUTANTS]) {
    test(`${rule}; not: ${mistake}`, async () => {
      const inStep = fc.asyncProperty(historyArbitrary, async (steps) => {
        await runInStep(steps, { ...RULES, ...rules });
      });
      const found = await fc.check(inStep, { numRuns: HISTORIES, seed: 1, endOnFailure: true });
      expect(found.failed, `in ${HISTORIES} histories nobody noticed`).toBe(true);
      expect(found.errorInstance).toBeInstanceOf(OutOfStep);
    });
  }
});
