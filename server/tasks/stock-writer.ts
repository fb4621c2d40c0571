import type { Logger } from "pino";
import { changedTask } from "../../domain/tasks/new-task.ts";
import { stockEventOf } from "../../domain/tasks/stock-writes.ts";
import type { StockWrite, Task } from "../../domain/tasks/task.ts";
import { pause } from "../../sql/pause.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import type { TaskRole, TaskSession } from "./task-role.ts";

/** The source of stock events that tasks write, as the ledger names it. */
const SOURCE = "tasks";
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/**
 * Publishes what short picks and checks say of stock, until the ledger has answered: each with its own id, so that it counts once
 * however often it is sent. What is pending is kept with its task, over restarts too.
 */
export function writeStock(deps: {
  role: TaskRole;
  publishEvent: PublishEvent;
  logger: Logger;
  nowMs(): number;
}): void {
  const { role, logger } = deps;
  const busy = new Set<string>();

  async function publish(session: TaskSession, task: Task, write: StockWrite): Promise<void> {
    if (busy.has(write.eventId)) return;
    busy.add(write.eventId);
    try {
      const event = stockEventOf(task, write);
      for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(2 * delayMs, LAST_RETRY_MS)) {
        const receipt = await deps.publishEvent({
          kind: "stock",
          locationId: task.locationId,
          source: SOURCE,
          event,
        });
        if (receipt.ok) {
          const { status, code, detail } = receipt.value;
          const outcome = status === "rejected" ? `${code ?? ""} ${detail ?? ""}`.trim() : null;
          return await note(session, task.taskId, write.eventId, outcome);
        }
        logger.warn(
          { taskId: task.taskId, reason: receipt.detail },
          "stock of a short pick is not written yet",
        );
        if (!(await pause(delayMs, session.signal))) return;
      }
    } catch (error) {
      // At the next start it is found again.
      if (!session.signal.aborted)
        logger.error({ err: error, taskId: task.taskId }, "stock of a short pick is not noted");
    } finally {
      busy.delete(write.eventId);
    }
  }

  async function note(
    session: TaskSession,
    taskId: string,
    eventId: string,
    refusal: string | null,
  ): Promise<void> {
    const found = session.book.find(taskId);
    await session.serial.run(found?.orderId ?? taskId, async () => {
      const task = session.book.find(taskId);
      if (task === undefined) return;
      const stockWrites = task.stockWrites.map((write): StockWrite => {
        if (write.eventId !== eventId) return write;
        return { ...write, status: refusal === null ? "recorded" : "rejected", detail: refusal ?? "" };
      });
      const changed = changedTask(task, deps.nowMs(), { stockWrites });
      await session.write([{ kind: "stock_written", task: changed }], null);
    });
    if (refusal !== null) {
      logger.error(
        { taskId, eventId, refusal },
        "the ledger refused what a short pick says of stock: adjust it by hand",
      );
    }
  }

  function publishAll(session: TaskSession, task: Task): void {
    for (const write of task.stockWrites) if (write.status === "pending") void publish(session, task, write);
  }

  role.onChanged((changes) => {
    const session = role.current();
    if (session === null) return;
    for (const { task } of changes) publishAll(session, task);
  });
  role.onSession(async (session) => {
    for (const task of session.book.all()) publishAll(session, task);
  });
}
