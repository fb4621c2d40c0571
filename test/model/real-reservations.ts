import { createHash } from "node:crypto";
import type { AvailableOf, Decision, DecisionContext } from "../../domain/reservations/decisions/decision.ts";
import { decideHold } from "../../domain/reservations/decisions/hold.ts";
import { decideConfirm, decideExtend, decideRelease } from "../../domain/reservations/decisions/life.ts";
import {
  decideFulfil,
  decidePick,
  decideSaleRefused,
  decideShort,
} from "../../domain/reservations/decisions/store.ts";
import { decideTransfer } from "../../domain/reservations/decisions/transfer.ts";
import { ReservationBook, type UnitsTaken } from "../../domain/reservations/reservation-book.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { HttpProblem } from "../../server/problems.ts";
import { type SequencedMovement, SequenceFollower } from "../../server/projection/sequence-follower.ts";
import {
  createGrantingWriter,
  type GrantingWriter,
  type StoredAnswer,
} from "../../server/reservations/granting-writer.ts";
import { createKeyBook } from "../../server/commit-log/key-book.ts";
import type { ReservationStore } from "../../server/reservations/reservation-store.ts";
import { MemoryLog, type StoredRow } from "./memory-log.ts";
import { detailsOf, knownKey, type Movement, storedAnswer, takenBy, toEvent } from "./stored.ts";
import { type CommandStep, LOCATIONS, type Sender, START_MS, type Stock } from "./steps.ts";

/** The rules as the product has them. A mutant has one of them differently. */
export const RULES = {
  hold: decideHold,
  confirm: decideConfirm,
  extend: decideExtend,
  release: decideRelease,
  transfer: decideTransfer,
  pick: decidePick,
  short: decideShort,
  fulfil: decideFulfil,
  saleRefused: decideSaleRefused,
  createBook: (sellableOf: (locationId: string, gtin: number) => number) => new ReservationBook(sellableOf),
  take: (book: ReservationBook, units: UnitsTaken): void => book.take(units),
  available: (sellable: number, held: number): number => Math.max(0, sellable - held),
  /** For which instant a decision asks what is available: its own. */
  availableAtMs: (decisionMs: number): number => decisionMs,
  hear: (follower: SequenceFollower, movements: readonly SequencedMovement[]) => follower.take(movements),
  keyScope: (caller: string): string => caller,
  requestHash: (text: string): string => createHash("sha256").update(text).digest("hex"),
  answersEarly: false,
  /** What a restart finds of the ledger, and of the keys. */
  recoverTaken: (taken: UnitsTaken[]): UnitsTaken[] => taken,
  recoverKeys: (rows: StoredRow[]): StoredRow[] => rows,
};
export type Rules = typeof RULES;

const DEFAULT_HOLD_MS = 72 * 3_600_000;

