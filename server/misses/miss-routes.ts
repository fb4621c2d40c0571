import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { missSchema, missWishSchema, saveMissSchema } from "../../domain/misses/miss.ts";
import type { Actor } from "../../domain/orders/order-step.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route, type RouteRequest } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { readKey } from "../reservations/read-key.ts";
import { toRouteAnswer } from "../reservations/reservation-desk.ts";
import { actorOf, checkLocation, READERS, TAKERS } from "../returns/return-words.ts";
import type { MissAsk, MissDesk } from "./miss-desk.ts";
import { MISS_EXAMPLE, MISS_WISH_EXAMPLE, SAVE_EXAMPLE, SAVED_EXAMPLE } from "./miss-examples.ts";
import type { MissStore } from "./miss-store.ts";

const TAG = "Misses";
const paramsSchema = z.object({ missId: idSchema });
const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({
  location: idSchema.optional(),
  status: z.enum(["open", "saving", "saved"]).optional(),
});

/** What could not be had, and the order elsewhere that saves the sale. */
export function createMissRoutes(deps: { desk: MissDesk; store: MissStore }): Route[] {
  const { desk, store } = deps;

  function askOf(
    request: RouteRequest<unknown, unknown, { actor?: Actor | undefined }>,
    path: string,
  ): MissAsk {
    const { caller, body } = request;
    const key = readKey(request, { path, body }, { isRequired: true });
    if (key === null) throw new HttpProblem("idempotency_key_missing", "The request carries none.");
    return { actor: actorOf(caller, body.actor), key, locationId: caller.locationId };
  }

  return [
    defineRoute({
      method: "POST",
      path: "/v1/misses",
      tag: TAG,
      summary: "There is none here: counts it, and says where there is some",
      description:
        "Needs an `Idempotency-Key`: each miss counts once. `alternatives` are ranked as those of a refused hold: those with all of " +
        "it first, then by what it takes to get it. `by: shelf` with `availableHere` above 0: the books are wrong there.",
      roles: TAKERS,
      body: missWishSchema,
      examples: { body: MISS_WISH_EXAMPLE, answer: MISS_EXAMPLE },
      answer: { status: 201, schema: missSchema, description: "The miss" },
      problems: [
        "idempotency_key_missing",
        "idempotency_key_reused",
        "location_not_allowed",
        "invalid_gtin",
        "not_ready",
        "not_the_writer",
        "outcome_unknown",
      ],
      async handle(request) {
        const { body, caller } = request;
        checkLocation(caller, body.locationId);
        const [gtin = 0] = toNumbers([body.gtin]);
        return toRouteAnswer(await desk.record(body, gtin, askOf(request, "miss")));
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/misses/:missId/save",
      tag: TAG,
      summary: "Saves the sale: an order at another location, in one step",
      description:
        "Needs an `Idempotency-Key`. The order's `origin` names the miss. When the units are gone there too, 409 carries the " +
        "alternatives as they are now, and the miss stays open.",
      roles: TAKERS,
      params: paramsSchema,
      body: saveMissSchema,
      examples: { body: SAVE_EXAMPLE, answer: SAVED_EXAMPLE },
      answer: { schema: missSchema, description: "The miss, with its order" },
      problems: [
        "idempotency_key_missing",
        "idempotency_key_reused",
        "location_not_allowed",
        "miss_not_found",
        "miss_state",
        "insufficient_availability",
        "not_ready",
        "not_the_writer",
        "reservations_busy",
        "outcome_unknown",
      ],
      async handle(request) {
        const { missId } = request.params;
        return toRouteAnswer(await desk.save(missId, request.body, askOf(request, `save ${missId}`)));
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/misses",
      tag: TAG,
      summary: "Misses, the newest first",
      roles: READERS,
      query: listQuerySchema,
      answer: { schema: pageSchema(missSchema), description: "A page" },
      problems: ["invalid_cursor", "location_not_allowed"],
      async handle({ query, caller }) {
        const locationId = query.location ?? caller.locationId ?? "";
        checkLocation(caller, locationId);
        const [before = null] = decodeCursor(query.cursor, ["number"]) ?? [];
        const filter = { locationId, status: query.status ?? "" };
        const rows = await store.list(filter, before === null ? null : Number(before), query.limit + 1);
        const page = toPage(rows, query.limit, (row) => [row.first_ordinal]);
        return { body: { items: page.items.map((row) => row.document), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/misses/:missId",
      tag: TAG,
      summary: "One miss",
      roles: READERS,
      params: paramsSchema,
      answer: { schema: missSchema, description: "The miss" },
      problems: ["miss_not_found", "location_not_allowed"],
      async handle({ params, caller }) {
        const miss = await desk.find(params.missId);
        checkLocation(caller, miss.locationId);
        return { body: miss };
      },
    }),
  ];
}
