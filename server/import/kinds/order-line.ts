import { refuse, type Result } from "../../../domain/result.ts";
import type { ImportOptions } from "../import-options.ts";
import { createTimeParser } from "../local-time.ts";
import type { SourceRow } from "../read-rows.ts";
import { readForeignId, readGtin, readMoney, readUnits } from "../read-values.ts";
import { toLocationId } from "./locations.ts";

export const ORDER_FIELDS = {
  aliases: {
    orderId: ["invoiceno", "invoice", "ordernumber", "orderno", "receiptno", "transactionid", "receipt"],
    code: ["stockcode", "sku", "productcode", "itemnumber", "item"],
    gtin: ["gtin14", "gtin13", "ean", "ean13", "upc", "barcode"],
    description: ["productname", "productdescription", "name"],
    quantity: ["qty", "units"],
    orderedAt: ["invoicedate", "orderdate", "date", "timestamp", "occurredat", "createdat"],
    unitPrice: ["price"],
    currency: ["currencycode"],
    customerId: ["customer", "customernumber"],
    country: ["countrycode"],
    channel: ["saleschannel"],
    method: ["fulfilmentmethod", "fulfillmentmethod"],
    locationId: ["location", "storeid", "store"],
    lineType: ["linetype", "type"],
  },
  required: [["orderId"], ["code", "gtin"], ["quantity"], ["orderedAt"], ["unitPrice"]],
};

/** Columns of `order_lines` that make a line what it is. */
export const ORDER_LINE_COLUMNS = [
  "order_id",
  "line_no",
  "line_type",
  "channel",
  "method",
  "location_id",
  "customer_id",
  "country",
  "code",
  "gtin",
  "description",
  "quantity",
  "unit_price",
  "currency",
  "ordered_at",
] as const;

export type LineType = "sale" | "cancellation" | "return" | "adjustment";
const LINE_TYPES: readonly LineType[] = ["sale", "cancellation", "return", "adjustment"];

export type OrderLine = {
  orderId: string;
  lineNo: number;
  lineType: LineType;
  channel: string;
  method: string;
  locationId: string;
  customerId: string;
  country: string;
  code: string;
  /** From the file; null where it has a code only. */
  gtin: number | null;
  description: string;
  quantity: number;
  unitPrice: string;
  currency: string;
  /** RFC 3339 in UTC with milliseconds. */
  orderedAt: string;
};

/** A row of invoices as an order line; the reasons of refusals are listed in docs/errors.md. */
export function parseOrderLine(
  { fields }: SourceRow,
  lineNo: number,
  options: ImportOptions,
  parseTime: (text: string) => Result<string>,
): Result<OrderLine> {
  const orderId = fields["orderId"];
  if (orderId === undefined) return refuse("missing_value", "the line names no order");
  const gtin = fields["gtin"] === undefined ? null : readGtin(fields["gtin"]);
  if (gtin?.ok === false) return gtin;
  const code = fields["code"] ?? (gtin === null ? undefined : String(fields["gtin"]));
  if (code === undefined) return refuse("missing_value", "the line names no product");
  const description = fields["description"] ?? "";
  if (orderId.length > 200 || code.length > 100 || description.length > 500) {
    return refuse("too_long", "an order's id has at most 200 characters, a code 100, a description 500");
  }
  const quantity = readUnits(fields["quantity"] ?? "");
  if (!quantity.ok) return quantity;
  const unitPrice = readMoney(fields["unitPrice"] ?? "");
  if (!unitPrice.ok) return unitPrice;
  const orderedAt = parseTime(fields["orderedAt"] ?? "");
  if (!orderedAt.ok) return orderedAt;
  const currency = fields["currency"] ?? options.currency;
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) {
    return refuse(
      "invalid_currency",
      `"${currency ?? ""}" is not a currency such as GBP; say it with --currency`,
    );
  }
  const locationId =
    fields["locationId"] === undefined
      ? ({ ok: true, value: options.location ?? "" } as const)
      : toLocationId(fields["locationId"]);
  if (!locationId.ok) return locationId;
  const lineType = lineTypeOf(fields["lineType"], orderId, quantity.value, unitPrice.value);
  if (lineType === null) {
    return refuse("invalid_line_type", `"${fields["lineType"]}" is none of ${LINE_TYPES.join(", ")}`);
  }
  return {
    ok: true,
    value: {
      orderId,
      lineNo,
      lineType,
      channel: fields["channel"] ?? options.channel,
      method: fields["method"] ?? options.method,
      locationId: locationId.value,
      customerId: readForeignId(fields["customerId"] ?? ""),
      country: fields["country"] ?? "",
      code,
      gtin: gtin?.value ?? null,
      description,
      quantity: quantity.value,
      unitPrice: unitPrice.value,
      currency,
      orderedAt: orderedAt.value,
    },
  };
}

/**
 * Without a column for it, the customs of invoices decide: numbers that begin with C cancel, with A adjust; fewer than no
 * units come back, and without a price they are a correction of stock.
 */
function lineTypeOf(
  stated: string | undefined,
  orderId: string,
  quantity: number,
  unitPrice: string,
): LineType | null {
  if (stated !== undefined) return LINE_TYPES.find((type) => type === stated.toLowerCase()) ?? null;
  if (/^C\d+$/i.test(orderId)) return "cancellation";
  if (/^A\d+$/i.test(orderId)) return "adjustment";
  if (quantity >= 0) return "sale";
  return unitPrice === "0" ? "adjustment" : "return";
}

/** Times of orders as RFC 3339 in UTC. The lines of an order have the same time: it is read once. */
export function createOrderTimeParser(timeZone: string | undefined): (text: string) => Result<string> {
  const parse = createTimeParser(timeZone);
  let lastText: string | null = null;
  let last: Result<string> = refuse("invalid_time", "");
  return (text) => {
    if (text === lastText) return last;
    const time = parse(text);
    lastText = text;
    last = time.ok ? { ok: true, value: new Date(time.value).toISOString() } : time;
    return last;
  };
}