/** The product's own book, rules, writer and follower, on a log and a ledger in memory. */
export class RealReservations {
  nowMs = START_MS;
  book: ReservationBook;
  readonly log = new MemoryLog();
  readonly ledger: Movement[] = [];
  #writer: GrantingWriter;
  #epoch = 1;
  #heard = new Set<Movement>();
  #followers = new Map<string, SequenceFollower>();
  #sellable = new Map<string, number>();
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
    this.book = this.#newBook();
    this.#writer = this.#newWriter([]);
  }

  sellable(locationId: string, gtin: number): number {
    return this.#sellable.get(`${locationId} ${gtin}`) ?? 0;
  }

  held({ locationId, gtin }: Stock): number {
    return this.book.unitsAt(locationId, gtin, this.nowMs);
  }

  available(stock: Stock): number {
    return this.#rules.available(this.sellable(stock.locationId, stock.gtin), this.held(stock));
  }

  wait(ms: number): void {
    this.nowMs += ms;
    this.book.advance(this.nowMs);
    this.#writer.settle();
  }

  /** Ingest commits a movement. The server has not heard of it yet. */
  move(stock: Stock, quantity: number, reservationId: string): void {
    const { locationId, gtin } = stock;
    const sequence = this.ledger.filter((one) => one.locationId === locationId).length + 1;
    const line = { locationId, sequence, gtin, state: "sellable" as const, quantity, reservationId };
    this.ledger.push({ ...line, atMs: this.nowMs });
  }

  /** The newest `count` that were not heard of at a location come in, the latest first, each `times` times. */
  hear(locationId: string, count: number, times: number): void {
    const unheard = this.ledger.filter((one) => one.locationId === locationId && !this.#heard.has(one));
    const coming = unheard.slice(-count).reverse();
    for (const movement of coming) {
      this.#heard.add(movement);
      for (let turn = 0; turn < times; turn += 1) this.#applyMovements(locationId, [movement]);
    }
    // What is missing between is read from the ledger.
    const follower = this.#followerOf(locationId);
    if (!follower.hasGap) return;
    const missing = this.ledger.filter(
      (one) => one.locationId === locationId && one.sequence > follower.applied && !this.#heard.has(one),
    );
    for (const movement of missing) this.#heard.add(movement);
    this.#applyMovements(locationId, missing);
  }

  /** @returns its answer, or a promise of one that comes when it is durable; a refusal that was thrown is an answer too */
  send(command: CommandStep, id: string, on: string, sender: Sender): StoredAnswer | Promise<StoredAnswer> {
    const record = this.book.record(on);
    if (command.kind !== "hold" && record === undefined) return { status: 404, text: "{}" };
    const text = JSON.stringify([command, command.kind === "hold" ? "" : on]);
    const key =
      sender.key === null || command.kind === "fulfil"
        ? null
        : {
            scope: this.#rules.keyScope(sender.caller),
            key: sender.key,
            requestHash: this.#rules.requestHash(text),
          };
    try {
      const answer = this.#writer.run({
        key,
        status: command.kind === "hold" ? 201 : 200,
        toProblem: (refusal) =>
          new HttpProblem(refusal.code, "detail" in refusal ? refusal.detail : "", { refusal }),
        decide: (context) => this.#decide(command, { ...context, availableOf: this.#availableOf }, id, on),
      });
      return answer instanceof Promise ? answer.catch(thrown) : answer;
    } catch (error) {
      return thrown(error);
    }
  }

  /** The ledger did not take the sale that is on its way. */
  refuseSale(on: string): void {
    const record = this.book.record(on);
    if (record === undefined || record.sale === null) return;
    const context = { book: this.book, nowMs: this.nowMs, availableOf: this.#availableOf };
    const decision = this.#rules.saleRefused(context, record, "not taken");
    if (decision.ok) this.#writer.record(decision.events[0]);
  }

  /** Another process on what is durable: a new book, a new writer, and the whole ledger. */
  restart(durable: number): void {
    this.log.crash(durable);
    this.#epoch += 1;
    this.#sellable = new Map();
    this.#followers = new Map();
    for (const locationId of LOCATIONS) {
      const movements = this.ledger.filter((one) => one.locationId === locationId);
      for (const { gtin, quantity } of movements) this.#add(locationId, gtin, quantity);
      this.#followers.set(locationId, new SequenceFollower(movements.length));
    }
    for (const movement of this.ledger) this.#heard.add(movement);
    const newest = new Map<string, ReservationEvent>();
    for (const row of this.log.rows) {
      const event = toEvent(row);
      if (event !== null) newest.set(event.reservation.reservationId, event);
    }
    this.book = this.#newBook();
    this.book.advance(this.nowMs);
    const byGrant = [...newest.values()].sort((one, other) => one.grantedOrdinal - other.grantedOrdinal);
    for (const event of byGrant) this.book.apply(event);
    this.book.noteOrdinal(Number(this.log.rows.at(-1)?.ordinal ?? 0));
    for (const units of this.#rules.recoverTaken(this.ledger.flatMap((one) => takenBy(one) ?? []))) {
      this.#rules.take(this.book, units);
    }
    this.book.settleAll();
    this.#writer = this.#newWriter(this.#rules.recoverKeys(this.log.rows));
    this.#writer.settle();
  }

  #decide(command: CommandStep, context: DecisionContext, id: string, on: string): Decision {
    const rules = this.#rules;
    if (command.kind === "hold") {
      const { ttlSeconds, partial } = command;
      const lines = command.lines.map((line) => ({ ...line, gtin: gtinFromNumber(line.gtin) }));
      return rules.hold(context, { lines, ttlSeconds, partial, channel: "web" }, id);
    }
    const record = this.book.record(on);
    if (record === undefined) throw new Error(`there is no ${on}`);
    switch (command.kind) {
      case "confirm":
        return rules.confirm(context, record, { holdUntil: this.#after(command.holdMs) }, DEFAULT_HOLD_MS);
      case "extend":
        return rules.extend(
          context,
          record,
          { ttlSeconds: command.ttlSeconds, holdUntil: this.#after(command.holdMs) },
          { ttlSeconds: 900, holdMs: DEFAULT_HOLD_MS },
        );
      case "transfer":
        return rules.transfer(context, record, { toLocationId: command.to }, id);
      case "release":
        return rules.release(context, record, {});
      case "pick":
        return rules.pick(context, record);
      case "short":
        return rules.short(context, record, {});
      case "fulfil":
        return rules.fulfil(context, record, {});
      default:
        return command satisfies never;
    }
  }

  readonly #availableOf: AvailableOf = (locationId, gtin, atMs) => {
    const held = this.book.unitsAt(locationId, gtin, this.#rules.availableAtMs(atMs));
    return this.#rules.available(this.sellable(locationId, gtin), held);
  };

  #after(ms: number): string {
    return new Date(this.nowMs + ms).toISOString();
  }

  #followerOf(locationId: string): SequenceFollower {
    const follower = this.#followers.get(locationId) ?? new SequenceFollower(0);
    this.#followers.set(locationId, follower);
    return follower;
  }

  #applyMovements(locationId: string, movements: readonly SequencedMovement[]): void {
    const ready = this.#rules.hear(this.#followerOf(locationId), movements);
    for (const { gtin, quantity } of ready) this.#add(locationId, gtin, quantity);
    for (const movement of ready) {
      const units = takenBy({ ...movement, locationId });
      if (units !== null) this.#rules.take(this.book, units);
    }
    for (const { gtin } of ready) this.book.stockChanged(locationId, gtin);
    this.#writer.settle();
  }

  #add(locationId: string, gtin: number, quantity: number): void {
    this.#sellable.set(`${locationId} ${gtin}`, this.sellable(locationId, gtin) + quantity);
  }

  #newBook(): ReservationBook {
    return this.#rules.createBook((locationId, gtin) => this.sellable(locationId, gtin));
  }

  #newWriter(rows: StoredRow[]): GrantingWriter {
    const keys = createKeyBook();
    for (const row of rows) {
      if (row.idempotency_key === "") continue;
      keys.set(detailsOf(row).keyScope, row.idempotency_key, knownKey(row));
    }
    const store: Pick<ReservationStore, "answerAt" | "findKeys"> = {
      findKeys: async () => [],
      answerAt: async (ordinal) => {
        const row = this.log.rows.find((each) => Number(each.ordinal) === ordinal);
        return row === undefined ? null : storedAnswer(row);
      },
    };
    return createGrantingWriter({
      book: this.book,
      keys,
      log: this.log.forWriter(this.#rules.answersEarly),
      store: store as ReservationStore,
      epoch: this.#epoch,
      nowMs: () => this.nowMs,
      touch: () => undefined,
      onDurable: () => undefined,
      onDecided: () => undefined,
    });
  }
}

function thrown(error: unknown): StoredAnswer {
  if (!(error instanceof HttpProblem)) throw error;
  const body = error.body();
  return { status: body.status, text: JSON.stringify(body) };
}
