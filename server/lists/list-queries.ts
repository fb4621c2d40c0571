import { z } from "zod";
import type {
  BackroomOnly,
  Ghost,
  ListName,
  Loss,
  Misplaced,
  SoldButSeen,
  UnknownTags,
} from "../../domain/api/lists.ts";
import { itemStatusSchema } from "../../domain/api/items.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { zoneKindColumn } from "../items/item-rows.ts";
import { productColumns, type TotalRow, totalColumns, wordsOfRow } from "./list-rows.ts";
import { explainTags } from "./unknown-tags.ts";

const itemColumns = {
  ...productColumns,
  ...totalColumns,
  epc: z.string(),
  location_id: z.string(),
  zone_id: z.string(),
  zone_kind: zoneKindColumn,
};
type ItemColumns = z.output<z.ZodObject<typeof itemColumns>>;

const itemOf = (row: ItemColumns) => ({
  epc: row.epc,
  product: wordsOfRow(row),
  locationId: row.location_id,
  zoneId: row.zone_id,
  zoneKind: row.zone_kind,
});

/** A query's rows as lines of its list, with the totals that each row carries. */
type Line<Item> = { item: Item; totals: TotalRow };

/** The rows of one list, whose SQL is in sql/queries/lists. */
export type ListQuery<Item> = { row: z.ZodType<Line<Item>> };

export const LIST_QUERIES = {
  ghosts: {
    row: z
      .object({
        ...itemColumns,
        reader_id: z.string(),
        reads: z.number(),
        first_at: instantSchema,
        last_at: instantSchema,
        max_rssi_dbm: z.number().nullable(),
      })
      .transform((row) => ({
        totals: row,
        item: {
          ...itemOf(row),
          readerId: row.reader_id,
          reads: row.reads,
          firstSeenAt: row.first_at,
          lastSeenAt: row.last_at,
          maxRssiDbm: row.max_rssi_dbm,
        },
      })),
  } satisfies ListQuery<Ghost>,

  misplaced: {
    row: z
      .object({
        ...itemColumns,
        why: z.enum(["zone_kind", "other_zone"]),
        expected_zone: z.string(),
        changed_at: instantSchema,
        last_seen_at: instantSchema,
      })
      .transform((row) => ({
        totals: row,
        item: {
          ...itemOf(row),
          why: row.why,
          expectedZoneId: row.expected_zone === "" ? null : row.expected_zone,
          since: row.changed_at,
          lastSeenAt: row.last_seen_at,
        },
      })),
  } satisfies ListQuery<Misplaced>,

  "backroom-only": {
    row: z
      .object({
        ...productColumns,
        ...totalColumns,
        location_id: z.string(),
        backroom_units: z.number(),
        dock_units: z.number(),
        last_at: instantSchema,
      })
      .transform((row) => ({
        totals: row,
        item: {
          product: wordsOfRow(row),
          locationId: row.location_id,
          backroomUnits: row.backroom_units,
          dockUnits: row.dock_units,
          lastSeenAt: row.last_at,
        },
      })),
  } satisfies ListQuery<BackroomOnly>,

  "sold-but-seen": {
    row: z
      .object({ ...itemColumns, first_at: instantSchema, last_at: instantSchema, times: z.number() })
      .transform((row) => ({
        totals: row,
        item: {
          ...itemOf(row),
          soldAt: null,
          saleEventId: null,
          firstSeenAfterAt: row.first_at,
          lastSeenAt: row.last_at,
          times: row.times,
        },
      })),
  } satisfies ListQuery<SoldButSeen>,

  "unknown-tags": {
    row: z
      .object({
        ...totalColumns,
        gtin: z.number(),
        prefix: z.string(),
        tags: z.number(),
        reads: z.number(),
        locations: z.array(z.string()),
        readers: z.array(z.string()),
        first_at: instantSchema,
        last_at: instantSchema,
        example_epc: z.string(),
      })
      .transform((row) => ({
        totals: row,
        item: {
          ...explainTags(row.example_epc, row.gtin !== 0),
          prefix: row.prefix,
          gtin: row.gtin === 0 ? null : gtinFromNumber(row.gtin),
          tags: row.tags,
          reads: row.reads,
          locations: row.locations,
          readers: row.readers,
          firstSeenAt: row.first_at,
          lastSeenAt: row.last_at,
        },
      })),
  } satisfies ListQuery<UnknownTags>,

  losses: {
    row: z
      .object({ ...itemColumns, gone_at: instantSchema, event_id: z.string(), status: itemStatusSchema })
      .transform((row) => ({
        totals: row,
        item: { ...itemOf(row), leftAt: row.gone_at, eventId: row.event_id, status: row.status },
      })),
  } satisfies ListQuery<Loss>,
} as const satisfies Record<ListName, ListQuery<unknown>>;
