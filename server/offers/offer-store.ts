import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import type { Offer, OfferBody } from "../../domain/offers/offer.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";

const offerRow = z.object({
  offer_id: z.string(),
  label: z.string(),
  channel: z.string(),
  is_open: z.number(),
  valid_from: instantSchema,
  valid_until: instantSchema.nullable(),
  max_redemptions: z.number().nullable(),
  changed_at: instantSchema,
  changed_by: z.string(),
  issued: z.number(),
  redeemed: z.number(),
});

const eventRow = z.object({
  kind: z.enum(["issued", "redeemed"]),
  event_id: z.string(),
  issue_id: z.string(),
  code: z.string(),
  customer_id: z.string(),
  issuing_channel: z.string(),
  redeeming_channel: z.string(),
  order_id: z.string(),
  at: instantSchema,
});
export type OfferEventRow = z.infer<typeof eventRow>;
const EVENT_COLUMNS = eventRow.keyof().options;

export type OfferStore = ReturnType<typeof createOfferStore>;

/** Offers and what happened to them. */
export function createOfferStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  const { db } = deps;

  async function list(wish: { offerId: string; after: string; limit: number }): Promise<Offer[]> {
    const rows = await db.query({
      name: "offers/list",
      sql: loadQuery("offers/list"),
      params: { offer_id: wish.offerId, after: wish.after, limit: wish.limit },
      row: offerRow,
    });
    return rows.map((row) => ({
      offerId: row.offer_id,
      label: row.label,
      channel: row.channel,
      isOpen: row.is_open === 1,
      validFrom: row.valid_from,
      validUntil: row.valid_until,
      maxRedemptions: row.max_redemptions,
      changedAt: row.changed_at,
      changedBy: row.changed_by,
      issued: row.issued,
      redeemed: row.redeemed,
    }));
  }

  return {
    list,
    async find(offerId: string): Promise<Offer | null> {
      const [offer] = await list({ offerId, after: "", limit: 1 });
      return offer ?? null;
    },
    async save(offerId: string, body: OfferBody, changedBy: string): Promise<void> {
      await db.insert({
        name: "offers/save",
        table: "offers",
        columns: [
          "offer_id",
          "label",
          "channel",
          "is_open",
          "valid_from",
          "valid_until",
          "max_redemptions",
          "changed_at",
          "changed_by",
          "version",
        ],
        rows: [
          [
            offerId,
            body.label,
            body.channel,
            body.isOpen,
            new Date(body.validFrom).toISOString(),
            body.validUntil === null ? null : new Date(body.validUntil).toISOString(),
            body.maxRedemptions,
            new Date(deps.nowMs()).toISOString(),
            changedBy,
            deps.nextVersion(),
          ],
        ],
      });
    },
    /** The event with this id, and the issues to this code or person with what redeemed them. */
    known: async (wish: {
      offerId: string;
      eventId: string;
      code: string;
      customerIds: readonly string[];
    }): Promise<OfferEventRow[]> =>
      await db.query({
        name: "offers/known",
        sql: loadQuery("offers/known"),
        params: {
          offer_id: wish.offerId,
          event_id: wish.eventId,
          code: wish.code,
          customer_ids: wish.customerIds,
        },
        row: eventRow,
      }),
    async append(offerId: string, row: OfferEventRow, actor: string): Promise<void> {
      await db.insert({
        name: "offers/append",
        table: "offer_events",
        columns: ["offer_id", "ordinal", ...EVENT_COLUMNS, "actor"],
        rows: [[offerId, deps.nextVersion(), ...EVENT_COLUMNS.map((column) => row[column]), actor]],
      });
    },
    /** Redemptions by channel issued in and redeemed in; `sinceMs` included, `untilMs` not. */
    channels: async (wish: { offerId: string; sinceMs: number; untilMs: number }) => {
      const rows = await db.query({
        name: "offers/channels",
        sql: loadQuery("offers/channels"),
        params: {
          offer_id: wish.offerId,
          since: instantParameter(wish.sinceMs),
          until: instantParameter(wish.untilMs),
        },
        row: z.object({
          issuing_channel: z.string(),
          redeeming_channel: z.string(),
          redemptions: z.number(),
        }),
      });
      return rows.map((row) => ({
        issuingChannel: row.issuing_channel,
        redeemingChannel: row.redeeming_channel,
        redemptions: row.redemptions,
      }));
    },
  };
}
