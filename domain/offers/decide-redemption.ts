import { ok, refuse, type Result } from "../result.ts";
import type { Issue, OfferBody, RedemptionWish } from "./offer.ts";

/** What is known of an offer at the moment somebody redeems it. */
export type OfferState = {
  offer: Pick<OfferBody, "isOpen" | "channel" | "validFrom" | "validUntil" | "maxRedemptions">;
  redeemed: number;
  /** Issues to who asks, the oldest first, each with whether it was used. */
  issues: readonly (Pick<Issue, "issueId" | "channel"> & { isUsed: boolean })[];
};

/**
 * The issue that a redemption uses up (null: of an open offer, none) and the channel it was issued in. The channel it is redeemed
 * in decides nothing: an offer holds everywhere.
 */
export function decideRedemption(
  { offer, redeemed, issues }: OfferState,
  wish: Pick<RedemptionWish, "code" | "customerId">,
  nowMs: number,
): Result<{ issueId: string | null; issuingChannel: string }> {
  if (nowMs < Date.parse(offer.validFrom)) return refuse("not_begun", `It begins at ${offer.validFrom}.`);
  if (offer.validUntil !== null && nowMs >= Date.parse(offer.validUntil)) {
    return refuse("has_ended", `It ended at ${offer.validUntil}.`);
  }
  if (offer.maxRedemptions !== null && redeemed >= offer.maxRedemptions) {
    return refuse("used_up", `All ${offer.maxRedemptions} were redeemed.`);
  }
  const unused = issues.find((issue) => !issue.isUsed);
  if (unused !== undefined) return ok({ issueId: unused.issueId, issuingChannel: unused.channel });
  if (issues.length > 0) return refuse("redeemed_before", "It was redeemed before.");
  if (offer.isOpen && wish.code === undefined) return ok({ issueId: null, issuingChannel: offer.channel });
  return refuse("not_issued", "It was not issued to this customer, or there is no such code.");
}
