import { z } from "zod";

/** `error`: the row, or with the header the whole file, is not taken. `warning`: it is, and may not mean what was meant. */
export const feedFindingSchema = z.object({
  /** From 1, which is the header. */
  line: z.number().int(),
  column: z.string().nullable(),
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  detail: z.string(),
});
export type FeedFinding = z.infer<typeof feedFindingSchema>;

/** `findings` are the first ones. */
export const feedLintSchema = z.object({
  isValid: z.boolean(),
  rows: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  findings: z.array(feedFindingSchema),
});
export type FeedLint = z.infer<typeof feedLintSchema>;
