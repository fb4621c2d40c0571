import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { moneySchema } from "../product.ts";

/** What may need somebody; docs/attention.md says when each is there, what is at stake and what to do. */
export const ATTENTION_KINDS = [
  "customers_untold",
  "holds_at_risk",
  "tasks_overdue",
  "ledger_differs",
  "disappointments",
  "readers_silent",
  "dead_letters",
  "webhooks_failing",
  "misses_unsaved",
  "ghosts",
  "losses",
  "stores_drifting",
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** `now`: somebody waits, or a promise breaks. `today`: something is not counted, or was lost. `watch`: money at stake. */
export const URGENCIES = ["now", "today", "watch"] as const;
export type Urgency = (typeof URGENCIES)[number];

const amountSchema = z.object({ currency: z.string(), amount: moneySchema });

/**
 * One thing that needs somebody, of one place (`locationId` null: of no place). `id` stays the same while the thing does. `count`:
 * how many, of what its kind says; `units` of goods, where that is something else. `atStake`: by currency, empty where no money can be
 * named. `since`: the oldest of it. `causes`: why, the most frequent first. `link`: where in the dashboard it is dealt with.
 */
export const attentionItemSchema = z.object({
  id: z.string(),
  kind: z.enum(ATTENTION_KINDS),
  urgency: z.enum(URGENCIES),
  locationId: z.string().nullable(),
  count: z.number().int(),
  units: z.number().int().nullable(),
  atStake: z.array(amountSchema),
  since: instantSchema.nullable(),
  causes: z.array(z.object({ cause: z.string(), count: z.number().int() })),
  link: z.string(),
});
export type AttentionItem = z.infer<typeof attentionItemSchema>;

export const ATTENTION_SOURCES = [
  "orders",
  "holds",
  "tasks",
  "reconciliation",
  "readers",
  "dead_letters",
  "webhooks",
  "misses",
  "ghosts",
  "losses",
  "counts",
] as const;
export type AttentionSource = (typeof ATTENTION_SOURCES)[number];

/**
 * `GET /v1/attention`: what needs somebody, the most urgent first and then the most money. `sources`: as of when each was asked
 * (null: not yet since the start) and why it could not be (`problem`): what it would say is missing then. `leftOut`: beyond the limit.
 */
export const attentionSchema = z.object({
  asOf: instantSchema,
  items: z.array(attentionItemSchema),
  leftOut: z.number().int(),
  sources: z.array(
    z.object({
      source: z.enum(ATTENTION_SOURCES),
      asOf: instantSchema.nullable(),
      problem: z.string().nullable(),
    }),
  ),
});
export type Attention = z.infer<typeof attentionSchema>;
