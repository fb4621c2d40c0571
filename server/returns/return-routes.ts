import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import {
  inspectWishSchema,
  returnSchema,
  returnStatusSchema,
  returnWishSchema,
} from "../../domain/returns/return.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { type Caller, defineRoute, type Route, type RouteRequest } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { readKey } from "../reservations/read-key.ts";
import { toRouteAnswer } from "../reservations/reservation-desk.ts";
import type { ReturnAsk, ReturnDesk } from "./return-desk.ts";
import {
  INSPECT_EXAMPLE,
  INSPECTED_EXAMPLE,
  RETURN_EXAMPLE,
  RETURN_WISH_EXAMPLE,
} from "./return-examples.ts";
import type { ReturnStore } from "./return-store.ts";
import { actorOf, checkLocation, READERS, TAKERS } from "./return-words.ts";

const TAG = "Returns";
const paramsSchema = z.object({ returnId: idSchema });
const listQuerySchema = pageQuerySchema.omit({ query: true }).extend({
  location: idSchema.optional(),
  /** Of the order, {source}/{order} of an imported one, or {location}/{terminal}/{transaction}. */
  boughtIn: z.string().max(300).optional(),
  status: returnStatusSchema.optional(),
  flagged: z.enum(["true", "false"]).optional(),
});
const KEY_PROBLEMS = ["idempotency_key_missing", "idempotency_key_reused"] as const;
const OUTAGES = ["not_ready", "not_the_writer", "broker_unavailable", "outcome_unknown"] as const;

/** Goods that come back, and what a look at them finds. */
export function createReturnRoutes(deps: { desk: ReturnDesk; store: ReturnStore }): Route[] {
  const { desk, store } = deps;

  function askOf(
    request: RouteRequest<unknown, unknown, { actor?: ReturnAsk["actor"] | undefined }>,
    path: string,
  ): ReturnAsk {
    const { caller, body } = request;
    const key = readKey(request, { path, body }, { isRequired: true });
    if (key === null) throw new HttpProblem("idempotency_key_missing", "The request carries none.");
    return { actor: actorOf(caller, body.actor), key };
  }

  async function visible(returnId: string, caller: Caller) {
    const found = await desk.find(returnId);
    if (found === null) throw new HttpProblem("return_not_found", `There is no return ${returnId}.`);
    checkLocation(caller, found.locationId);
    return found;
  }

  return [
    defineRoute({
      method: "POST",
      path: "/v1/returns",
      tag: TAG,
      summary: "Goods come back, at any location, of an order of any channel",
      description:
        "Needs an `Idempotency-Key`. Answered after the ledger's receipt: the units are on hand then, and available once they are " +
        "`sellable`. With `exchange` the customer takes something else instead: the order is placed first, and when it cannot be, " +
        "nothing is taken back. A repeat with the same key finishes what a crash left in the middle.",
      roles: TAKERS,
      body: returnWishSchema,
      examples: { body: RETURN_WISH_EXAMPLE, answer: RETURN_EXAMPLE },
      answer: { status: 201, schema: returnSchema, description: "The return" },
      problems: [
        ...KEY_PROBLEMS,
        "location_not_allowed",
        "invalid_gtin",
        "invalid_epc",
        "purchase_not_found",
        "more_than_handed_over",
        "return_not_clear",
        "item_of_other_product",
        "return_rejected",
        "insufficient_availability",
        ...OUTAGES,
      ],
      async handle(request) {
        const { body, caller } = request;
        checkLocation(caller, body.locationId);
        toNumbers(body.lines.map(({ gtin }) => gtin));
        return toRouteAnswer(await desk.take(body, askOf(request, "return")));
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/returns/:returnId/inspect",
      tag: TAG,
      summary: "Somebody looked at units that came back: sellable, damaged, or for display only",
      description:
        "Needs an `Idempotency-Key`. Without `quantity` and `epcs` all units of the line that wait for a look. Answered after the " +
        "ledger's receipt: availability follows at once.",
      roles: ["store", "admin"],
      params: paramsSchema,
      body: inspectWishSchema,
      examples: { body: INSPECT_EXAMPLE, answer: INSPECTED_EXAMPLE },
      answer: { schema: returnSchema, description: "The return" },
      problems: [
        ...KEY_PROBLEMS,
        "location_not_allowed",
        "invalid_epc",
        "return_not_found",
        "return_state",
        "nothing_to_inspect",
        "return_rejected",
        ...OUTAGES,
      ],
      async handle(request) {
        const { params, body, caller } = request;
        await visible(params.returnId, caller);
        return toRouteAnswer(
          await desk.inspect(params.returnId, body, askOf(request, `inspect ${params.returnId}`)),
        );
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/returns",
      tag: TAG,
      summary: "Returns, the newest first",
      description:
        "`flagged=true`: those that were taken in though something did not fit, and those that their order did not note.",
      roles: READERS,
      query: listQuerySchema,
      answer: { schema: pageSchema(returnSchema), description: "A page" },
      problems: ["invalid_cursor", "location_not_allowed"],
      async handle({ query, caller }) {
        const locationId = query.location ?? caller.locationId ?? "";
        checkLocation(caller, locationId);
        const [before = null] = decodeCursor(query.cursor, ["number"]) ?? [];
        const filter = {
          locationId,
          boughtId: query.boughtIn ?? "",
          status: query.status ?? "",
          isFlagged: query.flagged === undefined ? null : query.flagged === "true",
        };
        const rows = await store.list(filter, before === null ? null : Number(before), query.limit + 1);
        const page = toPage(rows, query.limit, (row) => [row.first_ordinal]);
        return { body: { items: page.items.map((row) => row.document), nextCursor: page.nextCursor } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/returns/:returnId",
      tag: TAG,
      summary: "One return as it is now",
      roles: READERS,
      params: paramsSchema,
      examples: { answer: RETURN_EXAMPLE },
      answer: { schema: returnSchema, description: "The return" },
      problems: ["return_not_found", "location_not_allowed"],
      handle: async ({ params, caller }) => ({ body: await visible(params.returnId, caller) }),
    }),
  ];
}
