import type { BenchContext, Series } from "./benchmark.ts";
import { median, rounded } from "./statistics.ts";

export function seriesOf(unit: string, runs: readonly number[]): Series {
  return { unit, runs: runs.map(rounded), median: rounded(median(runs)) };
}

/**
 * Reference and subject in turns, so that a machine that gets slower or faster meanwhile does so for both. Which of them
 * begins changes with each repetition.
 */
export async function inTurns<R, S>(
  context: BenchContext,
  sides: { reference(): Promise<R>; subject(): Promise<S> },
): Promise<{ reference: R[]; subject: S[] }> {
  const reference: R[] = [];
  const subject: S[] = [];
  for (let repetition = 0; repetition < context.repetitions; repetition += 1) {
    context.log(`repetition ${repetition + 1} of ${context.repetitions}`);
    if (repetition % 2 === 0) reference.push(await sides.reference());
    subject.push(await sides.subject());
    if (repetition % 2 === 1) reference.push(await sides.reference());
  }
  return { reference, subject };
}
