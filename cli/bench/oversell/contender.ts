import { z } from "zod";
import { reservationSchema } from "../../../domain/reservations/reservation.ts";
import type { HttpAnswer } from "../harness/http-connection.ts";
import type { Caller } from "./caller.ts";
import type { ClientLog, LogEntry } from "./client-log.ts";
import { type Fate, ttlSecondsOf } from "./plan.ts";

const grantSchema = reservationSchema.pick({
  reservationId: true,
  status: true,
  changedAt: true,
  expiresAt: true,
});
export type Grant = z.infer<typeof grantSchema>;
const problemSchema = z.object({ code: z.string() });

/** What has come of all attempts so far. Shared by all contenders of a run. */
export type Tally = {
  granted: number;
  refused: number;
  retried: number;
  released: number;
  expired: number;
  extended: number;
  /** The confirmed reservations, which keep their unit. */
  kept: Map<string, { gtin: string }>;
  milliseconds: number[];
};

export function emptyTally(): Tally {
  return {
    granted: 0,
    refused: 0,
    retried: 0,
    released: 0,
    expired: 0,
    extended: 0,
    kept: new Map(),
    milliseconds: [],
  };
}

type Asked = Extract<LogEntry, { ask: string }>["ask"];

/** A client that makes one attempt after the other and notes each step on disk. */
export class Contender {
  readonly #caller: Caller;
  readonly #log: ClientLog;
  readonly #run: string;
  readonly #locationId: string;
  readonly #tally: Tally;

  constructor(deps: { caller: Caller; log: ClientLog; run: string; locationId: string; tally: Tally }) {
    this.#caller = deps.caller;
    this.#log = deps.log;
    this.#run = deps.run;
    this.#locationId = deps.locationId;
    this.#tally = deps.tally;
  }

  /** Tries to hold one unit. Whatever it takes: there is a definite answer in the end. */
  async attempt(attempt: number, gtin: string, fate: Fate): Promise<void> {
    const tally = this.#tally;
    const lines = [{ gtin, quantity: 1, locationId: this.#locationId }];
    const body = { lines, ttlSeconds: ttlSecondsOf(fate), channel: "web" };
    const startedMs = performance.now();
    const grant = await this.#ask(attempt, "hold", gtin, "/v1/reservations", body);
    tally.milliseconds.push(performance.now() - startedMs);
    if (grant === null) {
      tally.refused += 1;
      return;
    }
    tally.granted += 1;
    if (fate === "keep") await this.#keep(attempt, gtin, grant);
    else if (fate === "release") await this.#release(attempt, gtin, grant);
    else {
      if (fate === "extend" && (await this.#change(attempt, "extend", gtin, grant, { ttlSeconds: 1 }))) {
        tally.extended += 1;
      }
      tally.expired += 1;
    }
  }

  /** Hands a kept unit over. @returns whether it was taken */
  async fulfil(attempt: number, gtin: string, reservationId: string): Promise<boolean> {
    return (await this.#change(attempt, "fulfil", gtin, { reservationId }, {})) !== null;
  }

  async release(attempt: number, gtin: string, reservationId: string): Promise<boolean> {
    return (await this.#change(attempt, "release", gtin, { reservationId }, {})) !== null;
  }

  async #keep(attempt: number, gtin: string, grant: Grant): Promise<void> {
    const holdUntil = new Date(Date.now() + 86_400_000).toISOString();
    const confirmed = await this.#change(attempt, "confirm", gtin, grant, { holdUntil });
    // It may have lapsed while the system was down: then its unit is free again.
    if (confirmed === null) this.#tally.expired += 1;
    else this.#tally.kept.set(grant.reservationId, { gtin });
  }

  async #release(attempt: number, gtin: string, grant: Grant): Promise<void> {
    const released = await this.#change(attempt, "release", gtin, grant, {});
    if (released === null) this.#tally.expired += 1;
    else this.#tally.released += 1;
  }

  #change(
    attempt: number,
    asked: Asked,
    gtin: string,
    { reservationId }: { reservationId: string },
    body: object,
  ): Promise<Grant | null> {
    return this.#ask(attempt, asked, gtin, `/v1/reservations/${reservationId}/${asked}`, body);
  }

  /** Null when it was refused by a rule (409). */
  async #ask(attempt: number, ask: Asked, gtin: string, path: string, body: object): Promise<Grant | null> {
    const log = this.#log;
    log.note({ atMs: Date.now(), attempt, ask, gtin });
    const key = `${this.#run}-${attempt}-${ask}`;
    const answer = await this.#caller.ask({ method: "POST", path, key, body }, (again) => {
      this.#tally.retried += 1;
      log.note({ atMs: Date.now(), attempt, again });
    });
    const grant = readAnswer(answer, `POST ${path}`);
    const atMs = Date.now();
    if ("code" in grant) {
      log.note({ atMs, attempt, refused: answer.status, code: grant.code });
      return null;
    }
    const { reservationId: id, status, changedAt, expiresAt } = grant;
    log.note({ atMs, attempt, got: answer.status, id, status, changedAt, expiresAt });
    return grant;
  }
}

function readAnswer({ status, body }: HttpAnswer, what: string): Grant | { code: string } {
  if (status === 200 || status === 201) return grantSchema.parse(JSON.parse(body));
  if (status === 409) return problemSchema.parse(JSON.parse(body));
  throw new Error(`${what} was answered ${status}: ${body.slice(0, 500)}`);
}
