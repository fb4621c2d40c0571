import { ratioOf } from "./sale-line.ts";

export type OfferFact = {
  kind: "issued" | "redeemed";
  issuingChannel: string;
  redeemingChannel: string;
  atMs: number;
};

/** K12: redemptions in another channel than the one that issued the offer ÷ redemptions. */
export function crossChannelOffers(
  facts: readonly OfferFact[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
) {
  const events = facts.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const redeemed = events.filter(({ kind }) => kind === "redeemed");
  const across = redeemed.filter(
    ({ issuingChannel, redeemingChannel }) => issuingChannel !== redeemingChannel,
  ).length;
  return {
    issued: events.length - redeemed.length,
    redemptions: redeemed.length,
    cross_channel_redemptions: across,
    cross_channel_share: ratioOf(across, redeemed.length),
  };
}
