import type { PurchaseHistories } from "./purchase-histories.ts";

/** Customers with equal (x, t_x, T) as one row with a weight: the likelihood of all is that of the rows, each taken so often. */
export type GroupedHistories = {
  customers: number;
  /** Customers with x > 0. */
  repeaters: number;
  /** One place for each group, sorted, so that the order of the customers changes not even the last digit. */
  weight: Float64Array;
  repeats: Float64Array;
  /** Places of t_x and T in `weeks`. */
  lastAt: Int32Array;
  ageAt: Int32Array;
  /** Every length of time that occurs, rising. */
  weeks: Float64Array;
  /** Customers with more than j repeats, for j = 0, 1, … */
  moreThan: Float64Array;
  /** The group of each customer. */
  groupOf: Int32Array;
};

/** O(n log n) for n customers. */
export function groupHistories({ repeats, lastWeeks, ageWeeks }: PurchaseHistories): GroupedHistories {
  const customers = repeats.length;
  const weeks = Float64Array.from(new Set([...new Set(lastWeeks), ...new Set(ageWeeks)])).sort();
  const placeOf = new Map<number, number>();
  weeks.forEach((value, place) => placeOf.set(value, place));
  // One number for the three: exact in a double up to 2⁵³, which is a million repeats over thirty years of days.
  const span = weeks.length;
  const keys = new Float64Array(customers);
  for (let at = 0; at < customers; at += 1) {
    const lastAt = placeOf.get(lastWeeks[at] ?? 0) ?? 0;
    keys[at] = ((repeats[at] ?? 0) * span + lastAt) * span + (placeOf.get(ageWeeks[at] ?? 0) ?? 0);
  }
  const distinct = Float64Array.from(new Set(keys)).sort();
  const groupAt = new Map<number, number>();
  distinct.forEach((key, group) => groupAt.set(key, group));
  const weight = new Float64Array(distinct.length);
  const groupOf = new Int32Array(customers);
  for (let at = 0; at < customers; at += 1) {
    const group = groupAt.get(keys[at] ?? 0) ?? 0;
    groupOf[at] = group;
    weight[group] = (weight[group] ?? 0) + 1;
  }
  return {
    customers,
    weight,
    repeats: distinct.map((key) => Math.floor(key / span / span)),
    lastAt: Int32Array.from(distinct, (key) => Math.floor(key / span) % span),
    ageAt: Int32Array.from(distinct, (key) => key % span),
    weeks,
    groupOf,
    ...countRepeats(
      distinct.map((key) => Math.floor(key / span / span)),
      weight,
    ),
  };
}

/** About `count` of the groups, evenly picked, for the first search of a fit. */
export function thinGroups(groups: GroupedHistories, count: number): GroupedHistories {
  const step = Math.ceil(groups.weight.length / count);
  if (step <= 1) return groups;
  const isPicked = (_: number, at: number) => at % step === 0;
  const weight = groups.weight.filter(isPicked);
  const repeats = groups.repeats.filter(isPicked);
  return {
    ...groups,
    customers: weight.reduce((sum, each) => sum + each, 0),
    weight,
    repeats,
    lastAt: groups.lastAt.filter(isPicked),
    ageAt: groups.ageAt.filter(isPicked),
    groupOf: new Int32Array(0),
    ...countRepeats(repeats, weight),
  };
}

function countRepeats(
  repeats: Float64Array,
  weight: Float64Array,
): Pick<GroupedHistories, "moreThan" | "repeaters"> {
  const most = repeats.reduce((found, each) => Math.max(found, each), 0);
  const moreThan = new Float64Array(most);
  repeats.forEach((each, group) => {
    if (each > 0) moreThan[each - 1] = (moreThan[each - 1] ?? 0) + (weight[group] ?? 0);
  });
  for (let j = most - 2; j >= 0; j -= 1) moreThan[j] = (moreThan[j] ?? 0) + (moreThan[j + 1] ?? 0);
  return { moreThan, repeaters: moreThan[0] ?? 0 };
}
