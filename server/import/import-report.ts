import { z } from "zod";

export const IMPORT_KINDS = [
  "products",
  "locations",
  "customers",
  "orders",
  "positions",
  "book-stock",
  "tag-mappings",
  "reads",
] as const;
export const importKindSchema = z.enum(IMPORT_KINDS);
export type ImportKind = z.infer<typeof importKindSchema>;

/** A row that was not taken in. `line` counts from 1 with the header; `original` is the row as it stands in the file. */
export const rejectedRowSchema = z.object({
  line: z.number().int(),
  code: z.string(),
  detail: z.string(),
  original: z.string(),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

const countsSchema = z.object({
  /** Rows read, without the header. Once all are dealt with: accepted + unchanged + rejected. */
  rows: z.number().int(),
  /** Rows that were stored: new ones, and ones that differ from what was there. */
  accepted: z.number().int(),
  /** The part of `accepted` that replaced an older state of the same record. */
  updated: z.number().int(),
  /** Rows that were there already, just so. */
  unchanged: z.number().int(),
  rejected: z.number().int(),
});

/** `bytes` of the stream as it came, packed or not, so that a share of the file can be shown. */
export const importProgressSchema = countsSchema.extend({ bytes: z.number().int() });
export type ImportProgress = z.infer<typeof importProgressSchema>;

export const importReportSchema = countsSchema.extend({
  kind: importKindSchema,
  source: z.string(),
  /** Products that orders named and nobody knew. */
  productsCreated: z.number().int(),
  seconds: z.number(),
  /** Why the import ended before the file's end; what was counted until then is stored. */
  failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type ImportReport = z.infer<typeof importReportSchema>;
