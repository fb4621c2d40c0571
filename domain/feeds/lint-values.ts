import type { FeedFinding } from "./feed-finding.ts";
import {
  LOCAL_AVAILABILITIES,
  LOCAL_INVENTORY_COLUMNS,
  type LocalInventoryColumn,
  PICKUP_METHODS,
  PICKUP_SLAS,
} from "./local-inventory.ts";

const MAX_ID_CHARACTERS = 50;
const MAX_STORE_CODE_CHARACTERS = 64;
const MAX_PLACE_BYTES = 20;
const PRICE = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/;
const INTERVAL = /^([^/\s]+)\/([^/\s]+)$/;

type Values = Partial<Record<LocalInventoryColumn, string>>;
type Reject = (
  code: string,
  column: LocalInventoryColumn,
  detail: string,
  severity?: FeedFinding["severity"],
) => void;

/** What is wrong inside one row; `line` is the caller's to set. */
export function lintValues(values: Values): FeedFinding[] {
  const found: FeedFinding[] = [];
  const reject: Reject = (code, column, detail, severity = "error") => {
    found.push({ line: 0, column, severity, code, detail });
  };
  for (const column of LOCAL_INVENTORY_COLUMNS) {
    if (!/\p{Cc}/u.test(values[column] ?? "")) continue;
    reject("control_character", column, `${column} holds a control character`);
  }
  lintNames(values, reject);
  lintStock(values, reject);
  lintPrices(values, reject);
  lintPickup(values, reject);
  const place = values.instore_product_location ?? "";
  if (utf8Length(place) > MAX_PLACE_BYTES) {
    reject("too_long", "instore_product_location", `"${place}" has more than ${MAX_PLACE_BYTES} bytes`);
  }
  return found;
}

function lintNames({ store_code: storeCode = "", id = "" }: Values, reject: Reject): void {
  if (storeCode.trim() === "") reject("missing_value", "store_code", "the row names no store");
  else if (storeCode !== storeCode.trim()) {
    reject("outer_space", "store_code", "the store code has spaces at its ends; it is compared byte by byte");
  } else if (storeCode.length > MAX_STORE_CODE_CHARACTERS) {
    reject("too_long", "store_code", `the store code has more than ${MAX_STORE_CODE_CHARACTERS} characters`);
  }
  if (id.trim() === "") reject("missing_value", "id", "the row names no product");
  else if (Array.from(id).length > MAX_ID_CHARACTERS) {
    reject("too_long", "id", `the id has more than ${MAX_ID_CHARACTERS} characters: ${id}`);
  }
}

function lintStock({ availability = "", quantity = "" }: Values, reject: Reject): void {
  const said = normal(availability);
  if (!LOCAL_AVAILABILITIES.some((known) => known === said)) {
    reject(
      "invalid_availability",
      "availability",
      `"${availability}" is none of ${LOCAL_AVAILABILITIES.join(", ")}`,
    );
  }
  if (quantity === "") return;
  if (!/^\d{1,9}$/.test(quantity)) {
    reject("invalid_quantity", "quantity", `"${quantity}" is not a whole number of units from 0 up`);
    return;
  }
  const isSaidToBeThere = said === "in_stock" || said === "limited_availability";
  if (isSaidToBeThere && Number(quantity) === 0) {
    reject("contradictory_row", "quantity", `the row says ${availability} and no units`);
  }
  if (said === "out_of_stock" && Number(quantity) > 0) {
    reject("contradictory_row", "quantity", `the row says out_of_stock and ${quantity} units`);
  }
}

function lintPrices(values: Values, reject: Reject): void {
  const { price = "", sale_price: sale = "", sale_price_effective_date: dates = "" } = values;
  const full = PRICE.exec(price);
  const reduced = PRICE.exec(sale);
  if (price !== "" && full === null) reject("invalid_price", "price", priceDetail(price));
  if (sale !== "" && reduced === null) reject("invalid_price", "sale_price", priceDetail(sale));
  if (full !== null && reduced !== null) {
    if (full[2] !== reduced[2])
      reject("contradictory_row", "sale_price", "the prices are in different currencies");
    else if (Number(reduced[1]) > Number(full[1])) {
      reject("contradictory_row", "sale_price", `the sale price ${sale} is above the price ${price}`);
    }
  }
  if (dates === "") return;
  const [, from = "", to = ""] = INTERVAL.exec(dates) ?? [];
  if (Number.isNaN(Date.parse(from)) || !(Date.parse(to) > Date.parse(from))) {
    reject(
      "invalid_interval",
      "sale_price_effective_date",
      `"${dates}" is not two ISO 8601 times with a slash between`,
    );
  }
  if (sale === "") reject("missing_value", "sale_price", "there is a time of sale and no sale price");
}

function lintPickup({ pickup_method: method = "", pickup_sla: sla = "" }: Values, reject: Reject): void {
  const isKnown = PICKUP_METHODS.some((known) => normal(known) === normal(method));
  if (method !== "" && !isKnown) {
    reject("invalid_pickup_method", "pickup_method", `"${method}" is none of ${PICKUP_METHODS.join(", ")}`);
  }
  if (sla !== "" && !PICKUP_SLAS.some((known) => known === normal(sla))) {
    reject("invalid_pickup_sla", "pickup_sla", `"${sla}" is none of ${PICKUP_SLAS.join(", ")}`);
  }
  if (isKnown && normal(method) !== "not_supported" && sla === "") {
    const detail = "pickup is offered without saying by when: it is not shown";
    reject("missing_value", "pickup_sla", detail, "warning");
  }
}

/** Values are understood with spaces or underscores, in any case. */
function normal(value: string): string {
  return value.trim().toLowerCase().replaceAll(" ", "_");
}

function priceDetail(text: string): string {
  return `"${text}" is not an amount with a point and a currency, such as 19.90 EUR`;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
