import type { LifetimeValueResult, ValueMeasure } from "../lifetime-value/compute-lifetime-values.ts";
import { quantileOf, ratioOf } from "./sale-line.ts";
import { bucketLadder } from "./value-buckets.ts";

/** What a run says of one person; null where there is no number, and no `alive` where no dropout is detectable. */
export type PersonPrediction = {
  model: "bg_nbd" | "nbd";
  asOf: string;
  purchases: number;
  alive: number | null;
  value: number | null;
  lower: number | null;
  upper: number | null;
};

const meanOf = (numbers: readonly number[]): number | null =>
  ratioOf(
    numbers.reduce((sum, one) => sum + one, 0),
    numbers.length,
  );

/** K2: what all persons of a run are expected to bring, and what with; null where it has no values of this measure. */
export function predictedValue({ purchases, measures }: LifetimeValueResult, measure: ValueMeasure) {
  const of = measures[measure];
  if (of === null) return null;
  const { spend, values } = of;
  const { model } = purchases;
  const known = [...values.value].filter(Number.isFinite);
  const { total } = values;
  return {
    measure,
    model: model.kind,
    customers: purchases.customers,
    repeaters: purchases.repeaters,
    spenders: spend.customers,
    valued: total.customers,
    total_value: total.value,
    total_lower: total.lower,
    total_upper: total.upper,
    mean_value: ratioOf(total.value, total.customers),
    median_value: quantileOf(known, 0.5),
    p90_value: quantileOf(known, 0.9),
    mean_purchases: meanOf([...values.purchases]),
    mean_alive: model.kind === "nbd" ? null : meanOf([...values.alive]),
    r: model.r,
    alpha: model.alpha,
    a: model.kind === "nbd" ? null : model.a,
    b: model.kind === "nbd" ? null : model.b,
    ...spend.model,
    log_likelihood: purchases.logLikelihood,
    spend_log_likelihood: spend.logLikelihood,
    is_converged: purchases.isConverged && spend.isConverged ? 1 : 0,
    flags: [...new Set([...purchases.flags, ...spend.flags])].join(","),
  };
}

/** K2: buckets of predicted value as those of what was brought (`valueBuckets`), with what is expected of the persons in each. */
export function predictedBuckets(predictions: readonly PersonPrediction[], wanted: number) {
  const valued = predictions.flatMap(({ value, ...one }) => (value === null ? [] : [{ ...one, value }]));
  const ladder = bucketLadder(
    valued.map(({ value }) => value),
    wanted,
  );
  return (ladder?.buckets ?? []).map((bucket) => {
    const own = valued.filter(({ value }) => ladder?.bucketOf(value) === bucket.bucket);
    return Object.assign(bucket, {
      customers: own.length,
      customers_share: own.length / valued.length,
      mean_alive: meanOf(own.flatMap(({ alive }) => alive ?? [])),
      mean_purchases: meanOf(own.map(({ purchases }) => purchases)),
    });
  });
}
