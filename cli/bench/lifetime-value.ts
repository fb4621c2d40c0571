import {
  computeLifetimeValues,
  type LifetimeValueInput,
  type LifetimeValueResult,
} from "../../domain/lifetime-value/compute-lifetime-values.ts";
import { toHistories } from "../../domain/lifetime-value/purchase-histories.ts";
import { simulateShoppersByDay } from "../../simulators/shoppers/simulate-shoppers.ts";
import type { BenchContext, Benchmark, BenchmarkResult } from "./benchmark.ts";
import { inTurns, seriesOf } from "./series.ts";
import { rounded } from "./statistics.ts";

const CUSTOMERS = 1_000_000;
const WEEKS = 104;
const AIM_SECONDS = 30;
const TRUTH = { r: 0.5, alpha: 5, dropout: { a: 0.8, b: 2.5 }, spend: { p: 6, q: 4, v: 15 } };
/** What the reference computes for each customer: the logarithms and powers of one look at both likelihoods, each customer by itself. */
const REFERENCE_PASSES = 100;

/**
 * Both fits and all values of a million customers, beside a search that looks a hundred times at every customer by itself: the least that
 * a fit without weighted rows must do, with none of its bookkeeping.
 */
export const lifetimeValue: Benchmark = {
  name: "lifetime-value",
  question:
    "How long do the fits and predicted values of a million customers take, beside a hundred bare passes over the same customers?",
  run: measure,
};

async function measure(context: BenchContext): Promise<BenchmarkResult> {
  context.log("simulating customers");
  const histories = toHistories(simulateShoppersByDay(CUSTOMERS, TRUTH, { weeks: WEEKS, seed: 7 }));
  const input: LifetimeValueInput = {
    ...histories,
    meanValue: { revenue: histories.meanValue, margin: new Float64Array(CUSTOMERS).fill(Number.NaN) },
    monthlyDiscount: 0.01,
  };
  let result: LifetimeValueResult | null = null;
  const seconds = (work: () => void): Promise<number> => {
    const startMs = performance.now();
    work();
    return Promise.resolve((performance.now() - startMs) / 1_000);
  };
  let sink = 0;
  const runs = await inTurns(context, {
    reference: () =>
      seconds(() => {
        for (let pass = 0; pass < REFERENCE_PASSES; pass += 1) sink += barePass(input, 0.4 + pass / 500);
      }),
    subject: () =>
      seconds(() => {
        result = computeLifetimeValues(input);
      }),
  });
  const subject = seriesOf("s", runs.subject);
  const reference = seriesOf("s", runs.reference);
  return {
    name: lifetimeValue.name,
    question: lifetimeValue.question,
    subject,
    reference,
    ratio: rounded(subject.median / reference.median),
    aim: `under ${AIM_SECONDS} s`,
    isAimMet: subject.median < AIM_SECONDS,
    n: { customers: CUSTOMERS, weeks: WEEKS, referencePasses: REFERENCE_PASSES },
    warmUp: "none: a nightly run has none",
    repetitions: context.repetitions,
    details: { ...describe(result), referenceSum: rounded(sink) },
  };
}

/** ln(α+t_x), ln(α+T), ln(x m + v), a power and a logarithm for each customer. */
function barePass({ repeats, lastWeeks, ageWeeks, meanValue }: LifetimeValueInput, r: number): number {
  let sum = 0;
  for (let at = 0; at < repeats.length; at += 1) {
    const x = repeats[at] ?? 0;
    const logAge = Math.log(5 + (ageWeeks[at] ?? 0));
    const logLast = Math.log(5 + (lastWeeks[at] ?? 0));
    const alive = Math.exp((r + x) * (logLast - logAge));
    sum += Math.log(alive + (x > 0 ? 0.8 / (1.5 + x) : 0)) - (r + x) * logLast;
    sum -= Math.log(x * (meanValue.revenue[at] ?? 0) + 15);
  }
  return sum;
}

function describe(result: LifetimeValueResult | null): BenchmarkResult["details"] {
  const revenue = result?.measures.revenue;
  if (
    result === null ||
    revenue === null ||
    revenue === undefined ||
    result.purchases.model.kind !== "bg_nbd"
  )
    throw new Error(
      "The customers were simulated with a dropout and none was found: the measurement is void.",
    );
  const { r, alpha, a, b } = result.purchases.model;
  const { p, q, v } = revenue.spend.model;
  return {
    weightedRows: result.purchases.groups,
    likelihoodsOfPurchases: result.purchases.evaluations,
    likelihoodsOfSpend: revenue.spend.evaluations,
    fitted: [r, alpha, a, b, p, q, v].map(rounded),
    simulatedWith: [0.5, 5, 0.8, 2.5, 6, 4, 15],
  };
}
