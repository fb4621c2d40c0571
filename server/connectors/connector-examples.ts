export const CONNECTOR_WISH_EXAMPLE = {
  connectorId: "web-shop",
  kind: "shopify",
  name: "Our web shop",
  secret: "the app's client secret",
  channel: "web",
  locations: { "24826418": "store-1", "30000001": null },
  fulfilFrom: [
    { locationId: "warehouse-1", method: "ship_from_warehouse" },
    { locationId: "store-1", method: "ship_from_store" },
  ],
  deliveries: { "Pick up in store 1": [{ locationId: "store-1", method: "pickup" }] },
};

const { secret: _secret, ...wish } = CONNECTOR_WISH_EXAMPLE;
export const CONNECTOR_EXAMPLE = {
  ...wish,
  notificationUrl: null,
  inventoryIs: "book",
  since: "2026-03-02T10:15:00.000Z",
  isSecretReadable: true,
  webhookPath: "/v1/connectors/web-shop/webhook",
  createdAt: "2026-03-02T10:15:00.000Z",
  changedAt: "2026-03-02T10:15:00.000Z",
};
