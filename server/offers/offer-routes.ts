import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../domain/api/paging.ts";
import { idSchema, instantSchema } from "../../domain/identifiers.ts";
import {
  issueSchema,
  issueWishSchema,
  offerBodySchema,
  offerChannelsSchema,
  offerDetailSchema,
  offerSchema,
  redemptionSchema,
  redemptionWishSchema,
} from "../../domain/offers/offer.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { Turns } from "../customers/turns.ts";
import type { OfferDesk } from "./offer-desk.ts";
import type { OfferStore } from "./offer-store.ts";

const TAG = "Offers";
const paramsSchema = z.object({ offerId: idSchema });
const READERS = ["storefront", "store", "merchandiser", "admin"] as const;
const ALL_TIME = { sinceMs: 0, untilMs: Date.parse("2200-01-01T00:00:00Z") };
const busy = ["customers_busy", "not_the_writer", "not_ready"] as const;

const OFFER_EXAMPLE = {
  label: "10 % off knitwear",
  channel: "app",
  validFrom: "2026-06-01T00:00:00.000Z",
  validUntil: "2026-07-01T00:00:00.000Z",
  maxRedemptions: 500,
};
const REDEMPTION_EXAMPLE = {
  redemptionId: "till-2-000183",
  channel: "store",
  code: "K7WQ2MZP4X",
  orderId: "order-41",
};

/** Offers: the same everywhere, with the channel that issued and the channel that redeemed. */
export function createOfferRoutes(deps: {
  store: OfferStore;
  desk: OfferDesk;
  turns: Turns;
  audit: AuditLog;
}): Route[] {
  const { store, desk, audit, turns } = deps;
  return [
    defineRoute({
      method: "GET",
      path: "/v1/offers",
      tag: TAG,
      summary: "Offers, by id, with how often they were issued and redeemed",
      roles: READERS,
      query: pageQuerySchema.omit({ query: true }),
      answer: { schema: pageSchema(offerSchema), description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [after = ""] = decodeCursor(query.cursor, ["string"]) ?? [];
        const offers = await store.list({ offerId: "", after: String(after), limit: query.limit + 1 });
        return { body: toPage(offers, query.limit, (offer) => [offer.offerId]) };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/offers/:offerId",
      tag: TAG,
      summary: "One offer, with its redemptions by issuing and redeeming channel",
      roles: READERS,
      params: paramsSchema,
      answer: { schema: offerDetailSchema, description: "The offer" },
      problems: ["offer_not_found"],
      async handle({ params: { offerId } }) {
        const offer = await desk.find(offerId);
        return { body: { ...offer, channels: await store.channels({ offerId, ...ALL_TIME }) } };
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/offers/:offerId",
      tag: TAG,
      summary: "Set an offer and its conditions",
      description:
        "What was issued and redeemed before stays counted; a lower `maxRedemptions` takes nothing back.",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: offerBodySchema,
      examples: { body: OFFER_EXAMPLE },
      answer: { schema: offerSchema, description: "The offer" },
      problems: [...busy],
      async handle({ params: { offerId }, body, caller }) {
        await turns.take(() => store.save(offerId, body, caller.keyId));
        await audit.record({ actor: caller.keyId, action: "offer.set", subject: offerId, detail: body });
        return { body: await desk.find(offerId) };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/offers/:offerId/issues",
      tag: TAG,
      summary: "Issue an offer to a customer, or as a code",
      description:
        "`issueId` is yours: the same again gives the first answer. Each issue can be redeemed once, in any channel. Without a " +
        "customer and a code one is made.",
      roles: READERS,
      params: paramsSchema,
      body: issueWishSchema,
      examples: { body: { issueId: "receipt-18", channel: "store" } },
      answer: { status: 201, schema: issueSchema, description: "The issue; 200 where it was there" },
      problems: ["offer_not_found", "offer_id_reused", "customer_not_found", "customer_erased", ...busy],
      async handle({ params: { offerId }, body, caller }) {
        const { issue, isNew } = await desk.issue(offerId, body, caller.keyId);
        return { status: isNew ? 201 : 200, body: issue };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/offers/:offerId/redemptions",
      tag: TAG,
      summary: "Redeem an offer, in whichever channel",
      description:
        "`redemptionId` is yours, such as the line of the order: the same again gives the first answer and counts once. `reason` of " +
        "a refusal is not_begun, has_ended, used_up, not_issued or redeemed_before.",
      roles: ["storefront", "store", "admin"],
      params: paramsSchema,
      body: redemptionWishSchema,
      examples: { body: REDEMPTION_EXAMPLE },
      answer: {
        status: 201,
        schema: redemptionSchema,
        description: "The redemption; 200 where it was there",
      },
      problems: [
        "offer_not_found",
        "offer_refused",
        "offer_id_reused",
        "customer_not_found",
        "customer_erased",
        ...busy,
      ],
      async handle({ params: { offerId }, body, caller }) {
        const { redemption, isNew } = await desk.redeem(offerId, body, caller.keyId);
        return { status: isNew ? 201 : 200, body: redemption };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/offer-channels",
      tag: TAG,
      summary: "Redemptions of all offers by issuing and redeeming channel",
      roles: ["merchandiser", "admin"],
      query: z.object({ from: instantSchema.optional(), to: instantSchema.optional() }),
      answer: { schema: offerChannelsSchema, description: "One row a pair of channels" },
      async handle({ query: { from, to } }) {
        const items = await store.channels({
          offerId: "",
          sinceMs: from === undefined ? ALL_TIME.sinceMs : Date.parse(from),
          untilMs: to === undefined ? ALL_TIME.untilMs : Date.parse(to),
        });
        const sum = (rows: typeof items) => rows.reduce((units, row) => units + row.redemptions, 0);
        const redemptions = sum(items);
        const elsewhere = sum(items.filter((row) => row.issuingChannel !== row.redeemingChannel));
        return {
          body: {
            items,
            redemptions,
            crossChannelShare: redemptions === 0 ? null : elsewhere / redemptions,
          },
        };
      },
    }),
  ];
}
