import type { Logger } from "pino";
import type { Order } from "../../domain/orders/order.ts";
import type { TaskContext } from "../../domain/tasks/new-task.ts";
import type { Task } from "../../domain/tasks/task.ts";
import { tasksOfOrder } from "../../domain/tasks/tasks-of-order.ts";
import { pause } from "../../sql/pause.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { KEEP_ENDED_MS, type TaskRole, type TaskSession } from "./task-role.ts";
import type { TaskStore } from "./task-store.ts";
import type { AddWords } from "./task-words.ts";

const RETRY_MS = 1_000;
const MOST_ORDERS = 1_000_000;

/**
 * Makes the tasks that orders ask for, and ends those that they do not want any more: at each of their changes, and of all orders
 * once when this server begins, so that what a stop cut off is made up for. Made again of the same order, nothing changes. The end
 * of a task whose work the order knew already changes no order: it is told here (`ended`).
 */
export function followOrders(deps: {
  role: TaskRole;
  orders: OrderDesk;
  store: Pick<TaskStore, "ofOrder">;
  addWords: AddWords;
  context(nowMs: number): TaskContext;
  logger: Logger;
  nowMs(): number;
}): { ended(session: TaskSession, orderId: string): void } {
  const { role, orders, logger } = deps;

  /** What ended long ago is not in memory: an order of that age is asked for. */
  async function tasksOf(session: TaskSession, order: Order): Promise<Task[]> {
    const known = session.book.ofOrder(order.orderId);
    if (Date.parse(order.placedAt) > deps.nowMs() - KEEP_ENDED_MS / 2) return known;
    const stored = await deps.store.ofOrder(order.orderId);
    return stored.map((task) => session.book.find(task.taskId) ?? task);
  }

  async function follow(session: TaskSession, order: Order): Promise<void> {
    await session.serial.run(order.orderId, async () => {
      do {
        try {
          const tasks = await tasksOf(session, order);
          const changes = tasksOfOrder(deps.context(deps.nowMs()), order, tasks);
          if (changes.length > 0) await session.write(await deps.addWords(changes), null);
          return;
        } catch (error) {
          if (session.signal.aborted) return;
          logger.error(
            { err: error, orderId: order.orderId },
            "tasks of an order are not made yet; tried again",
          );
        }
      } while (await pause(RETRY_MS, session.signal));
    });
  }

  /** Orders as they are now, then those that only their tasks remember. */
  async function catchUp(session: TaskSession): Promise<void> {
    const listed = orders.list(() => true, Number.POSITIVE_INFINITY, MOST_ORDERS);
    for (const { order } of listed) await follow(session, order);
    const known = new Set(listed.map(({ order }) => order.orderId));
    const others = new Set<string>();
    for (const { orderId } of session.book.live()) {
      if (orderId !== null && !known.has(orderId)) others.add(orderId);
    }
    for (const orderId of others) {
      const order = await orders.find(orderId);
      if (order !== null) await follow(session, order);
    }
  }

  orders.onChanged((events) => {
    const session = role.current();
    if (session === null) return;
    for (const { order } of events) void follow(session, order);
  });

  role.onSession(async (session) => {
    for (;;) {
      try {
        await catchUp(session);
        return;
      } catch (error) {
        // Orders are loaded in the same turn, and may need longer.
        if (!session.signal.aborted) logger.debug({ err: error }, "orders are not there yet");
      }
      if (!(await pause(RETRY_MS / 4, session.signal))) return;
    }
  });

  return {
    ended(session, orderId): void {
      orders.find(orderId).then(
        (order) => (order === null ? undefined : follow(session, order)),
        (error: unknown) => logger.warn({ err: error, orderId }, "what follows an ended task is made later"),
      );
    },
  };
}
