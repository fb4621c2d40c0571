import { writeCsvLine } from "../../domain/feeds/csv.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import type { FeedSource } from "./feed-sender.ts";
import type { FeedLine, FeedProduct } from "./feed-store.ts";

export const CHANNEL_STOCK_HEADER = "sku,gtin,quantity,quantity_at_one_location,location_id";

/**
 * What a channel may sell of each product: its own allocation and what others leave, with safety stock and caps, at each location as
 * it is answered there, and summed. A hold is always at one location, so the most that one has stands beside the sum, with its id.
 */
export function createChannelStockSource(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  channel: string;
  confidence: number | null;
  /** Null: all that ever had stock. */
  locations: readonly string[] | null;
}): FeedSource {
  const { projection, reader, channel, confidence } = deps;
  const places = [...new Set(deps.locations ?? projection.table().locationIds)].sort();
  const wish = { channel, quantity: 1, confidence };

  function* rows(products: readonly FeedProduct[]): Generator<FeedLine> {
    for (const { gtin, sku } of products) {
      const here = places.filter((locationId) => projection.table().find(locationId, gtin) >= 0);
      if (here.length === 0) continue;
      let sum = 0;
      let most = { units: 0, locationId: "" };
      for (const locationId of here) {
        const { available } = reader.itemOf(locationId, gtin, wish);
        sum += available;
        if (available > most.units) most = { units: available, locationId };
      }
      const text = writeCsvLine([sku, gtinFromNumber(gtin), sum, most.units, most.locationId]);
      yield { gtin, locationId: "", text };
    }
  }

  return {
    feed: `stock/${channel}`,
    channel,
    settings: { confidence, locations: deps.locations },
    header: CHANNEL_STOCK_HEADER,
    rowsOfProduct: 1,
    rows,
    // Only whole feeds are sent, in which what is gone is not named.
    withdrawn: (text) => text,
    lint: null,
  };
}
