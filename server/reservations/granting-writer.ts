import { applyConsequences } from "../../domain/reservations/decisions/consequences.ts";
import type {
  Decision,
  DecisionContext,
  ReservationRefusal,
} from "../../domain/reservations/decisions/decision.ts";
import type { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import { HttpProblem } from "../problems.ts";
import { type CommitLog, type LogEntry, MAX_WAITING_ROWS } from "../commit-log/commit-log.ts";
import type { KeyBook, KnownKey } from "../commit-log/key-book.ts";
import { createKeyLookup } from "../commit-log/key-lookup.ts";
import { eventRow, type KeyedAnswer, plainRow } from "./reservation-rows.ts";
import type { ReservationStore } from "./reservation-store.ts";

/** An answer as it is given and given again: a reservation, or a problem. */
export type StoredAnswer = { status: number; text: string };

/** Who sends a command under which key, and a hash of what it says. */
export type CommandKey = { scope: string; key: string; requestHash: string };

export type Command = {
  /** Null: it is not repeated. */
  key: CommandKey | null;
  status: 200 | 201;
  decide(context: Omit<DecisionContext, "availableOf">): Decision;
  toProblem(refusal: ReservationRefusal): HttpProblem;
  /** Its answer comes later, with `answer()`: until then it and its repeats are answered with the status `BEGUN`. */
  isBegunOnly?: boolean;
};

const PATIENT_MS = Number.POSITIVE_INFINITY;
/** No answer yet: the command was begun. */
export const BEGUN = 0;

export type GrantingWriter = ReturnType<typeof createGrantingWriter>;

/**
 * The one that decides. A command is checked and granted in one synchronous step, so that nothing happens between the two;
 * from then on the units are not available to anybody else. It is answered when its rows are durable.
 */
export function createGrantingWriter(deps: {
  book: ReservationBook;
  keys: KeyBook;
  log: CommitLog;
  store: ReservationStore;
  epoch: number;
  nowMs(): number;
  /** Of stock whose held units changed. */
  touch(changed: Iterable<{ locationId: string; gtin: number }>): void;
  /** Of events that are durable. */
  onDurable(events: readonly ReservationEvent[]): void;
  onDecided(outcome: "granted" | "changed" | "refused" | "repeated"): void;
}) {
  const { book, keys, log, store, epoch } = deps;
  const findStored = createKeyLookup(deps);

  function run(command: Command): StoredAnswer | Promise<StoredAnswer> {
    const { key } = command;
    if (key === null) return decide(command);
    const known = keys.get(key.scope, key.key);
    if (known !== undefined) return repeat(known, command);
    if (!keys.isIncomplete()) return decide(command);
    return findStored(key.scope, key.key).then((found) => {
      // Another with the same key may have come meanwhile.
      const known = keys.get(key.scope, key.key) ?? found;
      return known === null ? decide(command) : repeat(known, command);
    });
  }

  async function repeat(known: KnownKey, command: Command): Promise<StoredAnswer> {
    if (known.requestHash !== command.key?.requestHash) {
      throw new HttpProblem("idempotency_key_reused", "The key came before with another request.");
    }
    deps.onDecided("repeated");
    if (known.entry !== null) await log.durable(known.entry);
    if (known.status === BEGUN) return { status: BEGUN, text: "" };
    if (known.text !== null) return { status: known.status, text: known.text };
    const stored = await store.answerAt(known.ordinal);
    if (stored === null) throw new Error(`the answer at ordinal ${known.ordinal} is gone`);
    return stored;
  }

  function decide(command: Command): StoredAnswer | Promise<StoredAnswer> {
    if (log.waitingRows() >= MAX_WAITING_ROWS) {
      throw new HttpProblem(
        "reservations_busy",
        `${MAX_WAITING_ROWS} changes wait to become durable.`,
        {},
        { "retry-after": "2" },
      );
    }
    const decision = command.decide({ book, nowMs: deps.nowMs() });
    if (!decision.ok) return refuse(command, decision.refusal);
    const { events } = decision;
    const rows: string[] = [];
    let text = "";
    events.forEach((event, index) => {
      book.apply(event);
      const isLast = index === events.length - 1;
      const made = eventRow(event, epoch, isLast ? keyed(command, null) : null);
      rows.push(made.row);
      text = made.json;
    });
    deps.onDecided(events[0].kind === "granted" ? "granted" : "changed");
    const ordinal = book.lastOrdinal;
    const entry = appendWithConsequences(rows, events);
    const { reservationId } = (events.at(-1) ?? events[0]).reservation;
    const status = command.isBegunOnly === true ? BEGUN : command.status;
    remember(command.key, { ordinal, subjectId: reservationId, status, text, entry });
    return whenDurable(entry, { status, text });
  }

  /** A refusal under a key is kept too: the same question gets the same answer. */
  function refuse(command: Command, refusal: ReservationRefusal): StoredAnswer | Promise<StoredAnswer> {
    deps.onDecided("refused");
    const answer = problemAnswer(command.toProblem(refusal));
    if (command.key === null || refusal.code === "invalid_request") return answer;
    return appendAnswer("refused", command.key, answer, "");
  }

  function appendAnswer(
    kind: "refused" | "answered",
    key: CommandKey,
    answer: StoredAnswer,
    reservationId: string,
  ): Promise<StoredAnswer> | StoredAnswer {
    const ordinal = book.lastOrdinal + 1;
    book.noteOrdinal(ordinal);
    const row = plainRow({ ordinal, kind, atMs: Math.max(deps.nowMs(), book.nowMs) }, epoch, {
      ...key,
      ...answer,
    });
    const entry = log.append([row], ordinal);
    remember(key, { ordinal, subjectId: reservationId, ...answer, entry });
    return whenDurable(entry, answer);
  }

  function remember(key: CommandKey | null, known: Omit<KnownKey, "requestHash" | "atMs">): void {
    if (key === null) return;
    keys.set(key.scope, key.key, { ...known, requestHash: key.requestHash, atMs: deps.nowMs() });
  }

  function keyed(command: Command, text: string | null): KeyedAnswer | null {
    if (command.key === null) return null;
    return { ...command.key, status: command.isBegunOnly === true ? BEGUN : command.status, text };
  }

  async function whenDurable(entry: LogEntry, answer: StoredAnswer): Promise<StoredAnswer> {
    await log.durable(entry);
    return answer;
  }

  function appendWithConsequences(rows: string[], events: readonly ReservationEvent[]): LogEntry {
    const following = applyConsequences({ book, nowMs: deps.nowMs() });
    for (const event of following) rows.push(eventRow(event, epoch, null).row);
    deps.touch(book.takeChangedStocks());
    const entry = log.append(rows, book.lastOrdinal);
    const told = following.length === 0 ? events : [...events, ...following];
    if (told.some((event) => event.kind === "at_risk")) {
      log.durable(entry, PATIENT_MS)?.then(
        () => deps.onDurable(told),
        () => {},
      );
    }
    return entry;
  }

  return {
    run,
    /** Gives a command that was begun its answer, which every repeat of its key gets from now on. */
    answer: (key: CommandKey, answer: StoredAnswer, reservationId: string) =>
      appendAnswer("answered", key, answer, reservationId),
    /** An event that no command asked for. */
    record(event: ReservationEvent): LogEntry {
      book.apply(event);
      return appendWithConsequences([eventRow(event, epoch, null).row], [event]);
    },
    /** Makes durable what follows from movements and from time. */
    settle(): void {
      const events = applyConsequences({ book, nowMs: deps.nowMs() });
      if (events.length === 0) return;
      const entry = log.append(
        events.map((event) => eventRow(event, epoch, null).row),
        book.lastOrdinal,
      );
      log.durable(entry, PATIENT_MS)?.then(
        () => deps.onDurable(events),
        () => {},
      );
    },
    log,
    keys,
  };
}

/** A problem as it is given and given again. */
export function problemAnswer(problem: HttpProblem): StoredAnswer {
  const body = problem.body();
  return { status: body.status, text: JSON.stringify(body) };
}
