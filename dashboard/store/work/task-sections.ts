import { isLiveTask } from "../../../domain/tasks/task.ts";
import type { Actor } from "../../../domain/orders/order-step.ts";
import type { BoardTask } from "./project-tasks.ts";

/** The parts of the list of work, each most urgent first. A task stands in one of them. */
export type TaskSections = {
  /** Customers who wait outside, who came first first. */
  waiting: BoardTask[];
  mine: BoardTask[];
  toAccept: BoardTask[];
  /** Lies ready; the customer comes when they like. */
  ready: BoardTask[];
  others: BoardTask[];
  /** Work that came too late to count: somebody has to look. */
  toSettle: BoardTask[];
  /** Done here, and the server does not know yet. */
  sending: BoardTask[];
};

export function taskSections(tasks: readonly BoardTask[], self: Actor): TaskSections {
  const sections: TaskSections = {
    waiting: [],
    mine: [],
    toAccept: [],
    ready: [],
    others: [],
    toSettle: [],
    sending: [],
  };
  for (const one of tasks) sectionOf(sections, one, self)?.push(one);
  for (const section of Object.values(sections)) section.sort(byUrgency);
  sections.waiting.sort((one, other) => arrivedMs(one) - arrivedMs(other));
  return sections;
}

function sectionOf(sections: TaskSections, board: BoardTask, self: Actor): BoardTask[] | null {
  const { task } = board;
  if (!isLiveTask(task)) {
    if (task.needsPerson) return sections.toSettle;
    return board.waiting > 0 || board.refused.length > 0 ? sections.sending : null;
  }
  if (task.arrival !== null) return sections.waiting;
  if (task.owner !== null) return isSame(task.owner, self) ? sections.mine : sections.others;
  return task.kind === "hand_over" && task.dueAt === null ? sections.ready : sections.toAccept;
}

export function isSame(one: Actor, other: Actor): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** Escalated before others, then what is due first, then what was asked for first. */
function byUrgency({ task: one }: BoardTask, { task: other }: BoardTask): number {
  return (
    other.escalation - one.escalation ||
    dueMs(one.dueAt) - dueMs(other.dueAt) ||
    Date.parse(one.createdAt) - Date.parse(other.createdAt) ||
    one.taskId.localeCompare(other.taskId)
  );
}

/** What nothing presses comes last; a number, so that two of them are equal. */
function dueMs(dueAt: string | null): number {
  return dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt);
}

function arrivedMs({ task }: BoardTask): number {
  return task.arrival === null ? 0 : Date.parse(task.arrival.at);
}
