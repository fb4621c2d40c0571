import { z } from "zod";
import {
  type ItemReadWindow,
  type ItemRow,
  type ItemStep,
  itemStatusSchema,
  itemStepSchema,
} from "../../domain/api/items.ts";
import type { ZoneStockRow } from "../../domain/api/zone-stock.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { type ZoneKind, zoneKindSchema } from "../../domain/location.ts";
import { READ_VERDICTS } from "../../domain/read-verdict.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { WordsOf } from "../master-data/product-words.ts";

/** `''` from a LEFT JOIN: the zone is not in the location. */
export const zoneKindColumn = z
  .union([zoneKindSchema, z.literal("")])
  .transform((kind) => (kind === "" ? null : kind));

const belief = {
  location_id: z.string(),
  zone_id: z.string(),
  status: itemStatusSchema,
  state: stockStateSchema,
  first_seen_at: instantSchema,
  last_seen_at: instantSchema,
};

export const historyRowSchema = z.object({
  ...belief,
  ordinal: z.number(),
  occurred_at: instantSchema,
  recorded_at: instantSchema,
  event_type: z.string(),
  event_id: z.string(),
  source: z.string(),
  gtin: z.number(),
  lines: z.array(z.tuple([z.string(), z.number(), z.string(), z.string()])),
});
export type HistoryRow = z.infer<typeof historyRowSchema>;

export const readWindowRowSchema = z
  .object({
    location_id: z.string(),
    reader_id: z.string(),
    of_antenna: z.number(),
    of_zone_id: z.string(),
    first_at: instantSchema,
    last_at: instantSchema,
    reads: z.number(),
    max_rssi_dbm: z.number().nullable(),
    verdicts: z.array(z.enum(READ_VERDICTS)),
  })
  .transform(
    (row): ItemReadWindow => ({
      locationId: row.location_id,
      readerId: row.reader_id,
      antenna: row.of_antenna < 0 ? null : row.of_antenna,
      zoneId: row.of_zone_id,
      firstAt: row.first_at,
      lastAt: row.last_at,
      reads: row.reads,
      maxRssiDbm: row.max_rssi_dbm,
      verdicts: row.verdicts,
    }),
  );

export const itemListRowSchema = z.object({
  ...belief,
  epc: z.string(),
  gtin: z.number(),
  zone_kind: zoneKindColumn,
});

export const zoneStockRowSchema = z
  .object({
    location_id: z.string(),
    zone_id: z.string(),
    zone_name: z.string(),
    zone_kind: zoneKindColumn,
    units: z.number(),
    sellable_units: z.number(),
    products: z.number(),
    last_at: instantSchema,
  })
  .transform(
    (row): ZoneStockRow => ({
      locationId: row.location_id,
      zoneId: row.zone_id,
      zoneName: row.zone_name === "" ? row.zone_id : row.zone_name,
      zoneKind: row.zone_kind,
      units: row.units,
      sellableUnits: row.sellable_units,
      products: row.products,
      lastSeenAt: row.last_at,
    }),
  );

export function toItemRow(row: z.infer<typeof itemListRowSchema>, wordsOf: WordsOf): ItemRow {
  return {
    epc: row.epc,
    product: wordsOf(row.gtin),
    locationId: row.location_id,
    zoneId: row.zone_id,
    zoneKind: row.zone_kind,
    status: row.status,
    state: row.state,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  };
}

/** Kind of a zone, null where the location has none of that id. */
export type KindOf = (locationId: string, zoneId: string) => ZoneKind | null;

/** `before` is the step before it in time, which it is told as a change of. */
export function toItemStep(row: HistoryRow, before: HistoryRow | undefined, kindOf: KindOf): ItemStep {
  const place = (of: HistoryRow) => ({
    locationId: of.location_id,
    zoneId: of.zone_id,
    zoneKind: kindOf(of.location_id, of.zone_id),
    status: of.status,
    state: of.state,
  });
  const isChanged =
    before !== undefined &&
    (["location_id", "zone_id", "status", "state"] as const).some((name) => row[name] !== before[name]);
  return itemStepSchema.parse({
    ordinal: row.ordinal,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    eventType: row.event_type,
    eventId: row.event_id,
    source: row.source,
    ...place(row),
    from: isChanged ? place(before) : null,
    movements: row.lines.map(([locationId, quantity, state, reason]) => ({
      locationId,
      quantity,
      state,
      reason,
    })),
  });
}
