import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { pageSchema } from "./paging.ts";

/** `open`: nobody dealt with it yet. `replayed`: taken in at a replay. `discarded`: a person said that it is worth nothing. */
export const DEAD_LETTER_STATES = ["open", "replayed", "discarded"] as const;
const stateSchema = z.enum(DEAD_LETTER_STATES);

/**
 * What a person, or a replay, did to a dead letter. `status` is that of a replay: `accepted`, `duplicate` (the ledger had
 * it already) and `late` settle the letter; `rejected` (with the code) and `unknown` (no answer in time) leave it open.
 */
export const deadLetterStepSchema = z.object({
  at: instantSchema,
  by: z.string(),
  action: z.enum(["replay", "discard", "reopen"]),
  status: z.enum(["accepted", "duplicate", "late", "rejected", "unknown"]).nullable(),
  code: z.string(),
  detail: z.string(),
  jobId: z.string().nullable(),
});
export type DeadLetterStep = z.infer<typeof deadLetterStepSchema>;

/**
 * A message that could not be understood. The same bytes on the same topic are the same dead letter, however often they
 * came (`arrivals`). `preview` is the beginning as text, null where it is none. `shape` says what the message looks like
 * (the members of its first object), so that letters alike are one group.
 */
export const deadLetterSchema = z.object({
  deadLetterId: z.string(),
  state: stateSchema,
  firstReceivedAt: instantSchema,
  receivedAt: instantSchema,
  arrivals: z.number().int(),
  topic: z.string(),
  kind: z.string(),
  locationId: z.union([idSchema, z.literal("")]),
  sourceId: z.string(),
  code: z.string(),
  detail: z.string(),
  shape: z.string(),
  sizeBytes: z.number().int(),
  preview: z.string().nullable(),
  lastStep: deadLetterStepSchema.nullable(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** `GET /v1/dead-letters`, newest first. `total` counts all that match. */
export const deadLettersPageSchema = pageSchema(deadLetterSchema).extend({ total: z.number().int() });
export type DeadLettersPage = z.infer<typeof deadLettersPageSchema>;

/** `GET /v1/dead-letters/{id}`: all its bytes, and all that was done. `hex` shows the first 4 KiB. */
export const deadLetterDetailSchema = deadLetterSchema.extend({
  payloadBase64: z.string(),
  text: z.string().nullable(),
  hex: z.string(),
  steps: z.array(deadLetterStepSchema),
});
export type DeadLetterDetail = z.infer<typeof deadLetterDetailSchema>;

/** Letters alike: the same reason for messages of the same kind and shape. Replay it with these three as the filter. */
export const deadLetterGroupSchema = z.object({
  code: z.string(),
  kind: z.string(),
  shape: z.string(),
  letters: z.number().int(),
  arrivals: z.number().int(),
  firstReceivedAt: instantSchema,
  receivedAt: instantSchema,
  /** How many topics they came on, and the ten with the most. */
  topicCount: z.number().int(),
  topics: z.array(z.object({ topic: z.string(), letters: z.number().int() })),
  example: z.object({ deadLetterId: z.string(), detail: z.string() }),
});
export type DeadLetterGroup = z.infer<typeof deadLetterGroupSchema>;

/** `GET /v1/dead-letters/groups`, the largest first; at most 200. */
export const deadLetterGroupsSchema = z.object({ items: z.array(deadLetterGroupSchema) });
export type DeadLetterGroups = z.infer<typeof deadLetterGroupsSchema>;

/** Which letters. `state` `resolved` is both `replayed` and `discarded`. `from` and `to` bound when a letter last came. */
export const deadLetterFilterSchema = z.object({
  state: z.enum([...DEAD_LETTER_STATES, "resolved", "all"]).default("open"),
  code: z.string().max(100).optional(),
  kind: z.string().max(20).optional(),
  location: idSchema.optional(),
  source: z.string().max(100).optional(),
  shape: z.string().max(400).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type DeadLetterFilter = z.output<typeof deadLetterFilterSchema>;

/** `POST /v1/dead-letters/{id}/replay`. `historical` lifts the limit on age, for what lay here too long. */
export const replayRequestSchema = z.object({ historical: z.boolean().default(false) });

/** `POST /v1/dead-letters/replay`: all open letters that match, the oldest first. */
export const replayManyRequestSchema = deadLetterFilterSchema
  .omit({ state: true })
  .strict()
  .extend({ historical: z.boolean().default(false) });

/** `POST /v1/dead-letters/{id}/discard`: why its message is worth nothing. */
export const discardRequestSchema = z.object({ note: z.string().trim().min(1).max(2000) });
export const reopenRequestSchema = z.object({ note: z.string().trim().max(2000).default("") });

/** What became of a replay, discard or reopening. */
export const deadLetterStepAnswerSchema = z.object({
  deadLetterId: z.string(),
  state: stateSchema,
  step: deadLetterStepSchema,
});
export type DeadLetterStepAnswer = z.infer<typeof deadLetterStepAnswerSchema>;

/**
 * A replay of many. `stopped`: it ended before all were tried, `reason` says why; what was not tried is open as before.
 * It lives in the memory of the server that runs it; what it did is in each letter's steps.
 */
export const replayJobSchema = z.object({
  jobId: z.string(),
  state: z.enum(["running", "finished", "stopped"]),
  reason: z.string(),
  startedBy: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  total: z.number().int(),
  tried: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  unknown: z.number().int(),
});
export type ReplayJob = z.infer<typeof replayJobSchema>;

/** `GET /v1/dead-letters/replays`, the newest first. */
export const replayJobsSchema = z.object({ items: z.array(replayJobSchema) });
