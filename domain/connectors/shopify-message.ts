import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { addMoney } from "./money.ts";
import { moneySchema } from "../product.ts";
import type { OrderCause } from "../orders/order-step.ts";
import type { ShopMessage, ShopOrder, ShopRefund, ShopRefundLine } from "./shop-message.ts";

/**
 * Members of Shopify's messages that are kept. Names, addresses, e-mail, phone, notes and customers are not among them: nothing of
 * a person is stored. Shapes: Shopify's REST Admin API, resources Order, Refund, InventoryLevel.
 */
export const SHOPIFY_MEMBERS: ReadonlySet<string> = new Set(
  [
    "id order_id inventory_item_id location_id available updated_at created_at cancelled_at cancel_reason currency test",
    "line_items variant_id sku quantity fulfillable_quantity price discount_allocations amount gift_card",
    "fulfillments status refunds refund_line_items line_item_id line_item restock_type shipping_lines code",
  ].flatMap((line) => line.split(" ")),
);

const idSchema = z.union([z.string().min(1).max(40), z.number().int()]).transform(String);
const unitsSchema = z.number().int().min(0).max(1_000_000);

const lineSchema = z.object({
  id: idSchema,
  variant_id: idSchema.nullish(),
  sku: z.string().max(200).nullish(),
  quantity: unitsSchema,
  fulfillable_quantity: unitsSchema.nullish(),
  price: moneySchema.nullish(),
  gift_card: z.boolean().nullish(),
  discount_allocations: z.array(z.object({ amount: moneySchema })).nullish(),
});
type Line = z.infer<typeof lineSchema>;

const refundSchema = z.object({
  id: idSchema,
  order_id: idSchema.nullish(),
  created_at: instantSchema,
  refund_line_items: z
    .array(
      z.object({
        line_item_id: idSchema,
        quantity: unitsSchema,
        location_id: idSchema.nullish(),
        restock_type: z.string().nullish(),
        line_item: z.object({ variant_id: idSchema.nullish(), sku: z.string().max(200).nullish() }).nullish(),
      }),
    )
    .max(1000),
});

const orderSchema = z.object({
  id: idSchema,
  created_at: instantSchema,
  updated_at: instantSchema,
  cancelled_at: instantSchema.nullish(),
  cancel_reason: z.string().nullish(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  test: z.boolean().nullish(),
  location_id: idSchema.nullish(),
  line_items: z.array(lineSchema).max(1000),
  fulfillments: z
    .array(
      z.object({
        status: z.string().nullish(),
        line_items: z.array(z.object({ id: idSchema, quantity: unitsSchema })).max(1000),
      }),
    )
    .nullish(),
  refunds: z.array(refundSchema).nullish(),
  shipping_lines: z.array(z.object({ code: z.string().max(300).nullish() })).nullish(),
});

const levelSchema = z.object({
  inventory_item_id: idSchema,
  location_id: idSchema,
  available: z.number().int().nullable(),
  updated_at: instantSchema,
});

/** https://shopify.dev: values of `cancel_reason`. What the shop did itself is told as such. */
const CAUSES: Readonly<Record<string, OrderCause>> = {
  customer: "customer",
  fraud: "fraud",
  inventory: "not_found",
  declined: "payment",
};

/** What a message of Shopify says. Throws `ZodError` where it has not the documented form. */
export function readShopifyMessage(topic: string, body: unknown): ShopMessage {
  switch (topic) {
    case "orders/create":
    case "orders/updated":
    case "orders/edited":
    case "orders/cancelled":
    case "orders/paid":
    case "orders/fulfilled":
    case "orders/partially_fulfilled":
      return readOrder(body);
    case "refunds/create": {
      const refund = refundSchema.extend({ order_id: idSchema }).parse(body);
      return { kind: "refund", refund: toRefund(refund, refund.order_id) };
    }
    case "inventory_levels/update":
    case "inventory_levels/connect": {
      const level = levelSchema.parse(body);
      if (level.available === null) return { kind: "nothing", why: "Shopify keeps no stock of this item." };
      const { inventory_item_id: code, location_id: locationCode, available, updated_at: asOf } = level;
      return { kind: "levels", levels: [{ code, locationCode, quantity: available, asOf }], leftOut: [] };
    }
    default:
      return { kind: "nothing", why: `Nothing is done with the topic ${topic.slice(0, 60)}.` };
  }
}

function readOrder(body: unknown): ShopMessage {
  // The topic orders/edited has no order in it; orders/updated comes beside it.
  if (typeof body === "object" && body !== null && "order_edit" in body) {
    return { kind: "nothing", why: "What an edit did comes with orders/updated." };
  }
  const order = orderSchema.parse(body);
  if (order.test === true) return { kind: "nothing", why: "It is a test order." };
  const gone = new Map<string, number>();
  for (const { status, line_items } of order.fulfillments ?? []) {
    if (status !== "success") continue;
    for (const { id, quantity } of line_items) gone.set(id, (gone.get(id) ?? 0) + quantity);
  }
  const isCancelled = order.cancelled_at != null;
  const delivery = order.shipping_lines?.[0];
  // With a way of delivery, what a till took an order for is sent on.
  const till = delivery === undefined ? (order.location_id ?? null) : null;
  const read: ShopOrder = {
    orderId: order.id,
    placedAt: order.created_at,
    updatedAt: order.updated_at,
    currency: order.currency,
    cancelCause: isCancelled ? (CAUSES[order.cancel_reason ?? ""] ?? "system") : null,
    till,
    place: null,
    deliveryCode: delivery?.code ?? null,
    lines: order.line_items.map((line) => {
      const left = gone.get(line.id) ?? 0;
      const open = isCancelled ? 0 : (line.fulfillable_quantity ?? line.quantity - left);
      return {
        lineId: line.id,
        codes: line.gift_card === true ? [] : codesOf(line),
        wanted: till === null ? open + left : 0,
        gone: till === null ? left : 0,
        sold: till === null ? 0 : line.quantity,
        unitPrice: line.price ?? null,
        discount: addMoney((line.discount_allocations ?? []).map(({ amount }) => amount)),
      };
    }),
    refunds: (order.refunds ?? []).map((refund) => toRefund(refund, order.id)),
  };
  return { kind: "order", order: read };
}

function codesOf({ variant_id, sku }: Pick<Line, "variant_id" | "sku">): string[] {
  return [variant_id, sku].flatMap((code) => (code == null || code === "" ? [] : [code]));
}

function toRefund(refund: z.infer<typeof refundSchema>, orderId: string): ShopRefund {
  return {
    refundId: refund.id,
    orderId,
    at: refund.created_at,
    lines: refund.refund_line_items.map((line) => ({
      lineId: line.line_item_id,
      codes: codesOf(line.line_item ?? {}),
      quantity: line.quantity,
      restock: restockOf(line.restock_type),
      locationCode: line.location_id ?? null,
    })),
  };
}

/** `legacy_restock` is of refunds from before there were types, and means that the goods came back. */
function restockOf(type: string | null | undefined): ShopRefundLine["restock"] {
  if (type === "return" || type === "legacy_restock") return "return";
  return type === "cancel" ? "cancel" : "none";
}
