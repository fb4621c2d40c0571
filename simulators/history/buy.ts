import type { FulfilmentMethod } from "../../domain/orders/order.ts";
import type { Random } from "../random.ts";
import { HABITS } from "./habits.ts";
import type { PastContext } from "./past-context.ts";
import type { PastLine, PastOrder, PastRecord } from "./past-order.ts";

/** What somebody is about to buy, and with which of the things that make it cheaper. */
export type Purchase = {
  customer: PastRecord | null;
  channel: string;
  atMs: number;
  location: number;
  method: FulfilmentMethod;
  origin: PastOrder["origin"];
  offerId: string;
  /** What it must be; else anything. */
  product: number | null;
};

/** An order with its lines, of which nothing has happened yet. Each product is on one line. */
export function placeOrder(context: PastContext, purchase: Purchase): PastOrder {
  const { random } = context;
  const lines = new Map<number, PastLine>();
  const wishes = purchase.product === null ? 1 + geometric(random, HABITS.extraLines) : 1;
  for (let wish = 0; wish < wishes; wish += 1) {
    const product = purchase.product ?? context.drawProduct(random);
    const quantity = 1 + geometric(random, HABITS.extraUnits);
    const known = lines.get(product);
    if (known === undefined) lines.set(product, lineOf(context, purchase, product, quantity, lines.size + 1));
    else known.quantity += quantity;
  }
  const isReceipt = purchase.method === "carry_out";
  return {
    orderId: `${isReceipt ? "r" : "h"}-${String(context.nextNumber()).padStart(7, "0")}`,
    channel: purchase.channel,
    customer: purchase.customer,
    placedAtMs: purchase.atMs,
    origin: purchase.origin,
    status: "allocated",
    lines: [...lines.values()],
    fulfilments: [],
    steps: [],
    returns: [],
  };
}

/** Bought at a till and carried out. */
export function carryOut(
  context: PastContext,
  purchase: Omit<Purchase, "method" | "channel" | "product">,
): PastOrder {
  const order = placeOrder(context, { ...purchase, channel: "store", method: "carry_out", product: null });
  order.status = "collected";
  for (const line of order.lines) {
    line.status = "collected";
    line.picked = line.quantity;
    line.handedOver = line.quantity;
  }
  return order;
}

function lineOf(
  context: PastContext,
  purchase: Purchase,
  product: number,
  quantity: number,
  lineNo: number,
): PastLine {
  const unitPriceCents = context.products[product]?.priceCents ?? 0;
  const hasOffer = purchase.offerId !== "";
  return {
    lineNo,
    product,
    location: purchase.location,
    method: purchase.method,
    fulfilmentNo: 0,
    status: "allocated",
    quantity,
    picked: 0,
    short: 0,
    cancelled: 0,
    handedOver: 0,
    returned: 0,
    unitPriceCents,
    unitDiscountCents: hasOffer ? Math.round((unitPriceCents * HABITS.offerPercent) / 100) : 0,
    offerId: purchase.offerId,
    insteadOf: 0,
    promisedReadyAtMs: null,
  };
}

/** 0, 1, 2, … with this mean, each as likely in proportion to the one before. */
function geometric(random: Random, mean: number): number {
  return Math.floor(Math.log(1 - random.next()) / Math.log(mean / (1 + mean)));
}
