import type { z } from "zod";
import { pageSchema } from "../domain/api/paging.ts";
import {
  type reservationWishSchema,
  type ReservationStatus,
  reservationSchema,
} from "../domain/reservations/reservation.ts";
import type { Call } from "./http.ts";
import { createIdempotencyKey } from "./idempotency-key.ts";

/** `lines` of product, whole units and location; 15 minutes and channel `web` unless said otherwise. */
export type ReservationWishInput = z.input<typeof reservationWishSchema>;

/** Some units of a reservation, where not all are meant. */
export type ReservationPart = { gtin: string; locationId: string; quantity: number };

/** Without `status` those that hold stock now; `atRisk`: those that stock does not cover. */
export type ReservationQuery = {
  location?: string;
  gtin?: string;
  status?: ReservationStatus;
  channel?: string;
  orderId?: string;
  atRisk?: boolean;
};

/** `idempotencyKey`: one of your own, to be kept over a restart of your program; without it each call makes one for its retries. */
export type CommandOptions = { idempotencyKey?: string; signal?: AbortSignal };

/**
 * Holds on stock. A call that got no answer is tried again with the same key, and so never holds twice. What cannot be held
 * rejects with an `ApiProblem` of code `insufficient_availability`, whose `lines` say what there is, and where else.
 */
export function createReservationCalls(call: Call) {
  const command = (path: string, body: unknown, { idempotencyKey, signal }: CommandOptions) =>
    call("POST", path, reservationSchema, {
      body,
      idempotencyKey: idempotencyKey ?? createIdempotencyKey(),
      ...(signal === undefined ? {} : { signal }),
    });
  const step = (reservationId: string, name: string, body: unknown, options: CommandOptions) =>
    command(`/v1/reservations/${encodeURIComponent(reservationId)}/${name}`, body, options);

  return {
    /** Holds all lines, or none unless `partial`. */
    hold: (wish: ReservationWishInput, options: CommandOptions = {}) =>
      command("/v1/reservations", wish, options),
    /** The newest grant first, in pages. */
    list: ({
      atRisk,
      signal,
      ...query
    }: ReservationQuery & { cursor?: string; limit?: number; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/reservations", pageSchema(reservationSchema), {
        query: { ...query, ...(atRisk === undefined ? {} : { atRisk: String(atRisk) }) },
        ...(signal === undefined ? {} : { signal }),
      }),
    get: (reservationId: string, signal?: AbortSignal) =>
      call(
        "GET",
        `/v1/reservations/${encodeURIComponent(reservationId)}`,
        reservationSchema,
        signal === undefined ? {} : { signal },
      ),
    /** It is bought: kept until `holdUntil`, or as long as the server is set to. */
    confirm: (
      reservationId: string,
      body: { orderId?: string; holdUntil?: string } = {},
      options: CommandOptions = {},
    ) => step(reservationId, "confirm", body, options),
    /** `ttlSeconds` from now, at most 4 hours after it was made. A hold that has lapsed is asked for anew. */
    extend: (
      reservationId: string,
      body: { ttlSeconds?: number; holdUntil?: string } = {},
      options: CommandOptions = {},
    ) => step(reservationId, "extend", body, options),
    /** Holds the same at another location instead, or changes nothing. */
    transfer: (
      reservationId: string,
      body: { toLocationId: string; reason?: string },
      options: CommandOptions = {},
    ) => step(reservationId, "transfer", body, options),
    /** Gives the goods back to all. */
    release: (reservationId: string, body: { reason?: string } = {}, options: CommandOptions = {}) =>
      step(reservationId, "release", body, options),
    /** Handed over: publishes the sale. Without `lines` all that is still held. */
    fulfil: (reservationId: string, body: { lines?: ReservationPart[] } = {}, options: CommandOptions = {}) =>
      step(reservationId, "fulfil", body, options),
  };
}
