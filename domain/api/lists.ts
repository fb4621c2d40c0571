import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { zoneKindSchema } from "../location.ts";
import { moneySchema } from "../product.ts";
import { itemStatusSchema, productWordsSchema } from "./items.ts";
import { pageSchema } from "./paging.ts";

/** The lists for people; docs/lists.md says what is on each, and what to do about it. */
export const LISTS = [
  "ghosts",
  "misplaced",
  "backroom-only",
  "sold-but-seen",
  "unknown-tags",
  "losses",
] as const;
export type ListName = (typeof LISTS)[number];

const DAY = 24;

/**
 * How far back each list looks when nobody says, and at most. For `misplaced` it is for how long at least an item stands where
 * it is; `backroom-only` looks at what is believed now.
 */
export const LIST_HOURS: Record<ListName, { defaultHours: number; maxHours: number }> = {
  ghosts: { defaultHours: 2, maxHours: 3 * DAY },
  misplaced: { defaultHours: 12, maxHours: 30 * DAY },
  "backroom-only": { defaultHours: 1, maxHours: 1 },
  "sold-but-seen": { defaultHours: 7 * DAY, maxHours: 30 * DAY },
  "unknown-tags": { defaultHours: 2, maxHours: 3 * DAY },
  losses: { defaultHours: 7 * DAY, maxHours: 90 * DAY },
};

/** `value` is list price times units, per currency; products without a price add nothing to it. */
export const listTotalsSchema = z.object({
  /** Lines of the list. */
  count: z.number().int(),
  /** Units that they stand for. */
  units: z.number().int(),
  value: z.array(z.object({ currency: z.string(), amount: moneySchema })),
});
export type ListTotals = z.infer<typeof listTotalsSchema>;

/** `GET /v1/lists`: how many are on each list. A list that could not be counted has null totals and `problem` says why. */
export const listsSummarySchema = z.object({
  asOf: instantSchema,
  items: z.array(
    z.object({
      list: z.enum(LISTS),
      since: instantSchema,
      totals: listTotalsSchema.nullable(),
      problem: z.string().nullable(),
    }),
  ),
});
export type ListsSummary = z.infer<typeof listsSummarySchema>;

const line = { product: productWordsSchema, locationId: z.string() };
const item = { ...line, epc: z.string(), zoneId: z.string(), zoneKind: zoneKindSchema.nullable() };

/** A tag of a known product that was read, but not often or near enough to become an item. */
export const ghostSchema = z.object({
  ...item,
  readerId: z.string(),
  reads: z.number().int(),
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  maxRssiDbm: z.number().nullable(),
});
export type Ghost = z.infer<typeof ghostSchema>;

/** An item on hand where it should not stay. `since` is the last thing that happened to it. */
export const misplacedSchema = z.object({
  ...item,
  why: z.enum(["zone_kind", "other_zone"]),
  /** Where most of its product stands; null for `zone_kind`. */
  expectedZoneId: z.string().nullable(),
  since: instantSchema,
  lastSeenAt: instantSchema,
});
export type Misplaced = z.infer<typeof misplacedSchema>;

/** A product with units in the back room or at the dock of a store, and none on the floor. */
export const backroomOnlySchema = z.object({
  ...line,
  backroomUnits: z.number().int(),
  dockUnits: z.number().int(),
  lastSeenAt: instantSchema,
});
export type BackroomOnly = z.infer<typeof backroomOnlySchema>;

/**
 * An item that was sold and is still read on the floor or in the back room, long after its sale. `times`: how many spells of
 * reads; `soldAt` and `saleEventId` are null where the ledger has no sale that names it.
 */
export const soldButSeenSchema = z.object({
  ...item,
  soldAt: instantSchema.nullable(),
  saleEventId: z.string().nullable(),
  firstSeenAfterAt: instantSchema,
  lastSeenAt: instantSchema,
  times: z.number().int(),
});
export type SoldButSeen = z.infer<typeof soldButSeenSchema>;

/**
 * Tags alike that name no product of the list. `gtin` is null for those that name no product at all; they are grouped by
 * the first 32 bits (`prefix`, else empty). `suggestion`: import the product, map the tags, encode them (they never were), or ignore
 * them (no trade items: pallets, places, assets).
 */
export const unknownTagsSchema = z.object({
  scheme: z.string().nullable(),
  prefix: z.string(),
  gtin: z.string().nullable(),
  tags: z.number().int(),
  reads: z.number().int(),
  locations: z.array(z.string()),
  readers: z.array(z.string()),
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
  example: z.object({ epc: z.string(), uri: z.string(), detail: z.string() }),
  suggestion: z.enum(["import_product", "map_tags", "encode_tags", "ignore"]),
});
export type UnknownTags = z.infer<typeof unknownTagsSchema>;

/** An item that left through an exit without a sale. `status` is what is believed now: it may have come back. */
export const lossSchema = z.object({
  ...item,
  leftAt: instantSchema,
  eventId: z.string(),
  status: itemStatusSchema,
});
export type Loss = z.infer<typeof lossSchema>;

function listPageSchema<Item extends z.ZodType>(itemSchema: Item) {
  return pageSchema(itemSchema).extend({
    asOf: instantSchema,
    since: instantSchema,
    totals: listTotalsSchema,
  });
}

/** `GET /v1/lists/{name}`: a page each. */
export const LIST_PAGE_SCHEMAS = {
  ghosts: listPageSchema(ghostSchema),
  misplaced: listPageSchema(misplacedSchema),
  "backroom-only": listPageSchema(backroomOnlySchema),
  "sold-but-seen": listPageSchema(soldButSeenSchema),
  "unknown-tags": listPageSchema(unknownTagsSchema),
  losses: listPageSchema(lossSchema),
} as const;
export type ListPage<Name extends ListName> = z.infer<(typeof LIST_PAGE_SCHEMAS)[Name]>;
