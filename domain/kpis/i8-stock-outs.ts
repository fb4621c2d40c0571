import { countDistinct, ratioOf } from "./sale-line.ts";
import type { StockDay } from "./stock-days.ts";

/** I8: assorted SKU-location-days with nothing sellable when the day ended ÷ all; in-stock is its complement. */
export function stockOuts(days: readonly StockDay[]) {
  const empty = days.filter(({ sellable }) => sellable <= 0).length;
  const rate = ratioOf(empty, days.length);
  return {
    sku_locations: countDistinct(days, ({ locationId, gtin }) => `${locationId}/${gtin}`),
    sku_location_days: days.length,
    stock_out_days: empty,
    stock_out_rate: rate,
    in_stock_rate: rate === null ? null : 1 - rate,
  };
}
