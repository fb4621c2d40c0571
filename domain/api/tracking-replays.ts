import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { readPointSettingsSchema, trackingOverridesSchema } from "../tracking/tracking-settings.ts";

/** What to replay: what was taken in from `from` on and before `to`, and the settings that are to differ. */
export const replayOptionsSchema = z.strictObject({
  from: instantSchema,
  to: instantSchema,
  locations: z.array(idSchema).max(10_000).default([]).describe("Empty = all"),
  set: trackingOverridesSchema.default({}).describe("Over those that were in force, at every location"),
  readPoints: z
    .array(readPointSettingsSchema)
    .max(10_000)
    .default([])
    .describe("Instead of the rules that were in force at these read points"),
  warmUpSeconds: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(3600)
    .describe("What was taken in before `from` and is run first, so that beliefs are as they were"),
  includeImported: z.boolean().default(false).describe("Reads of the past that were imported, too"),
  examples: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .describe("Differences of each kind that are listed"),
});
export type ReplayOptions = z.output<typeof replayOptionsSchema>;

const placeSchema = z.object({
  locationId: z.string(),
  zoneId: z.string(),
  status: z.string(),
  state: z.string(),
});
const linesSchema = z.object({ lines: z.number(), units: z.number() });

/** An item that would be believed to be elsewhere or otherwise; null = it would not be known. */
export const itemDifferenceSchema = z.object({
  epc: z.string(),
  gtin: z.string(),
  before: placeSchema.nullable(),
  after: placeSchema.nullable(),
});
export type ItemDifference = z.infer<typeof itemDifferenceSchema>;

export const positionDifferenceSchema = z.object({
  locationId: z.string(),
  gtin: z.string(),
  state: z.string(),
  before: z.number(),
  after: z.number(),
});
export type PositionDifference = z.infer<typeof positionDifferenceSchema>;

/** Lines of the ledger within the time, by location and reason. */
export const movementDifferenceSchema = z.object({
  locationId: z.string(),
  reason: z.string(),
  before: linesSchema,
  after: linesSchema,
});
export type MovementDifference = z.infer<typeof movementDifferenceSchema>;

/**
 * What a replay found. `before` is the replay with the settings that were in force, `after` the one with those asked for; with
 * none asked for, `before` is the ledger itself. The ledger is not touched.
 */
export const replayReportSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** From when on it ran, warm-up included; null when nothing was taken in. */
  startedAt: z.string().nullable(),
  taken: z.object({
    messages: z.number(),
    reads: z.number(),
    /** Reads by what became of them when they were taken in. */
    readsByVerdict: z.record(z.string(), z.number()),
    events: z.number(),
  }),
  /** How well a replay with the settings that were in force does what was done: event by event, with its lines and items. */
  ledger: z.object({
    isExact: z.boolean(),
    same: z.number(),
    onlyInLedger: z.number(),
    onlyInReplay: z.number(),
    examples: z.array(z.object({ where: z.enum(["ledger", "replay"]), event: z.string() })),
  }),
  items: z.object({ differing: z.number(), examples: z.array(itemDifferenceSchema) }),
  positions: z.object({ differing: z.number(), examples: z.array(positionDifferenceSchema) }),
  movements: z.array(movementDifferenceSchema),
  /** What keeps the replay from being exact, in words. */
  notes: z.array(z.string()),
  seconds: z.number(),
});
export type ReplayReport = z.infer<typeof replayReportSchema>;

export const replayProgressSchema = z.object({
  /** Up to when it ran, Unix ms. */
  atMs: z.number(),
  share: z.number().min(0).max(1),
  reads: z.number(),
  events: z.number(),
});
export type ReplayProgress = z.infer<typeof replayProgressSchema>;

/** A replay that a running system does: `GET /v1/admin/replays/{replayId}`. */
export const trackingReplaySchema = z.object({
  replayId: z.string(),
  status: z.enum(["running", "done", "failed", "cancelled"]),
  options: replayOptionsSchema,
  progress: replayProgressSchema,
  report: replayReportSchema.nullable(),
  failure: z.string().nullable(),
});
export type TrackingReplay = z.infer<typeof trackingReplaySchema>;
