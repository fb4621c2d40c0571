import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { type PromiseAnswer, promiseAnswerSchema, promiseWishSchema } from "../../domain/promise/promise.ts";
import { promiseSettingsSchema } from "../../domain/promise/promise-settings.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import type { ReservationDesk } from "../reservations/reservation-desk.ts";
import type { PromisePlaces } from "./promise-places.ts";
import { createPromiseReserveRoute } from "./promise-reserve-route.ts";
import { type PromiseSearch, sumBasket } from "./promise-search.ts";
import type { PromiseStore } from "./promise-store.ts";

const storedSettingsSchema = z.object({
  settings: promiseSettingsSchema,
  changedAt: instantSchema.nullable(),
  changedBy: z.string().nullable(),
});

export function createPromiseRoutes(deps: {
  search: PromiseSearch;
  places: PromisePlaces;
  store: PromiseStore;
  projection: Projection;
  /** The most units that a publishable key is told of. */
  quantityCap: number;
  noteChange: NoteChange;
  desk: ReservationDesk;
  reader: AvailabilityReader;
  nowMs(): number;
}): Route[] {
  const { projection, places, store } = deps;

  function assertReady(): void {
    if (projection.isLoaded() && places.isLoaded()) return;
    throw new HttpProblem(
      "not_ready",
      "Positions and locations are being loaded.",
      {},
      { "retry-after": "2" },
    );
  }

  const capOf = (caller: Caller) => (caller.isPublishable ? deps.quantityCap : Number.MAX_SAFE_INTEGER);

  return [
    defineRoute({
      method: "POST",
      path: "/v1/promise",
      tag: "Promise",
      summary:
        "Ranked ways to fulfil a basket: pickup, curbside, ship from store or warehouse, whole or split",
      description:
        "The cheapest first, by weights that the company sets and a call may replace. See docs/promise.md for what is searched.",
      roles: ["storefront", "merchandiser", "admin"],
      isPublishable: true,
      body: promiseWishSchema,
      answer: {
        schema: promiseAnswerSchema,
        description: "The ways; none where the basket cannot be had whole",
      },
      problems: ["invalid_gtin", "not_ready", "rate_limited"],
      handle({ body, caller }) {
        assertReady();
        const basket = sumBasket(body, toNumbers(body.lines.map(({ gtin }) => gtin)));
        const answer: PromiseAnswer = {
          asOf: new Date(deps.nowMs()).toISOString(),
          revision: projection.revision(),
          ...deps.search(body, basket, capOf(caller)),
        };
        return { body: caller.isPublishable ? withoutWork(answer) : answer };
      },
    }),
    createPromiseReserveRoute({ ...deps, assertReady }),
    defineRoute({
      method: "GET",
      path: "/v1/settings/promise",
      tag: "Settings",
      summary: "How ways to fulfil a basket are weighed",
      roles: ["merchandiser", "admin"],
      answer: { schema: storedSettingsSchema, description: "The settings in force" },
      handle: async () => ({ body: await store.settings() }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/settings/promise",
      tag: "Settings",
      summary: "Sets how ways to fulfil a basket are weighed",
      description: "What is left out gets its default. Holds for all promises from then on.",
      roles: ["admin"],
      body: promiseSettingsSchema,
      answer: { schema: storedSettingsSchema, description: "The settings in force" },
      async handle({ body, caller }) {
        await store.saveSettings(body, caller.keyId);
        await places.load();
        const stored = await store.settings();
        await deps.noteChange(caller, {
          area: "promise",
          action: "promise_settings.put",
          subject: "promise",
          detail: body,
        });
        return { body: stored };
      },
    }),
  ];
}

/** As anybody may see it. */
function withoutWork(answer: PromiseAnswer): PromiseAnswer {
  const ways = answer.ways.map((way) =>
    Object.assign({}, way, { shipments: way.shipments.map((one) => Object.assign({}, one, { work: null })) }),
  );
  return { ...answer, ways };
}
