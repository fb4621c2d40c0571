import type { z } from "zod";
import {
  promiseAnswerSchema,
  type promiseChoiceSchema,
  type promiseWishSchema,
} from "../domain/promise/promise.ts";
import { reservationSchema } from "../domain/reservations/reservation.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";
import type { CommandOptions } from "./reservation-calls.ts";

/** Ways to fulfil a basket for a customer, and holding one of them. */
export function createPromiseCalls(call: Call) {
  return {
    /** Ranked ways, the best first. Nothing is held. */
    query: (wish: z.input<typeof promiseWishSchema>, signal?: AbortSignal) =>
      call("POST", "/v1/promise", promiseAnswerSchema, {
        body: wish,
        isReading: true,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** Holds one way of the same basket, the best one without `wayId`; tried again with its key, as any hold. */
    hold: (choice: z.input<typeof promiseChoiceSchema>, { idempotencyKey, signal }: CommandOptions = {}) =>
      call("POST", "/v1/promise/reservations", reservationSchema, {
        body: choice,
        idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
        ...(signal === undefined ? {} : { signal }),
      }),
  };
}
