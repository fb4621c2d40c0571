import { itemHistoryPageSchema, itemLifeSchema, itemsPageSchema } from "../domain/api/items.ts";
import { movementsPageSchema } from "../domain/api/movements-page.ts";
import { zoneStockSchema } from "../domain/api/zone-stock.ts";
import type { Call } from "./http.ts";
import type { PageOptions } from "./page-options.ts";

export type ItemQuery = { gtin?: string; location?: string; zone?: string; status?: string };
type ProductOrPlace = { gtin?: string; location?: string };

const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** Tagged units: one by one, and how many of them are where. */
export function createItemCalls(call: Call) {
  return {
    /** What is believed of a tagged unit, its life and its latest reads. `epc` as hex or as any URI of it. */
    get: (epc: string, signal?: AbortSignal) =>
      call("GET", `/v1/items/${encodeURIComponent(epc)}`, itemLifeSchema, withSignal(signal)),
    /** Items by product, place and status, ordered by EPC. */
    list: ({ signal, ...query }: ItemQuery & PageOptions = {}) =>
      call("GET", "/v1/items", itemsPageSchema, { query, ...withSignal(signal) }),
    /** In which zones the tagged units of a product or of a location are. */
    byZone: ({ signal, ...query }: ProductOrPlace & { signal?: AbortSignal }) =>
      call("GET", "/v1/zone-stock", zoneStockSchema, { query, ...withSignal(signal) }),
    /** Older steps of its life. */
    history: (epc: string, { signal, ...query }: PageOptions = {}) =>
      call("GET", `/v1/items/${encodeURIComponent(epc)}/history`, itemHistoryPageSchema, {
        query,
        ...withSignal(signal),
      }),
  };
}

/** Lines of the ledger. */
export function createMovementCalls(call: Call) {
  return {
    /** Of a product or a location, the last recorded first; of 30 days unless `days` says so. */
    list: ({ signal, ...query }: ProductOrPlace & { days?: number } & Omit<PageOptions, "query">) =>
      call("GET", "/v1/movements", movementsPageSchema, { query, ...withSignal(signal) }),
  };
}
