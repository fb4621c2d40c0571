export const MISS_WISH_EXAMPLE = { locationId: "store-1", gtin: "09506000134352", quantity: 1, by: "shelf" };

export const MISS_EXAMPLE = {
  missId: "0c3f4f1e-8a6c-4f0f-9f0b-6e4b6a4d2f11",
  status: "open",
  locationId: "store-1",
  gtin: "09506000134352",
  quantity: 1,
  channel: "store",
  by: "shelf",
  customerId: null,
  actor: { kind: "staff", id: "store-key" },
  availableHere: 0,
  alternatives: [
    {
      locationId: "store-2",
      available: 3,
      confidence: 0.98,
      distanceKm: 2.1,
      readyAt: "2026-03-02T12:00:00.000Z",
      method: "pickup",
    },
  ],
  chosen: null,
  orderId: null,
  createdAt: "2026-03-02T10:15:00.000Z",
  changedAt: "2026-03-02T10:15:00.000Z",
  version: 1,
};

export const SAVE_EXAMPLE = { locationId: "store-2", method: "pickup", customerId: "c-77" };

export const SAVED_EXAMPLE = {
  ...MISS_EXAMPLE,
  status: "saved",
  chosen: { ...SAVE_EXAMPLE, actor: MISS_EXAMPLE.actor },
  orderId: "7b1f5e0a-1b53-4a4b-8d4d-7d3a4ac9c8d2",
  changedAt: "2026-03-02T10:15:21.044Z",
  version: 3,
};
