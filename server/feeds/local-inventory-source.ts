import type { FeedSettings } from "../../domain/feeds/feed-settings.ts";
import { createLocalInventoryLint } from "../../domain/feeds/lint-local-inventory.ts";
import {
  LOCAL_INVENTORY_FEED,
  localInventoryHeader,
  withdrawnRow,
  writeLocalInventoryRow,
} from "../../domain/feeds/local-inventory.ts";
import { type FeedPlace, toLocalInventoryRow } from "../../domain/feeds/local-inventory-row.ts";
import { pickupSlaOf } from "../../domain/feeds/pickup-sla.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Location } from "../../domain/location.ts";
import { calendarOf } from "../../domain/opening-hours/pickup-ready.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { withCents } from "../master-data/product-store.ts";
import type { Projection } from "../projection/projection.ts";
import type { FeedSource } from "./feed-sender.ts";
import type { FeedLine, FeedProduct } from "./feed-store.ts";

/**
 * The local inventory feed by the settings: a row for each product and store where stock of it was ever recorded, from the reader
 * that answers storefronts, asked as they ask.
 */
export function createLocalInventorySource(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  settings: FeedSettings;
  locations: readonly Location[];
  nowMs: number;
}): FeedSource {
  const { projection, reader, settings } = deps;
  const places = placesOf(settings, deps.locations, deps.nowMs);
  const wish = { channel: settings.channel, quantity: 1, confidence: settings.confidence };

  function* rows(products: readonly FeedProduct[]): Generator<FeedLine> {
    for (const product of products) {
      const told = { id: itemIdOf(product, settings), price: priceOf(product) };
      for (const place of places) {
        const { locationId } = place;
        if (projection.table().find(locationId, product.gtin) < 0) continue;
        const item = reader.itemOf(locationId, product.gtin, wish);
        const row = toLocalInventoryRow(told, place, item, settings);
        yield { gtin: product.gtin, locationId, text: writeLocalInventoryRow(row) };
      }
    }
  }

  return {
    feed: LOCAL_INVENTORY_FEED,
    channel: settings.channel,
    settings,
    header: localInventoryHeader(settings.headerWords),
    rowsOfProduct: Math.max(1, places.length),
    rows,
    withdrawn: withdrawnRow,
    lint: createLocalInventoryLint({ isGroupedById: true }),
  };
}

/** By location id, so that rows stand in the order in which they are read again. */
function placesOf(settings: FeedSettings, locations: readonly Location[], nowMs: number): FeedPlace[] {
  const known = new Map(locations.map((location) => [location.locationId, location]));
  const stores = locations
    .filter(({ kind }) => kind === "store")
    .map(({ locationId }) => ({ locationId, storeCode: locationId }));
  return (settings.locations ?? stores)
    .map((place) => Object.assign({ pickup: pickupOf(settings, known.get(place.locationId), nowMs) }, place))
    .sort((a, b) => (a.locationId < b.locationId ? -1 : 1));
}

/** Where nobody knows when a store opens nothing is said of pickup. */
function pickupOf(
  settings: FeedSettings,
  location: Location | undefined,
  nowMs: number,
): FeedPlace["pickup"] {
  if (settings.pickupMethod === null || location === undefined) return null;
  if (!location.pickup.isOffered) return { method: "not supported", sla: "" };
  const calendar = calendarOf(location);
  const sla = calendar === null ? null : pickupSlaOf(calendar, location, nowMs);
  return sla === null ? null : { method: settings.pickupMethod, sla };
}

/** A SKU that another product has too would make two rows one: such a product goes under its GTIN. */
function itemIdOf(product: FeedProduct, settings: FeedSettings): string {
  const hasOwnSku = product.sku !== "" && !product.isSkuShared;
  return settings.itemId === "sku" && hasOwnSku ? product.sku : gtinFromNumber(product.gtin);
}

function priceOf({ price, currency }: FeedProduct): string {
  const amount = withCents(price);
  return amount === null || currency === "" ? "" : `${amount} ${currency}`;
}
