import type {
  OrderChange,
  OrderContext,
  OrderDecision,
  OrderRefusal,
} from "../../domain/orders/decisions/order-decision.ts";
import { decideDue } from "../../domain/orders/decisions/due.ts";
import type { Order } from "../../domain/orders/order.ts";
import type { OrderBook } from "../../domain/orders/order-book.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import { SYSTEM_ACTOR } from "../../domain/orders/order-step.ts";
import { applyStockSteps } from "../../domain/orders/stock-steps.ts";
import type { AvailableOf, ReservationRefusal } from "../../domain/reservations/decisions/decision.ts";
import type { CommitLog, LogEntry } from "../commit-log/commit-log.ts";
import { MAX_WAITING_ROWS } from "../commit-log/commit-log.ts";
import { HttpProblem } from "../problems.ts";
import { BEGUN, type CommandKey, problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import type { KeyBook, KnownKey } from "../commit-log/key-book.ts";
import { createKeyLookup } from "../commit-log/key-lookup.ts";
import type { GrantingSession } from "../reservations/reservation-role.ts";
import { orderRow, plainOrderRow } from "./order-rows.ts";
import type { OrderStore } from "./order-store.ts";

export type OrderCommand = {
  key: CommandKey | null;
  /** Null for a new order. */
  orderId: string | null;
  status: 200 | 201;
  /** What is available to whoever asks. */
  availableOf: AvailableOf;
  contextOf(nowMs: number): OrderContext;
  /** `order` is null for a new order. */
  decide(context: OrderContext, order: Order | null): OrderDecision;
  toProblem(refusal: OrderRefusal): HttpProblem;
  /** Its answer comes later, with `answer()`: until then it and its repeats are answered with the status `BEGUN`. */
  isBegunOnly?: boolean;
};

const PATIENT_MS = Number.POSITIVE_INFINITY;

export type OrderWriter = ReturnType<typeof createOrderWriter>;

/**
 * The one that decides on orders, together with what they hold: in one synchronous step an order changes, and the reservations of
 * its goods with it. Each goes into its own log; who asked is answered when both are durable. What a crash leaves in one log and
 * not in the other was answered to nobody, and is mended at the start (`create-order-repair.ts`).
 */
export function createOrderWriter(deps: {
  book: OrderBook;
  keys: KeyBook;
  log: CommitLog;
  session: GrantingSession;
  store: OrderStore;
  epoch: number;
  nowMs(): number;
  /** Of changes that are durable, in their order. */
  onDurable(events: readonly OrderEvent[]): void;
  onDecided(outcome: "placed" | "changed" | "refused" | "repeated"): void;
}) {
  const { book, keys, log, session, store, epoch } = deps;
  const findStored = createKeyLookup({ store, nowMs: deps.nowMs });

  async function run(command: OrderCommand): Promise<StoredAnswer> {
    const { key } = command;
    let known = key === null ? undefined : keys.get(key.scope, key.key);
    if (key !== null && known === undefined && keys.isIncomplete()) {
      const found = await findStored(key.scope, key.key);
      // Another with the same key may have come meanwhile.
      known = keys.get(key.scope, key.key) ?? found ?? undefined;
    }
    if (known !== undefined) return await repeat(known, command);
    if (command.orderId !== null && book.record(command.orderId) === undefined) {
      await remind(command.orderId);
      // While it was read another with the same key may have come.
      const again = key === null ? undefined : keys.get(key.scope, key.key);
      if (again !== undefined) return await repeat(again, command);
    }
    return await decide(command);
  }

  /** Takes an order that ended long ago back into memory. Throws `order_not_found`. */
  async function remind(orderId: string): Promise<void> {
    const stored = await store.order(orderId);
    if (stored === null) throw new HttpProblem("order_not_found", `There is no order ${orderId}.`);
    if (book.record(orderId) === undefined) book.apply(stored);
  }

  async function repeat(known: KnownKey, command: OrderCommand): Promise<StoredAnswer> {
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

  /** Decides and applies, in one step; then waits until it is durable. */
  function decide(command: OrderCommand): Promise<StoredAnswer> {
    if (log.waitingRows() + session.writer.log.waitingRows() >= MAX_WAITING_ROWS) {
      const detail = `${MAX_WAITING_ROWS} changes wait to become durable.`;
      throw new HttpProblem("reservations_busy", detail, {}, { "retry-after": "2" });
    }
    if (command.orderId !== null) settleDue(command.orderId);
    const nowMs = deps.nowMs();
    const order = command.orderId === null ? null : (book.record(command.orderId)?.order ?? null);
    const decision = command.decide(command.contextOf(nowMs), order);
    if (!decision.ok) return refuse(command, decision.refusal);
    const holds: LogEntry[] = [];
    const refusal = changeStock(decision.changes, command.availableOf, nowMs, holds);
    if (refusal !== null) return refuse(command, refusal);
    return record(command, decision, holds, order, nowMs);
  }

  /** What the changes ask of reservations, all of it or nothing. */
  function changeStock(
    changes: readonly OrderChange[],
    availableOf: AvailableOf,
    nowMs: number,
    holds: LogEntry[],
  ): ReservationRefusal | null {
    const steps = changes.flatMap((change) => change.stock);
    const context = { book: session.book, nowMs, availableOf };
    return applyStockSteps(context, steps, (event) => holds.push(session.writer.record(event)));
  }

  async function record(
    command: OrderCommand,
    decision: Extract<OrderDecision, { ok: true }>,
    holds: readonly LogEntry[],
    before: Order | null,
    nowMs: number,
  ): Promise<StoredAnswer> {
    const after = decision.changes.at(-1)?.order ?? before;
    const answer =
      decision.refusal === undefined
        ? { status: command.isBegunOnly === true ? BEGUN : command.status, text: JSON.stringify(after) }
        : problemAnswer(command.toProblem(decision.refusal));
    if (decision.changes.length === 0) {
      // It was done before; that it is durable is known when what comes now is.
      return command.key === null ? answer : await appendAnswer("answered", command.key, answer);
    }
    deps.onDecided(before === null ? "placed" : "changed");
    const isAnswerOwn = decision.refusal !== undefined;
    const keyed = command.key === null ? null : { ...command.key, status: answer.status };
    const text = isAnswerOwn ? answer.text : null;
    const entry = append(decision.changes, nowMs, keyed === null ? null : { ...keyed, text });
    remember(command.key, answer, entry);
    await durable([...holds, entry]);
    return answer;
  }

  function append(
    changes: readonly OrderChange[],
    nowMs: number,
    answer: Parameters<typeof orderRow>[2],
  ): LogEntry {
    const events = changes.map(({ kind, fulfilmentId, order }): OrderEvent => {
      const event = { ordinal: book.lastOrdinal + 1, kind, atMs: nowMs, fulfilmentId, order };
      book.apply(event);
      return event;
    });
    const last = events.length - 1;
    const rows = events.map((event, index) => orderRow(event, epoch, index === last ? answer : null).row);
    const entry = log.append(rows, book.lastOrdinal);
    log.durable(entry, PATIENT_MS)?.then(
      () => deps.onDurable(events),
      () => {},
    );
    return entry;
  }

  async function durable(entries: readonly LogEntry[]): Promise<void> {
    const { writer } = session;
    const own = entries.at(-1);
    // Each log becomes durable in its order: the last entry of each says it of all.
    const held = entries.at(-2);
    await Promise.all([
      own === undefined ? null : log.durable(own),
      held === undefined ? null : writer.log.durable(held),
    ]);
  }

  /** A refusal under a key is kept too: the same question gets the same answer. */
  async function refuse(command: OrderCommand, refusal: OrderRefusal): Promise<StoredAnswer> {
    deps.onDecided("refused");
    const answer = problemAnswer(command.toProblem(refusal));
    if (command.key === null || refusal.code === "invalid_request") return answer;
    return await appendAnswer("refused", command.key, answer);
  }

  async function appendAnswer(
    kind: "refused" | "answered",
    key: CommandKey,
    answer: StoredAnswer,
  ): Promise<StoredAnswer> {
    const ordinal = book.lastOrdinal + 1;
    book.noteOrdinal(ordinal);
    const row = plainOrderRow({ ordinal, kind, atMs: deps.nowMs() }, epoch, { ...key, ...answer });
    const entry = log.append([row], ordinal);
    remember(key, answer, entry);
    await log.durable(entry);
    return answer;
  }

  function remember(key: CommandKey | null, answer: StoredAnswer, entry: LogEntry): void {
    if (key === null) return;
    keys.set(key.scope, key.key, {
      ...answer,
      requestHash: key.requestHash,
      atMs: deps.nowMs(),
      ordinal: entry.lastOrdinal,
      subjectId: "",
      entry,
    });
  }

  /** Records what the clock has decided of an order. */
  function settleDue(orderId: string): void {
    const nowMs = deps.nowMs();
    for (;;) {
      const record = book.record(orderId);
      if (record === undefined || record.dueMs > nowMs) return;
      const decision = decideDue(
        {
          nowMs,
          actor: SYSTEM_ACTOR,
          promiseOf: () => ({ readyAt: null, keptMs: 0 }),
          newReservationId: () => "",
        },
        record.order,
      );
      if (decision === null || !decision.ok || decision.changes.length === 0) return;
      append(decision.changes, nowMs, null);
    }
  }

  return {
    run,
    /** Gives a command that was begun its answer, which every repeat of its key gets from now on. */
    answer: (key: CommandKey, answer: StoredAnswer) => appendAnswer("answered", key, answer),
    settleDue,
    /** Something that no command asked for. False when it was refused, and then nothing was changed. */
    decideNow(orderId: string, availableOf: AvailableOf, decide: (nowMs: number) => OrderDecision): boolean {
      if (book.record(orderId) === undefined) return false;
      const nowMs = deps.nowMs();
      const decision = decide(nowMs);
      if (!decision.ok || changeStock(decision.changes, availableOf, nowMs, []) !== null) return false;
      if (decision.changes.length > 0) append(decision.changes, nowMs, null);
      return true;
    },
    log,
    keys,
    book,
    session,
  };
}
