const WEB = "cus_0b9f3c1e5a7d4c2f8e6b1a2d3c4e5f60";
const TILL = "cus_71d2e8f04b3a4d59a6c7b8091f2e3d4c";
const AT = "2026-06-01T12:00:00.000Z";

export const CUSTOMER_WISH_EXAMPLE = {
  identifiers: [
    { kind: "account", value: "web-18872" },
    { kind: "loyalty", value: "9120004411" },
  ],
  consents: [{ purpose: "newsletter", isGranted: true, source: "web" }],
};

export const LOOKUP_EXAMPLE = { identifier: { kind: "email", value: "ada@example.com" } };

export const CONSENT_EXAMPLE = { purpose: "newsletter", isGranted: false, source: "store" };

export const MERGE_EXAMPLE = { otherId: TILL, note: "Showed the card of both at the counter" };

export const CUSTOMER_EXAMPLE = {
  customerId: WEB,
  recordIds: [WEB, TILL],
  createdAt: AT,
  identities: [
    { kind: "account", source: "", value: "web-18872", customerId: WEB, at: AT },
    { kind: "loyalty", source: "", value: "9120004411", customerId: TILL, at: AT },
  ],
  merges: [
    {
      mergeId: "5f0c2b7e-3f1d-4f1c-9d3f-0a4f5f6a7b8c",
      customerId: WEB,
      otherId: TILL,
      cause: "identified_together",
      note: "",
      mergedAt: AT,
      undoneAt: null,
    },
  ],
  consents: [{ purpose: "newsletter", isGranted: true, source: "web", at: AT }],
  contact: null,
};

export const ERASURE_EXAMPLE = {
  customerId: WEB,
  recordIds: [WEB, TILL],
  erasedAt: AT,
  removed: { customer_events: 6, customers: 1, order_lines: 14, offer_events: 0 },
};

export const PURCHASES_EXAMPLE = {
  values: [
    {
      currency: "EUR",
      orders: 2,
      channels: ["store", "web"],
      sales: "148.9",
      returns: "39.95",
      net: "108.95",
      firstAt: AT,
      lastAt: AT,
    },
  ],
  orders: [
    {
      source: "web",
      orderId: "web-10021",
      isHere: true,
      channel: "web",
      methods: ["pickup"],
      locationIds: ["store-2"],
      currency: "EUR",
      units: 2,
      unitsBack: 1,
      sales: "79.9",
      returns: "39.95",
      net: "39.95",
      orderedAt: AT,
    },
  ],
};
