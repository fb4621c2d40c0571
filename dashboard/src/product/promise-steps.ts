/** So many units may be promised from one day to another, both within; `until` null: beyond what was looked at. */
export type PromiseStep = { from: string; until: string | null; available: number; supply: number };

type Day = { date: string; available: number; supply: number };

/** Days on which the same may be promised as one step, in their order. Dates are the location's own. */
export function promiseSteps(days: readonly Day[]): PromiseStep[] {
  const steps: PromiseStep[] = [];
  for (const { date, available, supply } of days) {
    const last = steps.at(-1);
    if (last?.available === available) {
      last.until = date;
      last.supply += supply;
    } else {
      steps.push({ from: date, until: date, available, supply });
    }
  }
  const last = steps.at(-1);
  if (last !== undefined) last.until = null;
  return steps;
}
