import type { Logger } from "pino";
import { isWaiting, TaskBook } from "../../domain/tasks/task-book.ts";
import { isLiveTask, taskSchema } from "../../domain/tasks/task.ts";
import type { TaskChange } from "../../domain/tasks/task-event.ts";
import { pause } from "../../sql/pause.ts";
import type { DocumentChange, DocumentLog, KeptAnswer } from "../commit-log/document-log.ts";
import { notTheWriter } from "../commit-log/commit-log.ts";
import type { WriterTurn } from "../commit-log/writer-turn.ts";
import { HttpProblem } from "../problems.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import { createSerial, type Serial } from "../commit-log/serial.ts";

/** Tasks that ended are kept in memory for so long; those of orders placed before are looked up. */
export const KEEP_ENDED_MS = 48 * 3_600_000;
const FORGET_EVERY_MS = 60_000;
const RETRY_MS = 1_000;

/**
 * As long as this server is the one writer of tasks. `write` makes changes and the answer to a command durable in one commit, and
 * puts them into the book then and not before: whoever reads it is told of nothing that could be lost. Who decides about a task
 * does it in `serial`, under the name of its order, else its own.
 */
export type TaskSession = {
  book: TaskBook;
  serial: Serial;
  signal: AbortSignal;
  write(changes: readonly TaskChange[], answer: KeptAnswer | null): Promise<void>;
};

export type TaskRole = ReturnType<typeof createTaskRole>;

/** Holds the book of tasks on the server that grants reservations, and writes it in the same turn. */
export function createTaskRole(deps: {
  log: DocumentLog;
  role: Pick<ReservationRole, "mode" | "onTurn">;
  logger: Logger;
  nowMs(): number;
  /** What has to be known before tasks are. */
  prepare(): Promise<void>;
}) {
  const { log, logger } = deps;
  let session: TaskSession | null = null;
  let running: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  const starters: ((session: TaskSession) => Promise<void>)[] = [];
  const listeners: ((changes: readonly TaskChange[]) => void)[] = [];

  async function write(
    book: TaskBook,
    changes: readonly TaskChange[],
    answer: KeptAnswer | null,
  ): Promise<void> {
    if (changes.length === 0 && answer === null) return;
    const rows = changes.map((change): DocumentChange => documentOf(change));
    const last = rows.at(-1);
    if (last !== undefined) last.answer = answer;
    else rows.push({ kind: "refused", documentId: "", originId: "", isOpen: false, document: null, answer });
    await log.writeAll(rows);
    for (const { task } of changes) book.apply(task);
    if (changes.length > 0) for (const listener of listeners) listener(changes);
  }

  /** Until the turn ends, or the server stops. */
  async function take(turn: WriterTurn): Promise<void> {
    const signal = AbortSignal.any([turn.ended, stopping.signal]);
    do {
      try {
        await deps.prepare();
        const book = new TaskBook();
        for (const text of await log.begin(turn)) book.apply(taskSchema.parse(JSON.parse(text)));
        if (signal.aborted) return;
        await serve({ book, serial: createSerial(), signal, write: (...change) => write(book, ...change) });
      } catch (error) {
        logger.error({ err: error }, "tasks could not be loaded from ClickHouse; tried again soon");
      }
    } while (await pause(RETRY_MS, signal));
  }

  async function serve(mine: TaskSession): Promise<void> {
    session = mine;
    logger.info({ tasks: mine.book.size }, "This server writes tasks");
    const work = Promise.all(starters.map((starter) => starter(mine)));
    while (await pause(FORGET_EVERY_MS, mine.signal)) {
      mine.book.forgetEndedBefore(deps.nowMs() - KEEP_ENDED_MS);
    }
    session = null;
    await work;
    await mine.serial.idle();
  }

  deps.role.onTurn((turn) => {
    running = running.then(() => take(turn));
  });

  return {
    /** Throws `not_the_writer` where another server writes, `not_ready` while tasks are being loaded. */
    session(): TaskSession {
      if (session !== null) return session;
      if (deps.role.mode() === "standby") throw notTheWriter();
      throw new HttpProblem("not_ready", "Tasks are being loaded.", {}, { "retry-after": "2" });
    },
    /** Null unless this server writes tasks. */
    current: (): TaskSession | null => session,
    /** Work that goes on as long as the session does: it has to end soon after its signal, and never to reject. */
    onSession(starter: (session: TaskSession) => Promise<void>): void {
      starters.push(starter);
    },
    /** Called with changes that are durable, in their order. */
    onChanged(listener: (changes: readonly TaskChange[]) => void): void {
      listeners.push(listener);
    },
    /** Lets what was begun become durable. */
    async stop(): Promise<void> {
      stopping.abort();
      await running;
      await log.stop();
    },
  };
}

function documentOf({ kind, task }: TaskChange): DocumentChange {
  return {
    kind,
    documentId: task.taskId,
    originId: task.orderId ?? "",
    isOpen: isLiveTask(task) || isWaiting(task),
    document: task,
    answer: null,
  };
}
