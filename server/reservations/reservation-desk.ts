import { LIVE_STATUSES, type Reservation } from "../../domain/reservations/reservation.ts";
import type { Decision, DecisionContext } from "../../domain/reservations/decisions/decision.ts";
import { type ReservationRecord, reservationAt } from "../../domain/reservations/reservation-record.ts";
import type { RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { notTheWriter } from "../commit-log/commit-log.ts";
import type { CommandKey, GrantingWriter, StoredAnswer } from "./granting-writer.ts";
import type { Asker } from "./refusal-problem.ts";
import type { ReservationRole } from "./reservation-role.ts";
import type { ReservationStore } from "./reservation-store.ts";

export type ReservationDesk = ReturnType<typeof createReservationDesk>;

/** What the routes share: who grants now, one reservation in memory or in ClickHouse, and answers as they are stored. */
export function createReservationDesk(deps: {
  role: ReservationRole;
  store: ReservationStore;
  isProjectionLoaded(): boolean;
  nowMs(): number;
  availableOf(locationId: string, gtin: number, wish: Asker["wish"], atMs: number): number;
  toProblem(refusal: Extract<Decision, { ok: false }>["refusal"], asker: Asker): HttpProblem;
}) {
  const { role, store } = deps;

  function writer(): GrantingWriter {
    const found = role.writer();
    if (found !== null) return found;
    if (role.mode() === "standby") throw notTheWriter();
    throw notReady();
  }

  /** Of what ended long ago, when no memory holds it any more. Throws `reservation_not_found`. */
  async function stored(reservationId: string): Promise<Reservation> {
    const event = await store.reservationAsOf(reservationId);
    if (event === null) {
      throw new HttpProblem("reservation_not_found", `There is no reservation ${reservationId}.`);
    }
    const { reservation } = event;
    const hasExpired = LIVE_STATUSES.includes(reservation.status);
    return hasExpired ? { ...reservation, status: "expired" } : reservation;
  }

  return {
    writer,
    book: () => role.book(),

    /** The record of a reservation that a command is for. What is not in memory has ended: 409 with its state, or 404. */
    async record(reservationId: string): Promise<ReservationRecord> {
      writer();
      const found = role.book().record(reservationId);
      if (found !== undefined) return found;
      const { status } = await stored(reservationId);
      throw new HttpProblem("reservation_state", `It is ${status}, and ended long ago.`, { state: status });
    },

    /** As it is now, and durable. */
    async find(reservationId: string): Promise<Reservation> {
      if (role.mode() === "loading") throw notReady();
      const book = role.book();
      book.advance(deps.nowMs());
      const found = book.record(reservationId);
      if (found === undefined || found.grantedOrdinal > durableOrdinal(role))
        return await stored(reservationId);
      return reservationAt(found, book.nowMs);
    },

    /** Those in memory that a filter lets through, the newest grant first; only what is durable. */
    list(filter: (reservation: Reservation) => boolean, beforeOrdinal: number, limit: number) {
      if (role.mode() === "loading") throw notReady();
      const book = role.book();
      book.advance(deps.nowMs());
      const last = durableOrdinal(role);
      const found: { ordinal: number; reservation: Reservation }[] = [];
      for (const record of book.records()) {
        const ordinal = record.grantedOrdinal;
        if (ordinal >= beforeOrdinal || ordinal > last) continue;
        const reservation = reservationAt(record, book.nowMs);
        if (filter(reservation)) found.push({ ordinal, reservation });
      }
      return found.sort((one, other) => other.ordinal - one.ordinal).slice(0, limit);
    },

    /** Runs a command and gives its answer, or the first one to its key. */
    run(command: {
      key: CommandKey | null;
      status: 200 | 201;
      asker: Asker;
      decide(context: DecisionContext): Decision;
    }): RouteAnswer | Promise<RouteAnswer> {
      if (!deps.isProjectionLoaded()) throw notReady();
      const { asker } = command;
      const answer = writer().run({
        key: command.key,
        status: command.status,
        toProblem: (refusal) => deps.toProblem(refusal, asker),
        decide: (context) =>
          command.decide({
            ...context,
            availableOf: (locationId, gtin, atMs) => deps.availableOf(locationId, gtin, asker.wish, atMs),
          }),
      });
      return answer instanceof Promise ? answer.then(toRouteAnswer) : toRouteAnswer(answer);
    },
  };
}

/** Without a writer here, all that is known was read from ClickHouse. */
function durableOrdinal(role: ReservationRole): number {
  return role.log()?.durableOrdinal() ?? Number.MAX_SAFE_INTEGER;
}

function notReady(): HttpProblem {
  return new HttpProblem("not_ready", "Reservations are being loaded.", {}, { "retry-after": "2" });
}

export function toRouteAnswer({ status, text }: StoredAnswer): RouteAnswer {
  return status < 400 ? { status, text } : { status, text, contentType: "application/problem+json" };
}
