/** Units that come (supply) or go (demand) on a day; day 0 is today. */
export type DatedUnits = { day: number; quantity: number };

/** A day of the horizon: what is there at its end, if all comes and goes as planned, and what can be promised from it on. */
export type DayPlan = {
  day: number;
  supply: number;
  demand: number;
  projected: number;
  availableToPromise: number;
};

/**
 * Time-phased availability, whole units. projected(t) = on hand + Σ supply − Σ demand up to day t; ATP(t) = the least projected
 * from day t to the end of the horizon: what is promised on a day must not be missing on a later one. It may be below
 * zero. What is dated beyond the horizon does not count; what is dated before day 0 counts on day 0. O(days + entries).
 */
export function planDays(input: {
  onHand: number;
  supply: readonly DatedUnits[];
  demand: readonly DatedUnits[];
  horizonDays: number;
}): DayPlan[] {
  const days = Array.from({ length: input.horizonDays }, (_, day): DayPlan => {
    return { day, supply: 0, demand: 0, projected: 0, availableToPromise: 0 };
  });
  for (const { day, quantity } of input.supply) {
    const plan = days[Math.max(0, day)];
    if (plan !== undefined) plan.supply += quantity;
  }
  for (const { day, quantity } of input.demand) {
    const plan = days[Math.max(0, day)];
    if (plan !== undefined) plan.demand += quantity;
  }
  let projected = input.onHand;
  for (const plan of days) {
    projected += plan.supply - plan.demand;
    plan.projected = projected;
  }
  let least = Infinity;
  for (const plan of days.toReversed()) {
    least = Math.min(least, plan.projected);
    plan.availableToPromise = least;
  }
  return days;
}
