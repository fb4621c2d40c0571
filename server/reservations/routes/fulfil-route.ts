import { reservationSchema } from "../../../domain/reservations/reservation.ts";
import { fulfilSchema } from "../../../domain/reservations/reservation-commands.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { createFulfilment } from "../fulfilment.ts";
import { readKey } from "../read-key.ts";
import type { createRefusalProblem } from "../refusal-problem.ts";
import { type ReservationDesk, toRouteAnswer } from "../reservation-desk.ts";
import { FULFIL_EXAMPLE, RESERVATION_EXAMPLE } from "./examples.ts";
import { CHANGE_PROBLEMS, HOLDERS, paramsSchema, TAG } from "./route-words.ts";

/** Handing over: the sale goes to the ledger like any other, and names the reservation. */
export function createFulfilRoute(deps: {
  desk: ReservationDesk;
  fulfil: ReturnType<typeof createFulfilment>;
  toProblem: ReturnType<typeof createRefusalProblem>;
}): Route {
  const { desk, fulfil, toProblem } = deps;
  return defineRoute({
    method: "POST",
    path: "/v1/reservations/:reservationId/fulfil",
    tag: TAG,
    summary: "The goods were handed over: record their sale",
    description:
      "Publishes a sale that names the reservation, and answers after its receipt. The hold counts until the ledger's movement " +
      "is applied, which is in the same step. Repeat it when the outcome is unknown: the same sale is published again.",
    roles: HOLDERS,
    params: paramsSchema,
    body: fulfilSchema,
    isBodyOptional: true,
    examples: { body: FULFIL_EXAMPLE, answer: RESERVATION_EXAMPLE },
    answer: { schema: reservationSchema, description: "The reservation after the receipt" },
    problems: [...CHANGE_PROBLEMS, "sale_rejected", "broker_unavailable"],
    async handle(request) {
      const { reservationId } = request.params;
      const { body } = request;
      const key = readKey(request, { path: `${reservationId}/fulfil`, body }, { isRequired: false });
      const record = await desk.record(reservationId);
      const wish = { channel: record.told.channel, quantity: 1, confidence: null };
      const answer = await fulfil({
        writer: desk.writer(),
        book: desk.book(),
        record,
        command: body,
        key,
        toProblem: (refusal) => toProblem(refusal, { wish, quantityCap: Number.MAX_SAFE_INTEGER }),
      });
      return toRouteAnswer(answer);
    },
  });
}
