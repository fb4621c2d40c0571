import type { Order } from "../../../domain/orders/order.ts";
import type { DemoCalls } from "./demo-calls.ts";
import type { DemoPeople } from "./demo-people.ts";

/** What is taken off by any of them. */
export const OFFER_SHARE = 0.1;

/** Issued here, redeemed wherever its owner orders next. */
const OFFERS = [
  { offerId: "pickup-slip-10", label: "10 % off, printed on the slip of a pickup", channel: "store" },
  { offerId: "app-thanks-10", label: "10 % off, a thank-you in the app", channel: "app" },
] as const;
const ISSUED = { store: 0.5, app: 0.3 } as const;

/** What a merchandiser would have set. */
export async function setOffers(calls: DemoCalls): Promise<void> {
  const validFrom = new Date(Date.now() - 86_400_000).toISOString();
  for (const { offerId, label, channel } of OFFERS)
    await calls.setOffer(offerId, { label, channel, validFrom });
}

/** Some customers are given an offer: with what they collect in a store, or after an order in the app. */
export async function issueSome(
  { calls, random, offersOf }: DemoPeople,
  { orderId, customerId, channel }: Pick<Order, "orderId" | "customerId" | "channel">,
  where: "store" | "app",
): Promise<void> {
  const offer = OFFERS.find((candidate) => candidate.channel === where);
  if (offer === undefined || customerId === null || offersOf.has(customerId)) return;
  if ((where === "app" && channel !== "app") || !random.chance(ISSUED[where])) return;
  const issue = await calls.issueOffer(offer.offerId, { issueId: `${where}-${orderId}`, customerId });
  if (issue !== null) offersOf.set(customerId, offer.offerId);
}

/** The order has its price by then; the offer is used up. */
export async function redeem(
  { calls, offersOf }: DemoPeople,
  { orderId, customerId, channel }: Order,
  offerId: string,
): Promise<void> {
  if (customerId === null) return;
  offersOf.delete(customerId);
  await calls.redeemOffer(offerId, { redemptionId: `r-${orderId}`, channel, customerId, orderId });
}
