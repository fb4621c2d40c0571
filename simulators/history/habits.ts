import type { FulfilmentMethod } from "../../domain/orders/order.ts";

/** How the shoppers and the stores of the demo's past behave. Chances unless said otherwise; made up, within what retailers publish. */
export const HABITS = {
  /** Orders a week while they are customers: gamma; chance to leave for good after an order: beta (BG/NBD, Fader, Hardie, Lee 2005). */
  rate: { shape: 0.7, scalePerWeek: 0.16 },
  leaving: { a: 1.1, b: 8 },
  /** How much more likely somebody leaves after a promise to them was broken. */
  leavingAfterBrokenPromise: 0.14,
  /** Of those who come seldom and of those who come often, the shares that shop in stores alone and online alone; the others do both. */
  seldom: { storeOnly: 0.58, onlineOnly: 0.28 },
  often: { storeOnly: 0.36, onlineOnly: 0.2 },
  /** Chance that the records of one person in store and online were found to be one; and that this was taken back. */
  merged: 0.75,
  mergeTakenBack: 0.01,
  wantsNews: 0.55,
  homeStore: 0.82,
  /** Units of a line beyond the first, lines of an order beyond the first: mean of a geometric number. */
  extraLines: 0.75,
  extraUnits: 0.12,
  splitOrder: 0.05,
  /** Someone who collects, or brings back, buys something else within the hour. */
  buysWhenCollecting: 0.16,
  buysWhenReturning: 0.09,
  cancelledByCustomer: 0.03,
  cancelledByStore: 0.008,
  /** Chance that a line that is picked cannot be had whole. */
  short: 0.045,
  takesAlternative: 0.3,
  noShow: 0.05,
  holdDays: 5,
  returnOfStorePurchase: 0.06,
  returnOfOnlinePurchase: 0.17,
  returnInStore: 0.62,
  exchange: 0.22,
  damagedReturn: 0.05,
  offerIssued: 0.12,
  offerRedeemed: 0.4,
  offerDays: 45,
  offerPercent: 10,
  answersSurvey: 0.04,
  missesPerStoreDay: 4,
  missSaved: 0.3,
  /** For each unit that is sold: how many vanish, and how many deliveries hold one more or less than was said. */
  shrink: 0.011,
  deliveryError: 0.01,
  readRate: 0.985,
} as const;

export const ONLINE_CHANNELS: readonly { channel: string; weight: number }[] = [
  { channel: "web", weight: 0.52 },
  { channel: "app", weight: 0.33 },
  { channel: "phone", weight: 0.04 },
  { channel: "social", weight: 0.05 },
  { channel: "marketplace", weight: 0.06 },
];

export const ONLINE_METHODS: readonly { method: FulfilmentMethod; weight: number }[] = [
  { method: "pickup", weight: 0.4 },
  { method: "curbside", weight: 0.09 },
  { method: "ship_from_store", weight: 0.21 },
  { method: "ship_from_warehouse", weight: 0.3 },
];

/** Why picked lines come out short. */
export const SHORT_CAUSES = [
  { cause: "not_found", weight: 0.6 },
  { cause: "sold_in_store", weight: 0.27 },
  { cause: "damaged", weight: 0.13 },
] as const;

export const OFFERS = [
  { offerId: "receipt-10", label: "10 % off the next purchase, printed on the receipt", channel: "store" },
  { offerId: "mail-10", label: "10 % off, in the web shop's mail", channel: "web" },
  { offerId: "app-10", label: "10 % off, shown in the app", channel: "app" },
] as const;

/** Weight of each hour of the day: in stores (local opening hours alone), and online. */
export const STORE_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 7, 9, 8, 7, 7, 9, 11, 10, 6, 0, 0, 0, 0];
export const ONLINE_HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 5, 6, 7, 7, 8, 7, 6, 6, 7, 8, 9, 11, 13, 12, 8, 4];

/** Monday to Sunday, stores and web together. */
export const WEEKDAYS = [0.85, 0.86, 0.92, 1, 1.2, 1.5, 0.67];
