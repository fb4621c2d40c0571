import { hash } from "node:crypto";
import type { Actor } from "../../domain/orders/order-step.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { decideTask, type Work } from "../../domain/tasks/decide-task.ts";
import { lateWork } from "../../domain/tasks/late-work.ts";
import { isOverdue } from "../../domain/tasks/task-clock.ts";
import { newTask, newTaskLine, type TaskContext } from "../../domain/tasks/new-task.ts";
import { isLiveTask, type Task, type TaskAnswer, taskSchema } from "../../domain/tasks/task.ts";
import type { TaskCommand, TaskWish } from "../../domain/tasks/task-commands.ts";
import type { OrderStepWish, TaskDecision } from "../../domain/tasks/task-decision.ts";
import type { KeptAnswer } from "../commit-log/document-log.ts";
import type { OrderAnswer, OrderAsk, OrderDesk } from "../orders/order-desk.ts";
import { HttpProblem } from "../problems.ts";
import { type CommandKey, problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import type { DocumentLog } from "../commit-log/document-log.ts";
import { toTaskAnswer } from "./task-answer.ts";
import type { TaskRole, TaskSession } from "./task-role.ts";
import type { AddWords } from "./task-words.ts";

/** Who asks. `locationId` set: only for tasks of this location. */
export type TaskAsker = { actor: Actor; device: string; key: CommandKey; locationId: string | null };

/** The answer of a command, as it is kept under its key. `isRepeat`: it was given before. */
export type DeskAnswer = StoredAnswer & { isRepeat: boolean };

export type TaskDesk = ReturnType<typeof createTaskDesk>;

type OrderRefused = { step: OrderStepWish["step"]; answer: Extract<OrderAnswer, { ok: false }> };

/** Does the order's refusal mean that others were faster, and not that the command was wrong? */
function isOvertaken({ step, answer }: OrderRefused): boolean {
  // What is asked of these steps was made of the task: when the order does not know it, it has changed.
  const isOfTask = step === "pick" || step === "short" || step === "ready";
  return answer.code === "order_state" || (isOfTask && answer.code === "invalid_request");
}

/** Commands on tasks, from wherever they come. A command is answered when its change, and that of its order, are durable. */
export function createTaskDesk(deps: {
  role: TaskRole;
  log: Pick<DocumentLog, "answerTo" | "find">;
  orders: OrderDesk;
  addWords: AddWords;
  context(nowMs: number): TaskContext;
  nowMs(): number;
  /** A task ended without a word to its order: what follows it has to be made. */
  onEnded(session: TaskSession, orderId: string): void;
}) {
  const { role, orders } = deps;

  function answerOf(task: Task): TaskAnswer {
    const { orderId, fulfilmentId } = task;
    const isWaited = isLiveTask(task) && task.arrival !== null && orderId !== null && fulfilmentId !== null;
    return toTaskAnswer(task, deps.nowMs(), isWaited ? orders.vehicleOf({ orderId, fulfilmentId }) : null);
  }

  async function find(session: TaskSession, taskId: string): Promise<Task> {
    const known = session.book.find(taskId);
    if (known !== undefined) return known;
    const text = await deps.log.find(taskId);
    if (text === null) throw new HttpProblem("task_not_found", `There is no task ${taskId}.`);
    return taskSchema.parse(JSON.parse(text));
  }

  function checkPlace(locationId: string, asker: Pick<TaskAsker, "locationId">): void {
    if (asker.locationId === null || asker.locationId === locationId) return;
    throw new HttpProblem("location_not_allowed", `The key is of ${asker.locationId}, not of ${locationId}.`);
  }

  async function repeated(key: CommandKey): Promise<DeskAnswer | null> {
    const known = await deps.log.answerTo(key);
    return known === null ? null : { ...known, isRepeat: true };
  }

  /** What is asked of the order goes first: when this breaks off, the same command finds it done, and the task follows. */
  async function tellOrder(
    task: Task,
    steps: readonly OrderStepWish[],
    asker: TaskAsker,
  ): Promise<OrderRefused | null> {
    const { orderId, fulfilmentId } = task;
    if (orderId === null || fulfilmentId === null) return null;
    for (const [index, wish] of steps.entries()) {
      const { scope, key, requestHash } = asker.key;
      const own = { scope: "tasks", key: shortHash(`${scope} ${key} ${index}`), requestHash };
      const ask: OrderAsk = { actor: asker.actor, key: own, locationId: task.locationId };
      const answer = await stepOf(orders, { orderId, fulfilmentId }, wish, ask);
      const isPlain = wish.step === "sent" || wish.step === "accept";
      // That it is further than that is no reason to refuse what was done.
      if (!answer.ok && !isPlain) return { step: wish.step, answer };
    }
    return null;
  }

  async function run(session: TaskSession, taskId: string, command: TaskCommand, asker: TaskAsker) {
    const known = await repeated(asker.key);
    if (known !== null) return known;
    const task = await find(session, taskId);
    const context = deps.context(deps.nowMs());
    const caller = { ...asker, commandId: shortHash(`${asker.key.scope} ${asker.key.key}`) };
    const decision = decideTask(context, task, command, caller);
    if (!decision.ok) return await keep(session, task, decision, asker);
    const refused = await tellOrder(task, decision.order, asker);
    if (refused === null) return await keep(session, task, decision, asker);
    const { status, text } = refused.answer;
    if (!isOvertaken(refused) || !isWork(command)) return await keepText(session, asker, { status, text });
    const actor = command.actor ?? asker.actor;
    const late = lateWork(context, task, command, { ...caller, actor }, `Its order refused it: ${text}`);
    return await keep(session, task, late, asker);
  }

  async function keep(
    session: TaskSession,
    before: Task,
    decision: TaskDecision,
    asker: TaskAsker,
  ): Promise<DeskAnswer> {
    const changes = await deps.addWords(decision.changes);
    const now = changes.findLast(({ task }) => task.taskId === before.taskId)?.task ?? before;
    const answer = decision.ok
      ? { status: 200, text: JSON.stringify(answerOf(now)) }
      : problemAnswer(toProblem(decision, answerOf(now)));
    // A mistyped line is no answer to keep: the same key may come with it mended.
    if (!decision.ok && decision.refusal.code === "invalid_request") return { ...answer, isRepeat: false };
    await session.write(changes, keptAnswer(asker.key, answer));
    const isToldToOrder = decision.ok && decision.order.length > 0;
    if (now.orderId !== null && !isLiveTask(now) && !isToldToOrder) deps.onEnded(session, now.orderId);
    return { ...answer, isRepeat: false };
  }

  /** What nobody could decide is asked again, under the same key. */
  async function keepText(session: TaskSession, asker: TaskAsker, answer: StoredAnswer): Promise<DeskAnswer> {
    if (answer.status < 500) await session.write([], keptAnswer(asker.key, answer));
    return { ...answer, isRepeat: false };
  }

  return {
    answerOf,
    isOverdue: (task: Task): boolean => isOverdue(task, deps.nowMs()),
    /** One task, live or long ended. Throws `task_not_found`. */
    find: (taskId: string): Promise<Task> => find(role.session(), taskId),

    /** Those in memory that a filter lets through, what was made first first. */
    list(filter: (task: Task) => boolean, isLiveOnly: boolean): Task[] {
      const { book } = role.session();
      return [...(isLiveOnly ? book.live() : book.all())].filter(filter);
    },

    /** Does a command, or gives the first answer to its key. */
    async command(taskId: string, command: TaskCommand, asker: TaskAsker): Promise<DeskAnswer> {
      const session = role.session();
      const task = await find(session, taskId);
      checkPlace(task.locationId, asker);
      return await session.serial.run(task.orderId ?? taskId, () => run(session, taskId, command, asker));
    },

    /** A task that somebody asks for, or the one that is open for the same units. */
    async ask(wish: TaskWish, asker: TaskAsker): Promise<DeskAnswer> {
      const session = role.session();
      checkPlace(wish.locationId, asker);
      const epcs = wish.epcs.map(identityOf).toSorted();
      const gtin = gtinFromNumber(Number(wish.gtin));
      const subject = `${wish.locationId}/${wish.kind}/${gtin}/${epcs.join(",")}`;
      return await session.serial.run(subject, async () => {
        const known = await repeated(asker.key);
        if (known !== null) return known;
        const open = [...session.book.live()].find((task) => task.cause.startsWith(`${subject}/`));
        if (open !== undefined) {
          return await keepText(session, asker, { status: 200, text: JSON.stringify(answerOf(open)) });
        }
        const quantity = wish.quantity ?? Math.max(1, epcs.length);
        const context = deps.context(deps.nowMs());
        const task = newTask(context, {
          kind: wish.kind,
          cause: `${subject}/${asker.key.scope} ${asker.key.key}`,
          locationId: wish.locationId,
          lines: [newTaskLine({ lineId: "1", gtin, quantity, epcs })],
          notes: wish.note === undefined ? [] : [commentOf(context.nowMs, asker.actor, wish.note)],
        });
        const changes = await deps.addWords([{ kind: "created", task }]);
        const made = changes.at(-1)?.task ?? task;
        const answer = { status: 201, text: JSON.stringify(answerOf(made)) };
        await session.write(changes, keptAnswer(asker.key, answer));
        return { ...answer, isRepeat: false };
      });
    },
  };
}

function stepOf(
  orders: OrderDesk,
  at: { orderId: string; fulfilmentId: string },
  { step, body }: OrderStepWish,
  ask: OrderAsk,
): Promise<OrderAnswer> {
  switch (step) {
    case "sent":
      return orders.sent(at, body, ask);
    case "accept":
      return orders.accept(at, body, ask);
    case "pick":
      return orders.pick(at, body, ask);
    case "ready":
      return orders.ready(at, body, ask);
    case "short":
      return orders.short(at, body, ask);
    case "collect":
      return orders.collect(at, body, ask);
    case "ship":
      return orders.ship(at, body, ask);
    default:
      return step satisfies never;
  }
}

function isWork(command: TaskCommand): command is Work {
  return command.command === "progress" || command.command === "done" || command.command === "short";
}

function toProblem({ refusal }: Extract<TaskDecision, { ok: false }>, task: TaskAnswer): HttpProblem {
  const { code, detail } = refusal;
  if (code === "task_state")
    return new HttpProblem(code, detail, { state: task.state, owner: task.owner, task });
  if (code === "wrong_item") return new HttpProblem(code, detail, { epc: refusal.epc });
  return new HttpProblem(code, detail);
}

function keptAnswer(key: CommandKey, { status, text }: StoredAnswer): KeptAnswer {
  return { ...key, status, text };
}

function shortHash(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 22);
}

/** The id of the task of a cause, which has no other. */
export function taskIdOf(cause: string): string {
  return `t-${shortHash(cause)}`;
}

/** Throws `invalid_epc`. */
function identityOf(text: string): string {
  const parsed = parseEpcText(text);
  if (!parsed.ok) throw new HttpProblem("invalid_epc", `${text}: ${parsed.detail}`);
  return identityOfEpc(parsed.value);
}

function commentOf(nowMs: number, actor: Actor, text: string) {
  const at = new Date(nowMs).toISOString();
  return { kind: "comment" as const, at, occurredAt: at, actor, text, isSettled: true, followUp: null };
}
