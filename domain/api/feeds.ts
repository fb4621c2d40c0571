import { z } from "zod";
import { feedSettingsSchema } from "../feeds/feed-settings.ts";
import { feedAuditSchema } from "../feeds/feed-audit.ts";
import { feedFindingSchema } from "../feeds/feed-finding.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { pageSchema } from "./paging.ts";

/** `GET` and `PUT /v1/feeds/settings`; null where nothing was ever set and defaults hold. */
export const storedFeedSettingsSchema = z.object({
  settings: feedSettingsSchema,
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
});
export type StoredFeedSettings = z.infer<typeof storedFeedSettingsSchema>;

/**
 * One fetch of a feed. `sinceRunId`: of a delta, through which run it takes what was told as known; null = all of it. `sent` was read
 * to its end; `broken` was not: what it told counts for no delta. `findings` are the lint's first, `leftOut` the rows that
 * failed it and were not sent. `sha256` is of the text with its header.
 */
export const feedRunSchema = z.object({
  runId: z.string(),
  feed: z.string(),
  kind: z.enum(["full", "delta"]),
  sinceRunId: z.string().nullable(),
  state: z.enum(["sent", "broken"]),
  channel: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema,
  revision: z.number().int(),
  askedBy: z.string(),
  rows: z.number().int(),
  leftOut: z.number().int(),
  findings: z.array(feedFindingSchema),
  bytes: z.number().int(),
  sha256: z.string(),
});
export type FeedRun = z.infer<typeof feedRunSchema>;

/** `GET /v1/feeds/runs`, the newest first. */
export const feedRunsPageSchema = pageSchema(feedRunSchema);

/** `POST /v1/feeds/audits`. Without `seed` one is made; the answer has it. */
export const feedAuditWishSchema = z.object({
  locationId: idSchema,
  products: z.number().int().min(1).max(1_000).default(100),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** `POST /v1/feeds/audits/{auditId}/found`: what was found, all at once or little by little. A repeat replaces. */
export const feedAuditFoundSchema = z.object({
  found: z
    .array(
      z.object({
        gtin: z.string().regex(/^\d{14}$/),
        quantity: z.number().int().min(0).max(1_000_000),
        price: z
          .string()
          .regex(/^\d{1,12}(\.\d{1,6})?( [A-Z]{3})?$/, "a price such as 19.90 or 19.90 EUR")
          .optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

/** `GET /v1/feeds/audits`, the newest first. */
export const feedAuditsPageSchema = pageSchema(feedAuditSchema.omit({ rows: true }));
