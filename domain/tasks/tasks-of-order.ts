import type { Fulfilment, Order, OrderLine } from "../orders/order.ts";
import { linesOf, openUnitsOf } from "../orders/order-units.ts";
import { changedTask, endedTask, newTask, newTaskLine, type TaskContext } from "./new-task.ts";
import { isLiveTask, openUnits, type Task, type TaskKind, type TaskLine } from "./task.ts";
import type { TaskChange } from "./task-event.ts";
import { unitsToReturn } from "./units-to-return.ts";

/** Statuses in which what a task was for has been done, by whomever. */
const DONE_BY: Partial<Record<TaskKind, readonly Fulfilment["status"][]>> = {
  pick: ["ready", "arrived", "collected", "shipped", "delivered", "returned"],
  stage: ["ready", "arrived", "collected", "shipped", "delivered", "returned"],
  hand_over: ["collected", "shipped", "delivered", "returned"],
  curbside_arrival: ["collected", "returned"],
};

/**
 * What an order's change asks of its tasks: those that are wanted now and are not there are made, those that are not wanted any
 * more end, the others follow its lines. `tasks` are all that were ever made of the order, in the order of their making. Asking
 * again, with the same order or after a restart, changes nothing.
 */
export function tasksOfOrder(context: TaskContext, order: Order, tasks: readonly Task[]): TaskChange[] {
  return order.fulfilments.flatMap((fulfilment) => {
    if (fulfilment.method === "carry_out") return [];
    const own = tasks.filter((task) => task.cause.startsWith(`${causeOf(order, fulfilment)}/`));
    return tasksOfFulfilment(context, order, fulfilment, own);
  });
}

function causeOf(order: Order, { fulfilmentId }: Fulfilment): string {
  return `${order.orderId}/${fulfilmentId}`;
}

function tasksOfFulfilment(
  context: TaskContext,
  order: Order,
  fulfilment: Fulfilment,
  own: readonly Task[],
): TaskChange[] {
  const work = own.filter((task) => task.kind !== "return_to_shelf");
  const live = work.find(isLiveTask);
  // Its outcome will say.
  if (fulfilment.handOver !== null) return [];
  const { isUsed, staging } = context.settingsOf(fulfilment.locationId);
  if (live === undefined && own.length === 0 && !isUsed) return [];
  const kind = wantedKind(order, fulfilment, live?.kind ?? null, staging === "separate");
  const changes: TaskChange[] = [];
  if (live !== undefined && live.kind === kind) {
    const followed = followLines(context, order, fulfilment, live);
    if (followed !== null) changes.push({ kind: "changed", task: followed });
  } else if (live !== undefined) {
    changes.push(end(context, fulfilment, live));
  }
  const back = unitsToReturn(order, fulfilment, own);
  if (back.length > 0) {
    const task = make(context, order, fulfilment, own, {
      kind: "return_to_shelf",
      lines: back,
      place: placeOf(own),
    });
    changes.push({ kind: "created", task });
  }
  if (kind !== null && kind !== live?.kind && isUsed) {
    const lines = linesOf(order, fulfilment.fulfilmentId).flatMap((line) => {
      const quantity = openUnitsOf(line);
      return quantity > 0 ? [lineFor(kind, line, quantity)] : [];
    });
    const task = make(context, order, fulfilment, own, { kind, lines, place: placeOf(own) });
    changes.push({ kind: "created", task });
  }
  return changes;
}

/** What has to be done for a fulfilment next; null for nothing. Picking ends when somebody says so, not with the last unit. */
function wantedKind(
  order: Order,
  fulfilment: Fulfilment,
  live: TaskKind | null,
  isStaged: boolean,
): TaskKind | null {
  const lines = linesOf(order, fulfilment.fulfilmentId);
  if (lines.every((line) => openUnitsOf(line) <= 0)) return null;
  switch (fulfilment.status) {
    case "allocated":
    case "sent_to_store":
    case "accepted":
    case "picking": {
      if (live === "pick" || lines.some((line) => line.picked < openUnitsOf(line))) return "pick";
      return isStaged || live === "stage" ? "stage" : null;
    }
    case "ready":
      return "hand_over";
    case "arrived":
      return "curbside_arrival";
    case "shipped":
    case "collected":
    case "delivered":
    case "short":
    case "cancelled":
    case "no_show":
    case "returned":
      return null;
    default:
      return fulfilment.status satisfies never;
  }
}

