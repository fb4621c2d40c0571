import { fitPurchases, type PurchaseFit } from "./fit-purchases.ts";
import { fitSpend, type SpendFit } from "./fit-spend.ts";
import { groupHistories } from "./grouped-histories.ts";
import { type LifetimeValues, predictLifetimeValues } from "./predict-lifetime-value.ts";

/** What a purchase day is worth is counted in net revenue or in gross margin: two numbers that are never added or compared. */
export const VALUE_MEASURES = ["revenue", "margin"] as const;
export type ValueMeasure = (typeof VALUE_MEASURES)[number];

/** Customers of one currency, in columns as `PurchaseHistories`, with the mean value of repeat days by measure; NaN = not known. */
export type LifetimeValueInput = {
  repeats: Float64Array;
  lastWeeks: Float64Array;
  ageWeeks: Float64Array;
  meanValue: Record<ValueMeasure, Float64Array>;
  monthlyDiscount: number;
};

export type LifetimeValueResult = {
  purchases: PurchaseFit;
  /** Null where no customer has a repeat day of a value above zero that is known. */
  measures: Record<ValueMeasure, { spend: SpendFit; values: LifetimeValues } | null>;
};

/**
 * Both fits and the values of all customers of one currency. A million customers take some ten seconds and about 300 MB: run it beside
 * what answers people. @returns null where nobody bought twice: nothing can be said then
 */
export function computeLifetimeValues(input: LifetimeValueInput): LifetimeValueResult | null {
  if (!input.repeats.some((repeats) => repeats > 0)) return null;
  const ofMeasure = (measure: ValueMeasure) => ({ ...input, meanValue: input.meanValue[measure] });
  const groups = groupHistories(ofMeasure("revenue"));
  const purchases = fitPurchases(groups);
  const predict = (measure: ValueMeasure) => {
    const histories = ofMeasure(measure);
    const spend = fitSpend(histories);
    if (spend === null) return null;
    const options = { groups, monthlyDiscount: input.monthlyDiscount };
    return { spend, values: predictLifetimeValues(histories, { purchases, spend }, options) };
  };
  return { purchases, measures: { revenue: predict("revenue"), margin: predict("margin") } };
}
