import { z } from "zod";
import type { LifetimeValueFit, PersonValue } from "../../domain/api/lifetime-value.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { VALUE_MEASURES } from "../../domain/lifetime-value/compute-lifetime-values.ts";
import { FIT_FLAGS } from "../../domain/lifetime-value/fit-rules.ts";

const measureSchema = z.enum(VALUE_MEASURES);
const modelSchema = z.enum(["bg_nbd", "nbd"]);

export const historyRowSchema = z.object({
  person_id: z.string(),
  currency: z.string(),
  repeats: z.number(),
  last_days: z.number(),
  age_days: z.number(),
  mean_revenue: z.number(),
  mean_margin: z.number().nullable(),
});
export type HistoryRow = z.output<typeof historyRowSchema>;

export const fitRowSchema = z
  .object({
    run: z.number(),
    currency: z.string(),
    measure: measureSchema,
    model: modelSchema,
    as_of: z.string(),
    time_zone: z.string(),
    monthly_discount: z.number(),
    customers: z.number(),
    repeaters: z.number(),
    spenders: z.number(),
    r: z.number(),
    alpha: z.number(),
    a: z.number().nullable(),
    b: z.number().nullable(),
    p: z.number(),
    q: z.number(),
    v: z.number(),
    log_likelihood: z.number(),
    bg_nbd_log_likelihood: z.number(),
    nbd_log_likelihood: z.number(),
    spend_log_likelihood: z.number(),
    is_converged: z.number(),
    flags: z.array(z.enum(FIT_FLAGS)),
    valued: z.number(),
    value: z.number(),
    value_lower: z.number().nullable(),
    value_upper: z.number().nullable(),
    asked_by: z.string(),
    started_at: instantSchema,
    finished_at: instantSchema,
  })
  .transform(
    (row): LifetimeValueFit => ({
      runId: String(row.run),
      currency: row.currency,
      measure: row.measure,
      model: row.model,
      asOf: row.as_of,
      timeZone: row.time_zone,
      monthlyDiscount: row.monthly_discount,
      customers: row.customers,
      repeaters: row.repeaters,
      spenders: row.spenders,
      purchases: { r: row.r, alpha: row.alpha, a: row.a, b: row.b },
      spend: { p: row.p, q: row.q, v: row.v },
      logLikelihood: {
        purchases: row.log_likelihood,
        bgNbd: row.bg_nbd_log_likelihood,
        nbd: row.nbd_log_likelihood,
        spend: row.spend_log_likelihood,
      },
      isConverged: row.is_converged === 1,
      flags: row.flags,
      total: {
        persons: row.valued,
        value: row.value,
        interval: toInterval(row.value_lower, row.value_upper),
      },
      askedBy: row.asked_by,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
    }),
  );

export const valueRowSchema = z
  .object({
    currency: z.string(),
    measure: measureSchema,
    person_id: z.string(),
    model: modelSchema,
    as_of: z.string(),
    repeats: z.number(),
    last_weeks: z.number(),
    age_weeks: z.number(),
    mean_value: z.number().nullable(),
    p_alive: z.number().nullable(),
    expected_purchases: z.number(),
    value: z.number().nullable(),
    value_lower: z.number().nullable(),
    value_upper: z.number().nullable(),
  })
  .transform(
    (row): PersonValue => ({
      personId: row.person_id,
      currency: row.currency,
      measure: row.measure,
      model: row.model,
      asOf: row.as_of,
      repeats: row.repeats,
      lastWeeks: row.last_weeks,
      ageWeeks: row.age_weeks,
      meanValue: row.mean_value,
      alive: row.p_alive,
      expectedPurchases: row.expected_purchases,
      value: row.value,
      interval: toInterval(row.value_lower, row.value_upper),
    }),
  );

function toInterval(lower: number | null, upper: number | null): { lower: number; upper: number } | null {
  return lower === null || upper === null ? null : { lower, upper };
}
