import type { Attention } from "../../domain/api/attention.ts";

export const ATTENTION_EXAMPLE: Attention = {
  asOf: "2026-06-01T12:00:00.000Z",
  items: [
    {
      id: "customers_untold/store-1",
      kind: "customers_untold",
      urgency: "now",
      locationId: "store-1",
      count: 2,
      units: 3,
      atStake: [{ currency: "EUR", amount: "89.70" }],
      since: "2026-06-01T11:20:05.000Z",
      causes: [{ cause: "not_found", count: 2 }],
      link: "/orders?state=must_tell&location=store-1",
    },
  ],
  leftOut: 0,
  sources: [{ source: "orders", asOf: "2026-06-01T12:00:00.000Z", problem: null }],
};
