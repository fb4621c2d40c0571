import { randomBytes } from "node:crypto";
import { decideRedemption } from "../../domain/offers/decide-redemption.ts";
import type { Issue, IssueWish, Offer, Redemption, RedemptionWish } from "../../domain/offers/offer.ts";
import type { CustomerStore } from "../customers/customer-store.ts";
import { assertKnown } from "../customers/customer-answer.ts";
import type { Turns } from "../customers/turns.ts";
import { HttpProblem } from "../problems.ts";
import type { OfferEventRow, OfferStore } from "./offer-store.ts";

export type OfferDesk = ReturnType<typeof createOfferDesk>;

/** Issues and redeems offers, one at a time, so that a limit holds and no issue is redeemed twice. */
export function createOfferDesk(deps: {
  store: OfferStore;
  customers: CustomerStore;
  turns: Turns;
  nowMs(): number;
}) {
  const { store, customers, turns } = deps;

  async function find(offerId: string): Promise<Offer> {
    const offer = await store.find(offerId);
    if (offer === null) throw new HttpProblem("offer_not_found", `There is no offer "${offerId}".`);
    return offer;
  }

  /** All ids of the person: an offer of one holds for all of them. */
  async function idsOf(customerId: string | undefined): Promise<string[]> {
    if (customerId === undefined) return [];
    const known = await customers.load([customerId]);
    assertKnown(known, customerId);
    return known.graph.recordsOf(customerId);
  }

  return {
    find,

    /** The same id again gives the first answer. */
    async issue(offerId: string, wish: IssueWish, actor: string): Promise<{ issue: Issue; isNew: boolean }> {
      return await turns.take(async () => {
        const offer = await find(offerId);
        const { issueId, customerId, code = "" } = wish;
        if (customerId !== undefined) await idsOf(customerId);
        const known = await store.known({ offerId, eventId: issueId, code, customerIds: [] });
        const before = known.find((row) => row.event_id === issueId);
        const channel = wish.channel ?? offer.channel;
        if (before !== undefined) {
          const isSame =
            before.kind === "issued" &&
            before.customer_id === (customerId ?? "") &&
            before.issuing_channel === channel &&
            (code === "" || code === before.code);
          if (!isSame) throw reused(issueId);
          return { issue: toIssue(offerId, before), isNew: false };
        }
        if (code !== "" && known.length > 0) {
          throw new HttpProblem("offer_id_reused", `The code was issued before, as ${known[0]?.event_id}.`);
        }
        const row: OfferEventRow = {
          kind: "issued",
          event_id: issueId,
          issue_id: "",
          code: code === "" && customerId === undefined ? newCode() : code,
          customer_id: customerId ?? "",
          issuing_channel: channel,
          redeeming_channel: "",
          order_id: "",
          at: new Date(deps.nowMs()).toISOString(),
        };
        await store.append(offerId, row, actor);
        return { issue: toIssue(offerId, row), isNew: true };
      });
    },

    /** The same id again gives the first answer, whatever has become of the offer meanwhile. */
    async redeem(
      offerId: string,
      wish: RedemptionWish,
      actor: string,
    ): Promise<{ redemption: Redemption; isNew: boolean }> {
      return await turns.take(async () => {
        const offer = await find(offerId);
        const { redemptionId, channel, customerId, code = "", orderId = "" } = wish;
        // A code is shown by whoever has it; a customer's own offers are the person's.
        const customerIds = await idsOf(customerId);
        const known = await store.known({
          offerId,
          eventId: redemptionId,
          code,
          customerIds: code === "" ? customerIds : [],
        });
        const before = known.find((row) => row.event_id === redemptionId);
        if (before !== undefined) {
          const isSame =
            before.kind === "redeemed" &&
            before.redeeming_channel === channel &&
            before.customer_id === (customerId ?? "") &&
            before.order_id === orderId;
          if (!isSame) throw reused(redemptionId);
          return { redemption: toRedemption(offerId, before), isNew: false };
        }
        const used = new Set(known.filter(({ kind }) => kind === "redeemed").map((row) => row.issue_id));
        const issues = known
          .filter(({ kind }) => kind === "issued")
          .map((row) => ({
            issueId: row.event_id,
            channel: row.issuing_channel,
            isUsed: used.has(row.event_id),
          }));
        const decided = decideRedemption({ offer, redeemed: offer.redeemed, issues }, wish, deps.nowMs());
        if (!decided.ok) throw new HttpProblem("offer_refused", decided.detail, { reason: decided.code });
        const row: OfferEventRow = {
          kind: "redeemed",
          event_id: redemptionId,
          issue_id: decided.value.issueId ?? "",
          code: "",
          customer_id: customerId ?? "",
          issuing_channel: decided.value.issuingChannel,
          redeeming_channel: channel,
          order_id: orderId,
          at: new Date(deps.nowMs()).toISOString(),
        };
        await store.append(offerId, row, actor);
        return { redemption: toRedemption(offerId, row), isNew: true };
      });
    },
  };
}

function reused(id: string): HttpProblem {
  return new HttpProblem("offer_id_reused", `"${id}" came before with something else.`);
}

/** 50 bits: nobody guesses one while redemptions are one at a time. Without letters that are read as digits. */
function newCode(): string {
  const letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
  return Array.from(randomBytes(10), (byte) => letters[byte % letters.length]).join("");
}

function toIssue(offerId: string, row: OfferEventRow): Issue {
  return {
    offerId,
    issueId: row.event_id,
    channel: row.issuing_channel,
    customerId: row.customer_id === "" ? null : row.customer_id,
    code: row.code === "" ? null : row.code,
    issuedAt: row.at,
  };
}

function toRedemption(offerId: string, row: OfferEventRow): Redemption {
  return {
    offerId,
    redemptionId: row.event_id,
    issueId: row.issue_id === "" ? null : row.issue_id,
    issuingChannel: row.issuing_channel,
    redeemingChannel: row.redeeming_channel,
    customerId: row.customer_id === "" ? null : row.customer_id,
    orderId: row.order_id === "" ? null : row.order_id,
    redeemedAt: row.at,
  };
}
