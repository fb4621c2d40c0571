import { randomUUID } from "node:crypto";
import { type PromiseWay, promiseChoiceSchema } from "../../domain/promise/promise.ts";
import { decideHold } from "../../domain/reservations/decisions/hold.ts";
import { reservationSchema } from "../../domain/reservations/reservation.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { readKey } from "../reservations/read-key.ts";
import { type ReservationDesk, toRouteAnswer } from "../reservations/reservation-desk.ts";
import { HOLDERS } from "../reservations/routes/route-words.ts";
import { type PromiseSearch, sumBasket } from "./promise-search.ts";

/** As many as an answer can hold: a way that was shown is among them while it can still be had and is not far down. */
const MAX_SEARCHED_WAYS = 50;

/**
 * A way becomes a reservation in one call. The way is searched again in the step that grants it, so nothing comes between: what
 * is found is held, with the same idempotency as any hold.
 */
export function createPromiseReserveRoute(deps: {
  search: PromiseSearch;
  desk: ReservationDesk;
  reader: AvailabilityReader;
  /** Throws `not_ready`. */
  assertReady(): void;
}): Route {
  const { search, desk, reader } = deps;
  return defineRoute({
    method: "POST",
    path: "/v1/promise/reservations",
    tag: "Promise",
    summary: "Holds one way to fulfil a basket: the one that `wayId` names, or the best",
    description:
      "Needs an `Idempotency-Key`, as POST /v1/reservations. All of the way is held or nothing: when it is lost meanwhile, 409 " +
      "`promise_lost` carries the ways that are left, the best first.",
    roles: HOLDERS,
    body: promiseChoiceSchema,
    answer: {
      status: 201,
      schema: reservationSchema,
      description: "The reservation, with a line for each part",
    },
    problems: [
      "idempotency_key_missing",
      "idempotency_key_reused",
      "invalid_gtin",
      "promise_lost",
      "not_ready",
      "not_the_writer",
      "reservations_busy",
      "outcome_unknown",
    ],
    async handle(request) {
      const { body } = request;
      const basket = sumBasket(body, toNumbers(body.lines.map(({ gtin }) => gtin)));
      const key = readKey(request, { path: "promise", body }, { isRequired: true });
      deps.assertReady();
      const answer = await desk.writer().run({
        key,
        status: 201,
        toProblem() {
          const { ways, missing } = search(body, basket, Number.MAX_SAFE_INTEGER);
          const what = body.wayId === undefined ? "No way" : `The way ${body.wayId}`;
          return new HttpProblem("promise_lost", `${what} is left for this basket.`, { ways, missing });
        },
        decide(context) {
          const found = search({ ...body, limit: MAX_SEARCHED_WAYS }, basket, Number.MAX_SAFE_INTEGER).ways;
          const way = body.wayId === undefined ? found[0] : found.find((one) => one.wayId === body.wayId);
          if (way === undefined) {
            return { ok: false, refusal: { code: "insufficient_availability", shortfalls: [] } };
          }
          const asker = { channel: body.channel, quantity: 1, confidence: body.confidence ?? null };
          return decideHold(
            {
              ...context,
              availableOf: (locationId, gtin, atMs) => reader.unitsFor(locationId, gtin, asker, atMs),
            },
            { ...body, partial: false, lines: linesOf(way) },
            randomUUID(),
          );
        },
      });
      return toRouteAnswer(answer);
    },
  });
}

function linesOf(way: PromiseWay) {
  return way.shipments.flatMap(({ locationId, lines }) =>
    lines.map(({ gtin, quantity }) => ({ gtin, quantity, locationId })),
  );
}
