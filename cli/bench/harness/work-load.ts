import { epcOfGtin } from "../../../domain/epc/encode-epc.ts";
import { gtinCheckDigit, gtinFromNumber } from "../../../domain/gtin.ts";
import { type Location, locationSchema } from "../../../domain/location.ts";
import { type Product, productSchema } from "../../../domain/product.ts";
import type { Reader } from "../../../domain/reader.ts";

/** Company prefix under GS1's demonstration prefix 952. */
const COMPANY_PREFIX = "9529999";

/** A chain as a benchmark needs it: every location has a floor and a backroom with one antenna of one reader each. */
export type WorkLoad = { locations: Location[]; products: Product[]; readers: Reader[] };

export function createWorkLoad(locations: number, products: number): WorkLoad {
  const zones = [
    { zoneId: "floor", name: "Sales floor", kind: "sales_floor" as const },
    { zoneId: "back", name: "Backroom", kind: "backroom" as const },
    { zoneId: "dock", name: "Dock", kind: "dock" as const },
  ];
  return {
    locations: Array.from({ length: locations }, (_, index) =>
      locationSchema.parse({ locationId: locationIdOf(index), name: `Store ${index + 1}`, zones }),
    ),
    products: Array.from({ length: products }, (_, index) =>
      productSchema.parse({ gtin: gtinOf(index), sku: `SKU-${index}`, name: `Product ${index}` }),
    ),
    readers: Array.from({ length: locations }, (_, index) => ({
      locationId: locationIdOf(index),
      readerId: "reader-1",
      name: "",
      defaultZoneId: null,
      antennas: { "1": "floor", "2": "back", "3": "dock" },
    })),
  };
}

export function locationIdOf(index: number): string {
  return `store-${String(index + 1).padStart(3, "0")}`;
}

/** GTIN-14 of the n-th product (from 0, below 99,999). */
export function gtinOf(productIndex: number): string {
  const body = Number(`${COMPANY_PREFIX}${String(productIndex + 1).padStart(5, "0")}`);
  return gtinFromNumber(body * 10 + gtinCheckDigit(body));
}

/** SGTIN-96 with filter 0, which is also the item's identity. */
export function epcOf(productIndex: number, serial: number): string {
  const epc = epcOfGtin(
    { gtin: gtinOf(productIndex), prefixDigits: COMPANY_PREFIX.length, serial: String(serial), filter: 0 },
    "sgtin-96",
  );
  if (!epc.ok) throw new Error(epc.detail);
  return epc.value;
}
