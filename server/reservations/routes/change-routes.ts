import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Decision, DecisionContext } from "../../../domain/reservations/decisions/decision.ts";
import { decideConfirm, decideExtend, decideRelease } from "../../../domain/reservations/decisions/life.ts";
import { decidePick, decideShort } from "../../../domain/reservations/decisions/store.ts";
import { decideTransfer } from "../../../domain/reservations/decisions/transfer.ts";
import { DEFAULT_TTL_SECONDS, reservationSchema } from "../../../domain/reservations/reservation.ts";
import {
  confirmSchema,
  extendSchema,
  pickSchema,
  releaseSchema,
  shortSchema,
  transferSchema,
} from "../../../domain/reservations/reservation-commands.ts";
import type { ReservationRecord } from "../../../domain/reservations/reservation-record.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { ProblemCode } from "../../problems.ts";
import { readKey } from "../read-key.ts";
import type { ReservationDesk } from "../reservation-desk.ts";
import {
  CONFIRM_EXAMPLE,
  EXTEND_EXAMPLE,
  RELEASE_EXAMPLE,
  RESERVATION_EXAMPLE,
  SHORT_EXAMPLE,
  TRANSFER_EXAMPLE,
} from "./examples.ts";
import { CHANGE_PROBLEMS, HOLDERS, paramsSchema, TAG } from "./route-words.ts";

type Change<Body extends z.ZodType> = {
  name: string;
  summary: string;
  description?: string;
  body: Body;
  example: unknown;
  status?: 201;
  isPublishable?: boolean;
  problems?: readonly ProblemCode[];
  decide(context: DecisionContext, record: ReservationRecord, body: z.output<Body>): Decision;
};

/** The life of one reservation. Each takes an `Idempotency-Key`, and without a body does the plain thing. */
export function createChangeRoutes(deps: {
  desk: ReservationDesk;
  quantityCap: number;
  confirmedHoldMs: number;
}): Route[] {
  const { desk, confirmedHoldMs } = deps;

  function changeRoute<Body extends z.ZodType>(change: Change<Body>): Route {
    return defineRoute({
      method: "POST",
      path: `/v1/reservations/:reservationId/${change.name}`,
      tag: TAG,
      summary: change.summary,
      ...(change.description === undefined ? {} : { description: change.description }),
      roles: HOLDERS,
      isPublishable: change.isPublishable === true,
      params: paramsSchema,
      body: change.body,
      isBodyOptional: true,
      examples: { body: change.example, answer: RESERVATION_EXAMPLE },
      answer: {
        status: change.status ?? 200,
        schema: reservationSchema,
        description: "The reservation after it",
      },
      problems: [...CHANGE_PROBLEMS, ...(change.problems ?? [])],
      async handle(request) {
        const { reservationId } = request.params;
        const path = `${reservationId}/${change.name}`;
        const key = readKey(request, { path, body: request.body }, { isRequired: false });
        const found = await desk.record(reservationId);
        return await desk.run({
          key,
          status: change.status ?? 200,
          asker: {
            wish: { channel: found.told.channel, quantity: 1, confidence: null },
            quantityCap: request.caller.isPublishable ? deps.quantityCap : Number.MAX_SAFE_INTEGER,
          },
          // Between finding it and this another writer may have come and gone: the book at hand is the right one.
          decide: (context) =>
            change.decide(context, context.book.record(reservationId) ?? found, request.body),
        });
      },
    });
  }

  return [
    changeRoute({
      name: "confirm",
      summary: "The order stands: keep the goods until `holdUntil`",
      body: confirmSchema,
      example: CONFIRM_EXAMPLE,
      decide: (context, record, body) => decideConfirm(context, record, body, confirmedHoldMs),
    }),
    changeRoute({
      name: "extend",
      summary:
        "Keep it longer: what is held until 4 h after its creation, what is confirmed until `holdUntil`",
      description:
        "What has lapsed is a new request: it is checked against what is available now and refused if that is gone.",
      body: extendSchema,
      example: EXTEND_EXAMPLE,
      isPublishable: true,
      problems: ["insufficient_availability"],
      decide: (context, record, body) =>
        decideExtend(context, record, body, { ttlSeconds: DEFAULT_TTL_SECONDS, holdMs: confirmedHoldMs }),
    }),
    changeRoute({
      name: "transfer",
      summary: "Hold it at another location instead, or change nothing",
      description:
        "Answers with the new reservation; the old one ends as `transferred` in the same step and names it.",
      body: transferSchema,
      example: TRANSFER_EXAMPLE,
      status: 201,
      problems: ["insufficient_availability"],
      decide: (context, record, body) => decideTransfer(context, record, body, randomUUID()),
    }),
    changeRoute({
      name: "pick",
      summary: "The goods were taken from the shelf",
      body: pickSchema,
      example: {},
      decide: (context, record) => decidePick(context, record),
    }),
    changeRoute({
      name: "short",
      summary: "Units were not found: they are not held any longer",
      body: shortSchema,
      example: SHORT_EXAMPLE,
      decide: (context, record, body) => decideShort(context, record, body),
    }),
    changeRoute({
      name: "release",
      summary: "Give the goods back to what is available",
      body: releaseSchema,
      example: RELEASE_EXAMPLE,
      isPublishable: true,
      decide: (context, record, body) => decideRelease(context, record, body),
    }),
  ];
}
