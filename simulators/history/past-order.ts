import type { FulfilmentMethod, FulfilmentStatus } from "../../domain/orders/order.ts";
import type { OrderCause, OrderEventKind } from "../../domain/orders/order-step.ts";

/** Money in cents, times in Unix ms, products and locations by their index in the chain. Null: it did not happen. */
export type PastLine = {
  /** From 1. */
  lineNo: number;
  product: number;
  location: number;
  method: FulfilmentMethod;
  /** From 1; 0 where it was carried out of a store. */
  fulfilmentNo: number;
  status: FulfilmentStatus;
  quantity: number;
  picked: number;
  short: number;
  cancelled: number;
  handedOver: number;
  returned: number;
  unitPriceCents: number;
  unitDiscountCents: number;
  offerId: string;
  /** Number of the line it came in place of; 0 for none. */
  insteadOf: number;
  promisedReadyAtMs: number | null;
};

export type PastFulfilment = {
  /** From 1. */
  no: number;
  location: number;
  method: FulfilmentMethod;
  status: FulfilmentStatus;
  promisedReadyAtMs: number | null;
  holdUntilMs: number | null;
  /** When it came to each status. */
  times: Partial<Record<FulfilmentStatus, number>>;
};

export type PastStep = {
  kind: OrderEventKind;
  atMs: number;
  actor: "customer" | "staff" | "system";
  actorId: string;
  fulfilmentNo: number;
  lineNo: number;
  quantity: number;
  cause: OrderCause | null;
};

export type PastReturn = {
  returnId: string;
  lineNo: number;
  way: "in_store" | "by_post";
  location: number;
  quantity: number;
  state: "sellable" | "damaged";
  returnedAtMs: number;
  sellableAtMs: number | null;
  exchangeOrderId: string;
};

/** An order of the past, from placed to its end. What was carried out of a store at once has no fulfilments and no steps. */
export type PastOrder = {
  orderId: string;
  channel: string;
  /** Null: a guest. */
  customer: PastRecord | null;
  placedAtMs: number;
  origin: { kind: "exchange" | "saved_sale"; id: string } | null;
  status: FulfilmentStatus;
  lines: PastLine[];
  fulfilments: PastFulfilment[];
  steps: PastStep[];
  returns: PastReturn[];
};

/** What one system knows of a person. `externalId` is what its receipts and orders call them. */
export type PastRecord = {
  customerId: string;
  kind: "loyalty" | "account";
  externalId: string;
  createdAtMs: number;
};

/** A person with their records; with two, `mergedAtMs` says when it was seen that they are one (null: never). */
export type PastShopper = {
  records: PastRecord[];
  emailHash: string;
  mergedAtMs: number | null;
  /** The merge was wrong, and was taken back. */
  unmergedAtMs: number | null;
  wantsNews: boolean;
};

export type PastOfferEvent = {
  kind: "issued" | "redeemed";
  offerId: string;
  eventId: string;
  issueId: string;
  customer: PastRecord;
  issuingChannel: string;
  redeemingChannel: string;
  orderId: string;
  atMs: number;
};

export type PastAnswer = {
  answerId: string;
  question: "csat" | "nps";
  score: number;
  order: PastOrder;
  location: number;
  atMs: number;
};

export type PastMiss = {
  missId: string;
  location: number;
  product: number;
  atMs: number;
  savedOrderId: string;
  /** Null: the sale was lost. */
  savedLocation: number | null;
};

export type PastCountLine = {
  countId: string;
  location: number;
  product: number;
  countedAtMs: number;
  book: number;
  counted: number;
  itemsRead: number;
};

export type PastStockDay = {
  /** Days since 1970-01-01. */
  day: number;
  location: number;
  product: number;
  onHand: number;
  received: number;
  sold: number;
  returned: number;
  adjusted: number;
};

/** When its last step was. */
export function lastStepMs(order: PastOrder): number {
  return order.steps.at(-1)?.atMs ?? order.placedAtMs;
}
