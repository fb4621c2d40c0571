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
  /** Repeats of one EPC at one place within this time are one window. */
  dedupeWindowMs: milliseconds.default(2000),
  /** Reads that a new item needs, outside a dock and outside an open count. */
  minReads: z.number().int().min(1).max(255).default(2),
  /** Dedupe windows that these reads must span. */
  minWindows: z.number().int().min(1).max(255).default(2),
  /** Keeps items of products that are not in the product list out of stock. */
  requireKnownProduct: z.boolean().default(true),
  /** How much stronger another place must be: min(threshold, slope · silence + b), b = threshold − slope · holdoff. */
  mobilityThresholdDb: z.number().min(0).max(60).default(6),
  mobilityHoldoffMs: milliseconds.default(500),
  mobilitySlopeDbPerMs: z.number().min(-1).max(0).default(-0.008),
  /** A sale by GTIN takes an item that the till's antenna read within this time of it, before or after. */
  tillNearMs: milliseconds.default(30_000),
  /** An item at an exit that is silent for this long has gone out. */
  exitSilenceMs: milliseconds.default(30_000),
  /** … and is settled by a sale of its product up to this long before or after it was last seen there; else it has `left`. */
  exitSaleMs: milliseconds.default(600_000),
  /** A sold item that is read within this time is a shopper walking out. */
  soldQuietMs: milliseconds.default(24 * 3_600_000),
  /** A sold item seen on the sales floor or in the back room for this long is listed for people. */
  soldSeenMs: milliseconds.default(2 * 3_600_000),
  /** One look at a zone: within this time every item there should have been read once. */
  lookMs: milliseconds.min(1000).default(300_000),
  /** Items of the zone that a look must have read, as a share of those last placed there, to count as a look at all. */
  lookMinShare: share.default(0.3),
  /** Whether silence makes items missing. Off where readers sweep only now and then. */
  absence: z.boolean().default(true),
  /** The share of items that is absent without anybody knowing, before any look: shrink history. */
  absencePrior: z.number().gt(0).lt(1).default(0.02),
  /** Above this probability of being absent an item is `missing`. */
  missingAbove: z.number().gt(0).lt(1).default(0.95),
  /** The probability that a look sees an item that is there, until it is learnt per zone and product. */
  lookProbability: z.number().gt(0).lt(1).default(0.9),
  /** A look misses items together (a cart before the antenna), so at least this many are needed. */
  minMissedLooks: z.number().int().min(1).max(1000).default(3),
  /** A count that finds less than this share of what was expected is held for a person. */
  countHoldBelow: share.default(0.8),
});
export type TrackingSettings = z.output<typeof trackingSettingsSchema>;

/** What a person has set; the rest is taken from the level above. */
export const trackingOverridesSchema = trackingSettingsSchema.partial().strict();
export type TrackingOverrides = Partial<TrackingSettings>;

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
