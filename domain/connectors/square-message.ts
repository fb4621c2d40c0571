import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import type { FulfilmentMethod } from "../orders/order.ts";
import { fromMinorUnits } from "./money.ts";
import type { ShopLevel, ShopLine, ShopMessage, ShopPlace, ShopRefund } from "./shop-message.ts";

/** Members of Square's messages that are kept; recipients, notes and customers are not among them. Shapes: Square API, Order and InventoryCount. */
export const SQUARE_MEMBERS: ReadonlySet<string> = new Set(
  [
    "type event_id created_at data id object inventory_counts catalog_object_id catalog_object_type state location_id",
    "quantity calculated_at order_created order_updated order_fulfillment_updated order_id version updated_at order",
    "line_items uid base_price_money total_discount_money amount currency fulfillments entries line_item_uid",
    "returns return_line_items source_order_id source_line_item_uid",
  ].flatMap((line) => line.split(" ")),
);

/** Ids of lines and orders become part of ours: what ours cannot have in them is a dash. */
const idSchema = z
  .string()
  .min(1)
  .max(200)
  .transform((id) => id.replaceAll(/[^A-Za-z0-9._-]/g, "-"));
/** Units, with up to 5 places. */
const quantitySchema = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,5})?$/, "a quantity is a decimal text such as 12.375");
const priceSchema = z.object({ amount: z.number().int(), currency: z.string().regex(/^[A-Z]{3}$/) });

const orderSchema = z.object({
  id: idSchema,
  location_id: idSchema,
  state: z.string(),
  created_at: instantSchema,
  updated_at: instantSchema,
  line_items: z
    .array(
      z.object({
        uid: idSchema,
        catalog_object_id: idSchema.nullish(),
        quantity: quantitySchema,
        base_price_money: priceSchema.nullish(),
        total_discount_money: priceSchema.nullish(),
      }),
    )
    .max(500)
    .default([]),
  fulfillments: z
    .array(
      z.object({
        type: z.string(),
        state: z.string(),
        entries: z.array(z.object({ line_item_uid: idSchema, quantity: quantitySchema })).nullish(),
      }),
    )
    .default([]),
  returns: z
    .array(
      z.object({
        uid: idSchema.nullish(),
        source_order_id: idSchema.nullish(),
        return_line_items: z
          .array(
            z.object({
              uid: idSchema.nullish(),
              source_line_item_uid: idSchema.nullish(),
              catalog_object_id: idSchema.nullish(),
              quantity: quantitySchema,
            }),
          )
          .max(500)
          .default([]),
      }),
    )
    .default([]),
});
type SquareOrder = z.infer<typeof orderSchema>;

const namedSchema = z.object({
  order_id: idSchema,
  updated_at: instantSchema.nullish(),
  created_at: instantSchema.nullish(),
});
const countsSchema = z
  .array(
    z.object({
      catalog_object_id: idSchema,
      catalog_object_type: z.string().nullish(),
      state: z.string(),
      location_id: idSchema,
      quantity: quantitySchema,
      calculated_at: instantSchema,
    }),
  )
  .max(1000);
