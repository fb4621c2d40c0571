import { randomUUID } from "node:crypto";
import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../../domain/api/paging.ts";
import { channelSchema } from "../../../domain/channel.ts";
import { idSchema } from "../../../domain/identifiers.ts";
import { decideHold } from "../../../domain/reservations/decisions/hold.ts";
import {
  LIVE_STATUSES,
  type Reservation,
  reservationSchema,
  reservationStatusSchema,
  reservationWishSchema,
} from "../../../domain/reservations/reservation.ts";
import { toNumbers } from "../../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../../http/cursor.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { createPublishableLimits } from "../publishable-limits.ts";
import { readKey } from "../read-key.ts";
import type { ReservationDesk } from "../reservation-desk.ts";
import { RESERVATION_EXAMPLE, WISH_EXAMPLE } from "./examples.ts";
import { HOLDERS, paramsSchema, READERS, TAG } from "./route-words.ts";

const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({
  location: idSchema.optional(),
  gtin: z.string().max(20).optional(),
  status: reservationStatusSchema.optional(),
  channel: channelSchema.optional(),
  orderId: z.string().max(100).optional(),
  atRisk: z.enum(["true", "false"]).optional(),
});

/** Holding, and looking at what is held. */
export function createHoldRoutes(deps: {
  desk: ReservationDesk;
  limits: ReturnType<typeof createPublishableLimits>;
  quantityCap: number;
}): Route[] {
  const { desk, limits } = deps;
  return [
    defineRoute({
      method: "POST",
      path: "/v1/reservations",
      tag: TAG,
      summary: "Hold units: all of the lines or, with `partial`, what there is of each",
      description:
        "Needs an `Idempotency-Key`. A repeat with the same key and body gets the first answer, refusals too, until 24 h after " +
        "the reservation's end; another body is 422. Answered when the hold is on the disk of the database. Lines of one " +
        "product at one location are summed first.",
      roles: HOLDERS,
      isPublishable: true,
      body: reservationWishSchema,
      examples: { body: WISH_EXAMPLE, answer: RESERVATION_EXAMPLE },
      answer: { status: 201, schema: reservationSchema, description: "The reservation" },
      problems: [
        "idempotency_key_missing",
        "idempotency_key_reused",
        "invalid_gtin",
        "insufficient_availability",
        "publishable_limit",
        "not_ready",
        "not_the_writer",
        "reservations_busy",
        "outcome_unknown",
      ],
      handle(request) {
        const { body, caller, remoteAddress } = request;
        toNumbers(body.lines.map((line) => line.gtin));
        const key = readKey(request, { path: "hold", body }, { isRequired: true });
        const asker = {
          wish: { channel: body.channel, quantity: 1, confidence: body.confidence ?? null },
          quantityCap: caller.isPublishable ? deps.quantityCap : Number.MAX_SAFE_INTEGER,
        };
        const name = `${caller.keyId} ${remoteAddress}`;
        return desk.run({
          key,
          status: 201,
          asker,
          decide(context) {
            if (caller.isPublishable) limits.check(name, body);
            const reservationId = randomUUID();
            const decision = decideHold(context, body, reservationId);
            if (caller.isPublishable && decision.ok) limits.note(name, reservationId);
            return decision;
          },
        });
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/reservations",
      tag: TAG,
      summary: "Reservations, the newest grant first",
      description:
        "Without `status` those that hold stock now; with it also what ended in the last day. `atRisk=true`: those that stock " +
        "does not cover. Shows what is durable.",
      roles: READERS,
      query: listQuerySchema,
      answer: { schema: pageSchema(reservationSchema), description: "A page" },
      problems: ["invalid_cursor", "invalid_gtin", "not_ready"],
      handle({ query }) {
        const cursor = decodeCursor(query.cursor, ["number"]);
        const gtin = query.gtin === undefined ? undefined : toNumbers([query.gtin])[0];
        const fits = (one: Reservation) =>
          (query.status === undefined ? LIVE_STATUSES.includes(one.status) : one.status === query.status) &&
          (query.channel === undefined || one.channel === query.channel) &&
          (query.orderId === undefined || one.orderId === query.orderId) &&
          (query.atRisk === undefined || one.isAtRisk === (query.atRisk === "true")) &&
          (query.location === undefined || one.lines.some((line) => line.locationId === query.location)) &&
          (gtin === undefined || one.lines.some((line) => Number(line.gtin) === gtin));
        const before = cursor === null ? Number.POSITIVE_INFINITY : Number(cursor[0]);
        const page = toPage(desk.list(fits, before, query.limit + 1), query.limit, (row) => [row.ordinal]);
        return { body: { items: page.items.map((row) => row.reservation), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/reservations/:reservationId",
      tag: TAG,
      summary: "One reservation as it is now",
      roles: READERS,
      isPublishable: true,
      params: paramsSchema,
      examples: { answer: RESERVATION_EXAMPLE },
      answer: { schema: reservationSchema, description: "The reservation" },
      problems: ["reservation_not_found", "not_ready"],
      handle: async ({ params }) => ({ body: await desk.find(params.reservationId) }),
    }),
  ];
}
