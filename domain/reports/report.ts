import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/** What a number of a report is. `share` is 0 to 1, `flag` 0 or 1, `money` in the currency of the answer. */
export const REPORT_UNITS = [
  "text",
  "date",
  "instant",
  "count",
  "units",
  "money",
  "share",
  "ratio",
  "points",
  "seconds",
  "minutes",
  "hours",
  "days",
  "flag",
] as const;
const reportUnitSchema = z.enum(REPORT_UNITS);
export type ReportUnit = z.infer<typeof reportUnitSchema>;

const reportColumnSchema = z.object({ name: z.string(), unit: reportUnitSchema, meaning: z.string() });
export type ReportColumn = z.infer<typeof reportColumnSchema>;

/**
 * `choice` is one of `values`; `list` is texts with commas between; `date` is a day such as 2026-03-31; `month` such as 2026-03;
 * `integer` and `number` lie between `min` and `max`. `default` is as it would be sent; `from` and `to` also take words, see
 * `resolve-day.ts`.
 */
export const reportParameterSchema = z.object({
  name: z.string(),
  type: z.enum(["text", "list", "date", "month", "choice", "integer", "number"]),
  values: z.array(z.string()),
  min: z.number().nullable(),
  max: z.number().nullable(),
  default: z.string(),
  meaning: z.string(),
});
export type ReportParameter = z.infer<typeof reportParameterSchema>;

/** A report as the header of its SQL describes it. `kpis`: ids such as K1; `columns` in the order of the rows. */
export const reportHeaderSchema = z.object({
  name: z.string(),
  kpis: z.array(z.string()),
  question: z.string(),
  grain: z.string(),
  parameters: z.array(reportParameterSchema),
  freshness: z.string(),
  cost: z.string(),
  columns: z.array(reportColumnSchema),
});
export type ReportHeader = z.infer<typeof reportHeaderSchema>;

/** `GET /v1/reports`. */
export const reportsSchema = z.object({ items: z.array(reportHeaderSchema) });

/** Days of the wall clock in `timeZone`: `from` is the first, `to` the first no longer in it; instants are their begins. */
export const reportWindowSchema = z.object({
  from: z.string().nullable(),
  to: z.string(),
  timeZone: z.string(),
  fromInstant: instantSchema,
  toInstant: instantSchema,
});
export type ReportWindow = z.infer<typeof reportWindowSchema>;

/** A cell: sums of money are texts (exact decimals), what is not known or not over yet is null. */
const reportCellSchema = z.union([z.string(), z.number(), z.null()]);
const reportRowSchema = z.record(z.string(), reportCellSchema);
export type ReportRow = z.infer<typeof reportRowSchema>;

export const COMPARISONS = ["previous", "year_ago"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * `GET /v1/reports/{name}` in JSON. `parameters`: as they were understood, with defaults. `sql` with `sqlParameters` is what was run.
 * `dataThrough`: the newest that is recorded of what reports are made of, null for nothing; `n`: rows.
 */
export const reportAnswerSchema = z.object({
  report: reportHeaderSchema,
  parameters: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.number()])),
  window: reportWindowSchema.nullable(),
  currency: z.string().nullable(),
  generatedAt: instantSchema,
  dataThrough: instantSchema.nullable(),
  sql: z.string(),
  sqlParameters: z.record(z.string(), z.unknown()),
  rows: z.array(reportRowSchema),
  n: z.number().int(),
  comparison: z
    .object({
      kind: z.enum(COMPARISONS),
      window: reportWindowSchema,
      rows: z.array(reportRowSchema),
      n: z.number().int(),
    })
    .nullable(),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;

export const REPORT_FORMATS = ["json", "csv", "arrow", "parquet"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
