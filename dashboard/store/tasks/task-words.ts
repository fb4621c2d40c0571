import type { SHORT_REASONS, TaskAnswer, TaskKind } from "../../../domain/tasks/task.ts";
import type { Actor } from "../../../domain/orders/order-step.ts";
import type { FulfilmentMethod } from "../../../domain/orders/order.ts";

export const KIND_WORDS: Record<TaskKind, string> = {
  pick: "Pick",
  stage: "Lay ready",
  hand_over: "Hand over",
  curbside_arrival: "Customer waits",
  return_to_shelf: "Back to the shelf",
  check_ghost: "Look if it is there",
};

/** What counting one unit by hand is called. */
export const ONE_WORDS: Record<TaskKind, string> = {
  pick: "Found one",
  stage: "Laid one",
  hand_over: "Checked one",
  curbside_arrival: "Checked one",
  return_to_shelf: "Put one back",
  check_ghost: "Found one",
};

export const METHOD_WORDS: Record<FulfilmentMethod, string> = {
  carry_out: "carried out",
  pickup: "pickup",
  curbside: "curbside",
  ship_from_store: "parcel",
  ship_from_warehouse: "parcel",
  delivery: "delivery",
};

export const REASON_WORDS: Record<(typeof SHORT_REASONS)[number], string> = {
  not_found: "Not found",
  damaged: "Damaged",
  sold_in_store: "Just sold here",
};

export const isParcel = ({ method }: Pick<TaskAnswer, "method">): boolean =>
  method === "ship_from_store" || method === "ship_from_warehouse" || method === "delivery";

export function unitsText(count: number): string {
  return count === 1 ? "1 unit" : `${count} units`;
}

/** Whose it is, as others read it. */
export function ownerText(owner: Actor | null): string {
  return owner === null ? "nobody yet" : owner.id;
}

/** What can be read out of a task in one line: `3 units · order 1017 · pickup`. */
export function taskLineText(task: TaskAnswer): string {
  const units = task.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const parts = [unitsText(units)];
  if (task.orderId !== null) parts.push(`order ${task.orderId}`);
  if (task.method !== null) parts.push(METHOD_WORDS[task.method]);
  return parts.join(" · ");
}

/** Where the customer waits: a number is that of a bay, anything else stands for itself. */
export function bayText(bay: string | null): string {
  if (bay === null) return "Place not named";
  return /^\d+$/.test(bay) ? `Bay ${bay}` : bay;
}
