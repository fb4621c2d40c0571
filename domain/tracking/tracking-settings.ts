import { z } from "zod";
import { idSchema } from "../identifiers.ts";

const milliseconds = z
  .number()
  .int()
  .nonnegative()
  .max(366 * 24 * 3_600_000);
const share = z.number().min(0).max(1);

/**
 * The thresholds of the rules of items that may differ from one location to the next and change at any time. Durations in
 * milliseconds, strengths in dB or dBm. Where a location says nothing the company's value counts, and else the default.
 */
export const trackingSettingsSchema = z.object({
  dedupeWindowMs: milliseconds
    .default(2000)
    .describe("Repeats of one EPC at one place within this time are one window"),
  minReads: z
    .number()
    .int()
    .min(1)
    .max(255)
    .default(2)
    .describe("Reads that a new item needs, outside a dock and outside an open count"),
  minWindows: z
    .number()
    .int()
    .min(1)
    .max(255)
    .default(2)
    .describe("Dedupe windows that these reads must span"),
  requireKnownProduct: z
    .boolean()
    .default(true)
    .describe("Keeps items of products that are not in the product list out of stock"),
  mobilityThresholdDb: z
    .number()
    .min(0)
    .max(60)
    .default(6)
    .describe(
      "How much stronger another place must be: min(threshold, slope · silence + b), b = threshold − slope · holdoff",
    ),
  mobilityHoldoffMs: milliseconds
    .default(500)
    .describe("Silence of the old place up to which the whole threshold is asked (holdoff above)"),
  mobilitySlopeDbPerMs: z
    .number()
    .min(-1)
    .max(0)
    .default(-0.008)
    .describe("How the margin shrinks with each millisecond of silence of the old place (slope above)"),
  tillNearMs: milliseconds
    .default(30_000)
    .describe(
      "A sale by GTIN takes an item that the till's antenna read within this time of it, before or after",
    ),
  exitSilenceMs: milliseconds
    .default(30_000)
    .describe("An item at an exit that is silent for this long has gone out"),
  exitSaleMs: milliseconds
    .default(600_000)
    .describe(
      "An item that has gone out is settled by a sale of its product up to this long before or after it was last seen at the exit; else it has `left`",
    ),
  soldQuietMs: milliseconds
    .default(24 * 3_600_000)
    .describe("A sold item that is read within this time is a shopper walking out"),
  soldSeenMs: milliseconds
    .default(2 * 3_600_000)
    .describe("A sold item seen on the sales floor or in the back room for this long is listed for people"),
  lookMs: milliseconds
    .min(1000)
    .default(300_000)
    .describe("One look at a zone: within this time every item there should have been read once"),
  lookMinShare: share
    .default(0.3)
    .describe(
      "Items of the zone that a look must have read, as a share of those last placed there, to count as a look at all",
    ),
  absence: z
    .boolean()
    .default(true)
    .describe("Whether silence makes items missing. Off where readers sweep only now and then"),
  absencePrior: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.02)
    .describe(
      "The share of items that go in a day without anybody knowing: shrink history, on the safe side",
    ),
  missingAbove: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.95)
    .describe("Above this probability of being absent an item is `missing`"),
  lookProbability: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.9)
    .describe(
      "The probability that a look sees an item that is there, until it is learnt per zone and product",
    ),
  minMissedLooks: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(3)
    .describe("A look misses items together (a cart before the antenna), so at least this many are needed"),
  countHoldBelow: share
    .default(0.8)
    .describe("A count that finds less than this share of what was expected is held for a person"),
});
export type TrackingSettings = z.output<typeof trackingSettingsSchema>;

export type TrackingOverrides = Partial<TrackingSettings>;

/** The names of all settings, in the order in which they are described. */
export const TRACKING_SETTING_NAMES = trackingSettingsSchema.keyof().options;

/**
 * What a person has set; the rest is taken from the level above. Not `partial()`: it would fill in the defaults, and a
 * location that sets one value would no longer follow the company in the others.
 */
export const trackingOverridesSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(trackingSettingsSchema.shape).map(([name, field]) => [
      name,
      field
        .unwrap()
        .exactOptional()
        .describe(field.description ?? ""),
    ]),
  ) as unknown as { [Name in keyof TrackingSettings]: z.ZodExactOptional<z.ZodType<TrackingSettings[Name]>> },
);

/**
 * How a read point (an antenna of a reader, or the whole reader where `antenna` is null) tells near tags from stray ones:
 * near = at least `minReads` reads within `windowMs` and, where there is RSSI, one of at least `minRssiDbm`. A stray read is
 * kept and moves nothing. Found by a walk test.
 */
export const readPointSettingsSchema = z.object({
  locationId: idSchema,
  readerId: idSchema,
  antenna: z.number().int().min(0).max(65_535).nullable().default(null),
  minReads: z.number().int().min(1).max(255).default(1),
  windowMs: milliseconds.default(30_000),
  minRssiDbm: z.number().min(-120).max(0).nullable().default(null),
});
export type ReadPointSettings = z.output<typeof readPointSettingsSchema>;

export const DEFAULT_TRACKING_SETTINGS: TrackingSettings = trackingSettingsSchema.parse({});