function lineFor(kind: TaskKind, line: OrderLine, quantity: number): TaskLine {
  const isPick = kind === "pick";
  return newTaskLine({
    lineId: line.lineId,
    gtin: line.gtin,
    quantity,
    cancelled: line.cancelled,
    done: isPick ? Math.min(line.picked, quantity) : 0,
    epcs: isPick ? [] : [...line.epcs],
    doneEpcs: isPick ? [...line.epcs] : [],
  });
}

function make(
  context: TaskContext,
  order: Order,
  fulfilment: Fulfilment,
  own: readonly Task[],
  facts: { kind: TaskKind; lines: TaskLine[]; place: string | null },
): Task {
  const number = own.filter((task) => task.kind === facts.kind).length + 1;
  return newTask(context, {
    ...facts,
    cause: `${causeOf(order, fulfilment)}/${facts.kind}/${number}`,
    locationId: fulfilment.locationId,
    orderId: order.orderId,
    fulfilmentId: fulfilment.fulfilmentId,
    method: fulfilment.method,
    channel: order.channel,
    arrival: fulfilment.arrival,
    promisedReadyAt: fulfilment.promisedReadyAt,
  });
}

/** Where the goods were laid last. */
function placeOf(own: readonly Task[]): string | null {
  return own.findLast((task) => task.place !== null)?.place ?? null;
}

/** Of a live task that is still wanted: as many units as are open, those that were picked, and the customer's arrival. */
function followLines(context: TaskContext, order: Order, fulfilment: Fulfilment, task: Task): Task | null {
  const ordered = linesOf(order, fulfilment.fulfilmentId);
  const known = new Map(task.lines.map((line) => [line.lineId, line]));
  const lines = ordered.flatMap((line): TaskLine[] => {
    const mine = known.get(line.lineId);
    const open = openUnitsOf(line);
    if (mine === undefined) return open > 0 ? [lineFor(task.kind, line, open)] : [];
    const isPick = task.kind === "pick";
    // What is short or was handed over by this task stays visible on it.
    const quantity = isPick ? open + mine.short : open + mine.done + mine.short;
    const done = isPick ? line.picked : mine.done;
    const doneEpcs = isPick ? line.epcs : mine.doneEpcs;
    return [{ ...mine, quantity, done, cancelled: line.cancelled, doneEpcs: [...doneEpcs] }];
  });
  const { arrival } = fulfilment;
  const isSame = JSON.stringify([lines, arrival]) === JSON.stringify([task.lines, task.arrival]);
  if (isSame) return null;
  return changedTask(task, context.nowMs, { lines, arrival, ...sooner(context, task, arrival) });
}

/** A customer who is there already makes what is left to do for them urgent. */
function sooner(context: TaskContext, task: Task, arrival: Fulfilment["arrival"]): Partial<Task> {
  if (arrival === null || task.arrival !== null) return {};
  const { dueMinutes } = context.settingsOf(task.locationId).clocks.curbside_arrival;
  if (dueMinutes === null) return {};
  const due = Date.parse(arrival.at) + dueMinutes * 60_000;
  if (task.dueAt !== null && Date.parse(task.dueAt) <= due) return {};
  return { dueAt: new Date(due).toISOString() };
}

/** A live task that is not wanted any more: done by others, gone with its units, or taken over by another kind of task. */
function end(context: TaskContext, fulfilment: Fulfilment, task: Task): TaskChange {
  const { status } = fulfilment;
  const isDone = DONE_BY[task.kind]?.includes(status) === true || isAllDone(task);
  const kind = isDone ? "done" : status === "short" ? "short" : "cancelled";
  return { kind, task: endedTask(task, context.nowMs, kind, { endCause: status }) };
}

function isAllDone(task: Task): boolean {
  return task.lines.some((line) => line.done > 0) && task.lines.every((line) => openUnits(line) === 0);
}
