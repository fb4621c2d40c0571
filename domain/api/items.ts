import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { ITEM_STATUSES } from "../ledger/ledger-event.ts";
import { zoneKindSchema } from "../location.ts";
import { movementReasonSchema } from "../movement.ts";
import { moneySchema } from "../product.ts";
import { READ_VERDICTS } from "../read-verdict.ts";
import { stockStateSchema } from "../stock-state.ts";
import { pageSchema } from "./paging.ts";

export const itemStatusSchema = z.enum(ITEM_STATUSES);

/** The product of a tag, as lists and pages for people show it; `name` is empty where it is not in the product list. */
export const productWordsSchema = z.object({
  gtin: z.string(),
  name: z.string(),
  sku: z.string(),
  category: z.string(),
  price: moneySchema.nullable(),
  currency: z.string(),
  isKnown: z.boolean(),
});
export type ProductWords = z.infer<typeof productWordsSchema>;

/** What is believed of an item now. `zoneKind` is null where the zone is not (or no more) in the location. */
export const itemNowSchema = z.object({
  locationId: idSchema,
  zoneId: z.string(),
  zoneKind: zoneKindSchema.nullable(),
  status: itemStatusSchema,
  state: stockStateSchema,
  firstSeenAt: instantSchema,
  lastSeenAt: instantSchema,
});

/** What the bits of an EPC say; `ok: false` with `code` and `detail` where they can't be decoded. */
export const epcWordsSchema = z.looseObject({
  ok: z.boolean(),
  hex: z.string(),
  scheme: z.string().nullable(),
  rawUri: z.string(),
});

/**
 * One step of an item's life: the event, and what was believed after it. `from` is the step before where the place, the
 * status or the state differ, else null. `movements` are the lines of the ledger that name the item.
 */
export const itemStepSchema = z.object({
  ordinal: z.number().int(),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  eventType: z.string(),
  eventId: z.string(),
  source: z.string(),
  locationId: z.string(),
  zoneId: z.string(),
  zoneKind: zoneKindSchema.nullable(),
  status: itemStatusSchema,
  state: stockStateSchema,
  from: z
    .object({
      locationId: z.string(),
      zoneId: z.string(),
      zoneKind: zoneKindSchema.nullable(),
      status: itemStatusSchema,
      state: stockStateSchema,
    })
    .nullable(),
  movements: z.array(
    z.object({
      locationId: z.string(),
      quantity: z.number().int(),
      state: stockStateSchema,
      reason: movementReasonSchema,
    }),
  ),
});
export type ItemStep = z.infer<typeof itemStepSchema>;

/** `GET /v1/items/{epc}/history`, newest first. */
export const itemHistoryPageSchema = pageSchema(itemStepSchema);
export type ItemHistoryPage = z.infer<typeof itemHistoryPageSchema>;

/** The raw reads of one antenna within one window. `antenna` is null where the reader sent none, `maxRssiDbm` likewise. */
export const itemReadWindowSchema = z.object({
  locationId: z.string(),
  readerId: z.string(),
  antenna: z.number().int().nullable(),
  zoneId: z.string(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  reads: z.number().int(),
  maxRssiDbm: z.number().nullable(),
  /** What was made of them, `accepted` or why not. */
  verdicts: z.array(z.enum(READ_VERDICTS)),
});
export type ItemReadWindow = z.infer<typeof itemReadWindowSchema>;

/** `GET /v1/items/{epc}/reads`: raw reads received since `since`, newest window first, at most `limit` windows. */
export const itemReadsSchema = z.object({
  since: instantSchema,
  windowSeconds: z.number().int(),
  isCut: z.boolean(),
  windows: z.array(itemReadWindowSchema),
});
export type ItemReads = z.infer<typeof itemReadsSchema>;

/**
 * `GET /v1/items/{epc}`: an item with the newest steps of its life and its latest reads. `epc` is the item's identity (hex,
 * filter 0). `item` is null for a tag that was read and never became an item (a ghost, a foreign tag).
 */
export const itemLifeSchema = z.object({
  epc: z.string(),
  decoded: epcWordsSchema,
  product: productWordsSchema.nullable(),
  item: itemNowSchema.nullable(),
  history: itemHistoryPageSchema,
  reads: itemReadsSchema,
});
export type ItemLife = z.infer<typeof itemLifeSchema>;

/** One line of `GET /v1/items`. */
export const itemRowSchema = itemNowSchema.extend({ epc: z.string(), product: productWordsSchema });
export type ItemRow = z.infer<typeof itemRowSchema>;

/** `GET /v1/items`, ordered by EPC. */
export const itemsPageSchema = pageSchema(itemRowSchema);
export type ItemsPage = z.infer<typeof itemsPageSchema>;
