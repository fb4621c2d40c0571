/**
 * The local inventory feed of Google Merchant Center: columns and values.
 * Source: "Local product inventory feed specification" (support.google.com/merchants/answer/3061342), and for pickup
 * "Pickup method" (14634021) and "Pickup SLA" (14635400).
 */
export const LOCAL_INVENTORY_FEED = "google-local-inventory";

/** All columns that the specification knows, by their technical names. */
export const LOCAL_INVENTORY_COLUMNS = [
  "store_code",
  "id",
  "quantity",
  "price",
  "sale_price",
  "sale_price_effective_date",
  "availability",
  "pickup_method",
  "pickup_sla",
  "instore_product_location",
  "local_shipping_label",
] as const;
export type LocalInventoryColumn = (typeof LOCAL_INVENTORY_COLUMNS)[number];

/** Those that we send, in this order. */
export const SENT_COLUMNS = [
  "store_code",
  "id",
  "quantity",
  "price",
  "availability",
  "pickup_method",
  "pickup_sla",
] as const satisfies readonly LocalInventoryColumn[];

/** `limited_availability`: few are left. `on_display_to_order`: to be seen in the store, and ordered there. */
export const LOCAL_AVAILABILITIES = [
  "in_stock",
  "limited_availability",
  "on_display_to_order",
  "out_of_stock",
] as const;
export type LocalAvailability = (typeof LOCAL_AVAILABILITIES)[number];

export const PICKUP_METHODS = ["buy", "reserve", "ship to store", "not supported"] as const;
export type PickupMethod = (typeof PICKUP_METHODS)[number];

/** When an order is ready, counted from the day on which it is placed. `multi-week`: a week or more. */
export const PICKUP_SLAS = [
  "same_day",
  "next_day",
  "2-day",
  "3-day",
  "4-day",
  "5-day",
  "6-day",
  "multi-week",
] as const;
export type PickupSla = (typeof PICKUP_SLAS)[number];

/** Empty texts where nothing is said. `price` is an amount and a currency: `19.90 EUR`. */
export type LocalInventoryRow = {
  storeCode: string;
  id: string;
  quantity: number;
  price: string;
  availability: LocalAvailability;
  pickupMethod: PickupMethod | "";
  pickupSla: PickupSla | "";
};

/** The first line. In a tab-delimited file the specification wants spaces for the underscores; both are understood there. */
export function localInventoryHeader(words: "spaces" | "underscores"): string {
  const header = SENT_COLUMNS.join("\t");
  return words === "spaces" ? header.replaceAll("_", " ") : header;
}

/** One line without its end. A tab or a line end inside a value would break the file: the lint refuses such a row. */
export function writeLocalInventoryRow(row: LocalInventoryRow): string {
  return [
    row.storeCode,
    row.id,
    String(row.quantity),
    row.price,
    row.availability,
    row.pickupMethod,
    row.pickupSla,
  ].join("\t");
}

/** A row that we sent, as it is told when the product is not in the feed any more: none are left. */
export function withdrawnRow(text: string): string {
  const [storeCode = "", id = "", , price = ""] = text.split("\t");
  return writeLocalInventoryRow({
    storeCode,
    id,
    quantity: 0,
    price,
    availability: "out_of_stock",
    pickupMethod: "",
    pickupSla: "",
  });
}

/** What a row that we sent says of stock. */
export function readClaim(text: string): {
  id: string;
  quantity: number;
  price: string;
  availability: string;
} {
  const [, id = "", quantity = "0", price = "", availability = ""] = text.split("\t");
  return { id, quantity: Number(quantity), price, availability };
}
