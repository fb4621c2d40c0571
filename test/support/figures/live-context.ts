import type { TFunction } from "i18next";
import { ageSeconds, formatAge } from "../../../dashboard/src/format/age.ts";
import type { AvailabilityItem } from "../../../domain/availability/availability-item.ts";
import type { Location } from "../../../domain/location.ts";
import type { Product } from "../../../domain/product.ts";
import type { Api } from "../api.ts";

/** What cells of live pages are written with: names of things, and the page's clock. */
export type LiveContext = {
  ask: Api;
  nowMs: number;
  products: readonly Product[];
  locations: readonly Location[];
  /** Of each product at each location. */
  rows: readonly AvailabilityItem[];
  place(id: string): string;
  zone(locationId: string, zoneId: string): string;
  product(gtin: string): string;
  age(instant: string | null): string;
  /** Until then: `3 hr`. */
  left(instant: string | null): string;
};

/** Says English sentences as the page does. */
export const english = ((key: string, values: Record<string, unknown> = {}) =>
  key.replaceAll(/{{(\w+)}}/g, (_, name: string) => String(values[name]))) as unknown as TFunction;

export type Known = Pick<LiveContext, "products" | "locations" | "rows">;

/** Products, locations and stock as the API answers them now. */
export async function askKnown(ask: Api): Promise<Known> {
  const [products, locations] = await Promise.all([
    ask<{ items: Product[] }>("GET", "/v1/products?limit=200"),
    ask<{ items: Location[] }>("GET", "/v1/locations?limit=200"),
  ]);
  const answers = await Promise.all(
    products.items.map(({ gtin }) =>
      ask<{ items: AvailabilityItem[] }>("GET", `/v1/availability?gtin=${gtin}`),
    ),
  );
  return {
    products: products.items,
    locations: locations.items,
    rows: answers.flatMap(({ items }) => items).filter(({ reasonCode }) => reasonCode !== "no_record"),
  };
}

export function liveContext(ask: Api, known: Known, nowMs: number): LiveContext {
  const places = new Map(known.locations.map((each) => [each.locationId, each]));
  const names = new Map(known.products.map(({ gtin, name }) => [gtin, name]));
  return {
    ...known,
    ask,
    nowMs,
    place: (id) => places.get(id)?.name ?? id,
    zone: (locationId, zoneId) =>
      places.get(locationId)?.zones.find((zone) => zone.zoneId === zoneId)?.name ?? zoneId,
    product: (gtin) => names.get(gtin) ?? gtin,
    age: (instant) => (instant === null ? "never" : formatAge(ageSeconds(Date.parse(instant), nowMs))),
    left: (instant) => {
      if (instant === null) return "–";
      const seconds = Math.ceil((Date.parse(instant) - nowMs) / 1000);
      return seconds <= 0 ? "over" : formatAge(seconds);
    },
  };
}
