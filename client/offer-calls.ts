import type { z } from "zod";
import { pageSchema } from "../domain/api/paging.ts";
import {
  issueSchema,
  type issueWishSchema,
  type offerBodySchema,
  offerChannelsSchema,
  offerDetailSchema,
  offerSchema,
  redemptionSchema,
  type redemptionWishSchema,
} from "../domain/offers/offer.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";

/** Offers that hold in every channel. Issues and redemptions carry an id of the caller's, so a repeat counts once. */
export function createOfferCalls(call: Call) {
  const path = (offerId: string) => `/v1/offers/${encodeURIComponent(offerId)}`;
  return {
    list: ({ signal, ...query }: { cursor?: string; limit?: number; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/offers", pageSchema(offerSchema), {
        query,
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (offerId: string, signal?: AbortSignal) =>
      call("GET", path(offerId), offerDetailSchema, signal === undefined ? {} : { signal }),
    set: (offerId: string, offer: z.input<typeof offerBodySchema>) =>
      call("PUT", path(offerId), offerSchema, { body: offer }),
    /** To a customer, or as a code. */
    issue: (offerId: string, wish: z.input<typeof issueWishSchema>) =>
      call("POST", `${path(offerId)}/issues`, issueSchema, {
        body: wish,
        idempotencyKey: createIdempotencyKey(),
      }),
    /** Rejects with code `offer_refused` and a `reason` where it does not hold. */
    redeem: (offerId: string, wish: z.input<typeof redemptionWishSchema>) =>
      call("POST", `${path(offerId)}/redemptions`, redemptionSchema, {
        body: wish,
        idempotencyKey: createIdempotencyKey(),
      }),
    /** Of all offers: redemptions by issuing and redeeming channel. */
    channels: ({ signal, ...query }: { from?: string; to?: string; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/offer-channels", offerChannelsSchema, {
        query,
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}
