import { z } from "zod";
import type { ItemReads } from "../../domain/api/items.ts";
import type { ZoneStockRow } from "../../domain/api/zone-stock.ts";
import { zoneKindSchema } from "../../domain/location.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import {
  type HistoryRow,
  historyRowSchema,
  itemListRowSchema,
  type KindOf,
  readWindowRowSchema,
  zoneStockRowSchema,
} from "./item-rows.ts";
import { tagForms } from "./tag-forms.ts";

/** Above every ordinal. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;
const MAX_SECONDS = 20;

export type ItemStore = ReturnType<typeof createItemStore>;

/** Items as the ledger has them, and the raw reads of their tags. */
export function createItemStore(deps: { db: Database }) {
  const { db } = deps;
  return {
    /** Which of these identities the ledger knows as items, the newest first. */
    async known(epcs: readonly string[]): Promise<string[]> {
      const rows = await db.query({
        name: "items/known-identities",
        sql: loadQuery("items/known-identities"),
        params: { epcs },
        row: z.object({ epc: z.string() }),
        maxSeconds: MAX_SECONDS,
      });
      return rows.map((row) => row.epc);
    },

    /** Up to `limit` + 1 steps before an ordinal, newest first. */
    history: (epc: string, beforeOrdinal: number | null, limit: number): Promise<HistoryRow[]> =>
      db.query({
        name: "items/history",
        sql: loadQuery("items/history"),
        params: { epc, before_ordinal: beforeOrdinal ?? END_OF_TIME, page_rows: limit + 1 },
        row: historyRowSchema,
        maxSeconds: MAX_SECONDS,
      }),

    async reads(
      epc: string,
      wish: { since: Date; windowSeconds: number; limit: number },
    ): Promise<ItemReads> {
      const windows = await db.query({
        name: "items/reads",
        sql: loadQuery("items/reads"),
        params: {
          forms: tagForms(epc),
          since: wish.since,
          window_seconds: wish.windowSeconds,
          page_rows: wish.limit + 1,
        },
        row: readWindowRowSchema,
        maxSeconds: MAX_SECONDS,
      });
      return {
        since: wish.since.toISOString(),
        windowSeconds: wish.windowSeconds,
        isCut: windows.length > wish.limit,
        windows: windows.slice(0, wish.limit),
      };
    },

    list: (
      filter: { gtin: number; location: string; zone: string; status: string },
      afterEpc: string,
      limit: number,
    ) =>
      db.query({
        name: "items/list",
        sql: loadQuery("items/list"),
        params: {
          gtin: filter.gtin,
          location_id: filter.location,
          zone_id: filter.zone,
          status: filter.status,
          after_epc: afterEpc,
          page_rows: limit + 1,
        },
        row: itemListRowSchema,
        maxSeconds: MAX_SECONDS,
      }),

    /** Tagged units on hand by location and zone; `gtin` 0 and `locationId` empty: of all. */
    zoneStock: (gtin: number, locationId: string): Promise<ZoneStockRow[]> =>
      db.query({
        name: "items/zone-stock",
        sql: loadQuery("items/zone-stock"),
        params: { gtin, location_id: locationId },
        row: zoneStockRowSchema,
        maxSeconds: MAX_SECONDS,
      }),

    async zoneKinds(locationIds: readonly string[]): Promise<KindOf> {
      const rows = await db.query({
        name: "items/zone-kinds",
        sql: loadQuery("items/zone-kinds"),
        params: { location_ids: [...new Set(locationIds)] },
        row: z.object({ location_id: z.string(), zone_id: z.string(), zone_kind: zoneKindSchema }),
      });
      const kinds = new Map(rows.map((row) => [`${row.location_id}/${row.zone_id}`, row.zone_kind]));
      return (locationId, zoneId) => kinds.get(`${locationId}/${zoneId}`) ?? null;
    },
  };
}
