import type { SaleLine } from "../../domain/kpis/sale-line.ts";
import { dateOfDay } from "../../domain/time-zone/local-clock.ts";
import type { Database } from "../../sql/database.ts";
import type { StoredPast } from "./store-stock-past.ts";

export const instantText = (ms: number): string => new Date(ms).toISOString();
export const decimalText = (micros: bigint): string =>
  `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, "0")}`;

export const gtinOfSale = (sale: SaleLine): number => Number(sale.orderId.split("/")[2]);

/** What is in no event: places, days and counts that were told, sales, sights. */
export async function storeStockTables(db: Database, past: StoredPast, index: number): Promise<void> {
  const { locations, told, counts, sales, sights } = past;
  const zones = ["floor", "back", "dock"].map((zoneId) => ({
    zoneId,
    name: zoneId,
    kind: { floor: "sales_floor", back: "backroom", dock: "dock" }[zoneId],
  }));
  await db.insert({
    name: "test/locations",
    table: "locations",
    columns: ["location_id", "kind", "currency", "zones", "version"],
    rows: locations.map((locationId) => [locationId, "store", "EUR", JSON.stringify(zones), 1]),
  });
  await db.insert({
    name: "test/told",
    table: "history_stock_days",
    columns: ["source", "day", "location_id", "gtin", "on_hand", "received", "sold", "returned"],
    rows: told.map((day) => [
      "h",
      dateOfDay(day.day),
      day.locationId,
      day.gtin,
      day.onHand,
      day.received,
      day.sold,
      day.returned,
    ]),
  });
  await db.insert({
    name: "test/counts",
    table: "history_count_lines",
    // biome-ignore format: one line
    columns: ["source", "count_id", "location_id", "gtin", "counted_at", "book", "counted", "items_read", "unit_cost"],
    rows: counts
      .filter(({ isLive }) => !isLive)
      .map((count) => [
        "h",
        count.countId,
        count.locationId,
        count.gtin,
        instantText(count.atMs),
        count.book,
        count.counted,
        count.itemsRead ?? 0,
        decimalText(count.costMicros ?? 0n),
      ]),
  });
  await db.insert({
    name: "test/sales",
    table: "order_lines",
    // biome-ignore format: one line for each group of columns
    columns: [
      "source", "order_id", "line_no", "line_type", "channel", "method", "location_id", "gtin", "quantity",
      "unit_price", "currency", "ordered_at", "version",
    ],
    rows: sales.map((sale, line) => [
      `p${index}`,
      sale.orderId,
      line + 1,
      sale.lineType,
      sale.channel,
      sale.method,
      sale.locationId,
      gtinOfSale(sale),
      sale.quantity,
      decimalText(sale.priceMicros),
      sale.currency,
      instantText(sale.atMs),
      1,
    ]),
  });
  await db.insert({
    name: "test/sights",
    table: "sightings",
    columns: ["location_id", "gtin", "last_seen_at"],
    rows: sights.map(({ locationId, gtin, atMs }) => [locationId, gtin, instantText(atMs)]),
  });
}
