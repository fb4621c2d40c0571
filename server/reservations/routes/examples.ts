import type { Reservation } from "../../../domain/reservations/reservation.ts";

/** Shown in the documentation, and held to their schemas by a test. */
export const WISH_EXAMPLE = {
  lines: [{ gtin: "80614141123458", quantity: 1, locationId: "store-1" }],
  ttlSeconds: 900,
  channel: "web",
};

export const RESERVATION_EXAMPLE: Reservation = {
  reservationId: "0d0a6f1c-8f0e-4b5e-9d0e-2b8a1f6f3c11",
  status: "held",
  isAtRisk: false,
  channel: "web",
  customerId: null,
  orderId: null,
  createdAt: "2026-06-01T12:00:00.000Z",
  changedAt: "2026-06-01T12:00:00.000Z",
  expiresAt: "2026-06-01T12:15:00.000Z",
  holdUntil: null,
  transferredFrom: null,
  transferredTo: null,
  reason: null,
  lines: [
    {
      gtin: "80614141123458",
      locationId: "store-1",
      requested: 1,
      quantity: 1,
      fulfilled: 0,
      atRisk: 0,
    },
  ],
  version: 1,
};

export const CONFIRM_EXAMPLE = { orderId: "web-10021", holdUntil: "2026-06-04T18:00:00.000Z" };
export const EXTEND_EXAMPLE = { ttlSeconds: 900 };
export const TRANSFER_EXAMPLE = { toLocationId: "store-2", reason: "closer to the customer" };
export const SHORT_EXAMPLE = {
  lines: [{ gtin: "80614141123458", quantity: 1, locationId: "store-1" }],
  reason: "not on the shelf",
};
export const RELEASE_EXAMPLE = { reason: "basket emptied" };
export const FULFIL_EXAMPLE = {
  lines: [{ gtin: "80614141123458", quantity: 1, locationId: "store-1" }],
};