export const squareEventSchema = z.object({
  type: z.string().min(1).max(100),
  event_id: z.string().min(1).max(200),
  created_at: instantSchema,
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

const METHODS: Readonly<Record<string, FulfilmentMethod>> = {
  PICKUP: "pickup",
  SHIPMENT: "ship_from_store",
  DELIVERY: "delivery",
};

/** What an event of Square says. Throws `ZodError` where it has not the documented form. */
export function readSquareMessage(body: unknown): ShopMessage {
  const { type, created_at: at, data } = squareEventSchema.parse(body);
  const { object } = data;
  switch (type) {
    case "inventory.count.updated":
      return readCounts(object["inventory_counts"]);
    case "order.created":
    case "order.updated":
    case "order.fulfillment.updated": {
      if (object["order"] !== undefined) return readSquareOrder(object["order"]);
      const named = namedSchema.parse(
        object["order_created"] ?? object["order_updated"] ?? object["order_fulfillment_updated"],
      );
      return {
        kind: "order_named",
        orderId: named.order_id,
        updatedAt: named.updated_at ?? named.created_at ?? at,
      };
    }
    default:
      return { kind: "nothing", why: `Nothing is done with events of the type ${type}.` };
  }
}

/** What a whole order of Square says, as `RetrieveOrder` answers it. Throws `ZodError`. */
export function readSquareOrder(body: unknown): ShopMessage {
  const order = orderSchema.parse(body);
  if (order.state === "DRAFT") return { kind: "nothing", why: "It is a draft of an order." };
  const isWhole = ({ quantity }: { quantity: string }) => wholeUnits(quantity) !== null;
  const lines = order.line_items.filter(isWhole);
  if (lines.length === 0 && order.line_items.length > 0) {
    return { kind: "nothing", why: "No line of it is of whole units: others are not kept in stock." };
  }
  const isToGo = order.fulfillments.length > 0;
  if (!isToGo && order.state === "OPEN") {
    return { kind: "nothing", why: "It is open at a till: it is a sale once it is completed." };
  }
  const isCancelled = order.state === "CANCELED";
  const isSold = !isToGo && !isCancelled;
  const gone = goneOf(order);
  const [currency = "USD"] = order.line_items.flatMap((line) => line.base_price_money?.currency ?? []);
  return {
    kind: "order",
    order: {
      orderId: order.id,
      placedAt: order.created_at,
      updatedAt: order.updated_at,
      currency,
      cancelCause: isCancelled ? "system" : null,
      till: isSold ? order.location_id : null,
      place: isToGo ? placeOf(order) : null,
      deliveryCode: null,
      lines: lines.map((line): ShopLine => {
        const units = wholeUnits(line.quantity) ?? 0;
        const left = gone.get(line.uid) ?? 0;
        const { base_price_money: price, total_discount_money: discount } = line;
        return {
          lineId: line.uid,
          codes: line.catalog_object_id == null ? [] : [line.catalog_object_id],
          wanted: isToGo ? (isCancelled ? left : units) : 0,
          gone: isToGo ? left : 0,
          sold: isSold ? units : 0,
          unitPrice: price == null ? null : fromMinorUnits(price.amount, price.currency),
          discount: discount == null ? "0" : fromMinorUnits(discount.amount, discount.currency),
        };
      }),
      refunds: refundsOf(order),
    },
  };
}

function placeOf({ location_id: locationCode, fulfillments }: SquareOrder): ShopPlace {
  return { locationCode, method: METHODS[fulfillments[0]?.type ?? ""] ?? "pickup" };
}

/** Units by line that fulfilments handed over; a fulfilment without entries is of all lines. */
function goneOf(order: SquareOrder): Map<string, number> {
  const gone = new Map<string, number>();
  const all = order.line_items.map(({ uid, quantity }) => ({ line_item_uid: uid, quantity }));
  for (const { state, entries } of order.fulfillments) {
    if (state !== "COMPLETED") continue;
    for (const { line_item_uid: uid, quantity } of entries ?? all) {
      gone.set(uid, (gone.get(uid) ?? 0) + (wholeUnits(quantity) ?? 0));
    }
  }
  return gone;
}

/** A return is an order of its own that names the one it is of. Square restocks or not without a word: the goods were handed in. */
function refundsOf(order: SquareOrder): ShopRefund[] {
  if (order.state !== "COMPLETED") return [];
  return order.returns.map((one, index) => ({
    refundId: `${order.id}.${one.uid ?? index}`,
    orderId: one.source_order_id ?? order.id,
    at: order.created_at,
    lines: one.return_line_items.map((line) => ({
      lineId: line.source_line_item_uid ?? line.uid ?? "",
      codes: line.catalog_object_id == null ? [] : [line.catalog_object_id],
      quantity: wholeUnits(line.quantity) ?? 0,
      restock: "return",
      locationCode: order.location_id,
    })),
  }));
}

/** Only what is in stock is compared: the other states of Square (SOLD, WASTE, …) are movements, not stock. */
function readCounts(body: unknown): ShopMessage {
  const levels: ShopLevel[] = [];
  const leftOut: string[] = [];
  for (const count of countsSchema.parse(body)) {
    const quantity = wholeUnits(count.quantity);
    const { catalog_object_id: code, location_id: locationCode, calculated_at: asOf } = count;
    if (count.state !== "IN_STOCK") leftOut.push(`${code}: ${count.quantity} in state ${count.state}`);
    else if (quantity === null) leftOut.push(`${code}: ${count.quantity} are no whole units`);
    else levels.push({ code, locationCode, quantity, asOf });
  }
  if (levels.length === 0)
    return { kind: "nothing", why: `Not compared: ${leftOut.join("; ").slice(0, 400)}.` };
  return { kind: "levels", levels, leftOut };
}

/** Null for a part of a unit, as of goods that are sold by weight. */
function wholeUnits(quantity: string): number | null {
  const value = Number(quantity);
  return Number.isInteger(value) ? value : null;
}
