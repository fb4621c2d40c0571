import type { Order } from "../../../domain/orders/order.ts";

/** Shown in the documentation, and held to their schemas by a test. */
export const ORDER_WISH_EXAMPLE = {
  orderId: "web-10021",
  channel: "web",
  customerId: "cus_0b9f3c1e5a7d4c2f8e6b1a2d3c4e5f60",
  currency: "EUR",
  lines: [
    {
      lineId: "1",
      gtin: "80614141123458",
      quantity: 1,
      method: "pickup",
      locationId: "store-1",
      unitPrice: "29.90",
      reservationId: "0d0a6f1c-8f0e-4b5e-9d0e-2b8a1f6f3c11",
    },
  ],
};

const PLACED_AT = "2026-06-01T12:00:00.000Z";
const SHOP = { kind: "customer", id: "a1b2c3d4e5f6" } as const;

export const ORDER_EXAMPLE: Order = {
  orderId: "web-10021",
  channel: "web",
  source: "a1b2c3d4e5f6",
  customerId: "cus_0b9f3c1e5a7d4c2f8e6b1a2d3c4e5f60",
  origin: null,
  placedAt: PLACED_AT,
  changedAt: PLACED_AT,
  currency: "EUR",
  status: "allocated",
  mustTell: false,
  mustTellSince: null,
  fulfilments: [
    {
      fulfilmentId: "f1",
      locationId: "store-1",
      method: "pickup",
      status: "allocated",
      reservationId: "0d0a6f1c-8f0e-4b5e-9d0e-2b8a1f6f3c11",
      promisedReadyAt: "2026-06-01T14:00:00.000Z",
      promisedDeliveredAt: null,
      holdUntil: "2026-07-01T12:00:00.000Z",
      times: { allocated: PLACED_AT },
      arrival: null,
      handOver: null,
      codeAttempts: 0,
      carrier: null,
      trackingNumber: null,
    },
  ],
  lines: [
    {
      lineId: "1",
      fulfilmentId: "f1",
      gtin: "80614141123458",
      method: "pickup",
      locationId: "store-1",
      requested: 1,
      quantity: 1,
      picked: 0,
      short: 0,
      cancelled: 0,
      handedOver: 0,
      returned: 0,
      unitPrice: "29.90",
      discount: "0",
      offerId: null,
      reservationId: "0d0a6f1c-8f0e-4b5e-9d0e-2b8a1f6f3c11",
      status: "allocated",
      promisedReadyAt: "2026-06-01T14:00:00.000Z",
      insteadOf: null,
      epcs: [],
    },
  ],
  notices: [],
  timeline: [
    { kind: "placed", at: PLACED_AT, recordedAt: PLACED_AT, actor: SHOP },
    { kind: "allocated", at: PLACED_AT, recordedAt: PLACED_AT, actor: SHOP },
  ],
  version: 2,
};

export const CHANGE_EXAMPLE = { lines: [{ lineId: "1", locationId: "store-2" }] };
export const CANCEL_EXAMPLE = { cause: "customer" };
export const TOLD_EXAMPLE = { noticeId: "n1", by: "sms", outcome: "refund" };
export const PICK_EXAMPLE = {
  actor: { kind: "staff", id: "s-12" },
  lines: [{ lineId: "1", quantity: 1, epcs: ["3034257BF7194E4000001A85"] }],
};
export const SHORT_EXAMPLE = { lines: [{ lineId: "1", quantity: 1 }], cause: "not_found" };
export const ARRIVE_EXAMPLE = { bay: "3", vehicle: "blue van" };
export const COLLECT_EXAMPLE = { code: "402913" };
export const SHIP_EXAMPLE = { carrier: "DHL", trackingNumber: "00340434161094021501" };
