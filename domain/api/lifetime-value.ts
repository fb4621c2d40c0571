import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { VALUE_MEASURES } from "../lifetime-value/compute-lifetime-values.ts";
import { FIT_FLAGS } from "../lifetime-value/fit-rules.ts";
import { pageSchema } from "./paging.ts";

const intervalSchema = z.object({ lower: z.number(), upper: z.number() }).nullable();

/** One fit of a run: what the values of one currency and measure are made with. See docs/lifetime-value.md. */
export const lifetimeValueFitSchema = z.object({
  runId: z.string(),
  currency: z.string(),
  measure: z.enum(VALUE_MEASURES),
  model: z.enum(["bg_nbd", "nbd"]),
  /** The last day that was looked at, in `timeZone`. */
  asOf: z.string(),
  timeZone: z.string(),
  monthlyDiscount: z.number(),
  customers: z.number().int(),
  repeaters: z.number().int(),
  spenders: z.number().int(),
  /** Per week; `a` and `b` are null where no dropout is detectable. */
  purchases: z.object({
    r: z.number(),
    alpha: z.number(),
    a: z.number().nullable(),
    b: z.number().nullable(),
  }),
  /** `v` in the currency. */
  spend: z.object({ p: z.number(), q: z.number(), v: z.number() }),
  logLikelihood: z.object({
    purchases: z.number(),
    bgNbd: z.number(),
    nbd: z.number(),
    spend: z.number(),
  }),
  isConverged: z.boolean(),
  flags: z.array(z.enum(FIT_FLAGS)),
  /** Of all persons that have a value: an estimate in the currency, with its 95 % interval. */
  total: z.object({ persons: z.number().int(), value: z.number(), interval: intervalSchema }),
  askedBy: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
});
export type LifetimeValueFit = z.infer<typeof lifetimeValueFitSchema>;

/** What is expected of one person in the 12 months after `asOf`. */
export const personValueSchema = z.object({
  personId: z.string(),
  currency: z.string(),
  measure: z.enum(VALUE_MEASURES),
  model: z.enum(["bg_nbd", "nbd"]),
  asOf: z.string(),
  repeats: z.number().int(),
  lastWeeks: z.number(),
  ageWeeks: z.number(),
  meanValue: z.number().nullable(),
  /** Null where no dropout is detectable. */
  alive: z.number().nullable(),
  expectedPurchases: z.number(),
  value: z.number().nullable(),
  /** Of the expectation, not of what the person will spend. */
  interval: intervalSchema,
});
export type PersonValue = z.infer<typeof personValueSchema>;

export const personValuesPageSchema = pageSchema(personValueSchema);

export const lifetimeValueQuerySchema = z.object({
  currency: z.string().length(3).optional(),
  measure: z.enum(VALUE_MEASURES).default("revenue"),
  personId: z.string().min(1).max(200).optional(),
});
export type LifetimeValueQuery = z.infer<typeof lifetimeValueQuerySchema>;

/** A run that goes on, or the last one that failed since this server started. */
export const lifetimeValueRunSchema = z.object({
  runId: z.string(),
  status: z.enum(["running", "done", "failed"]),
  asOf: z.string().nullable(),
  startedAt: instantSchema,
  failure: z.string().nullable(),
});
export type LifetimeValueRun = z.infer<typeof lifetimeValueRunSchema>;

export const lifetimeValueFitsSchema = z.object({
  run: lifetimeValueRunSchema.nullable(),
  items: z.array(lifetimeValueFitSchema),
});
