import type { TFunction } from "i18next";
import type { SHORT_REASONS, TaskAnswer, TaskKind } from "../../../domain/tasks/task.ts";
import type { Actor } from "../../../domain/orders/order-step.ts";
import type { FulfilmentMethod } from "../../../domain/orders/order.ts";

export const kindWords = (t: TFunction): Record<TaskKind, string> => ({
  pick: t("Pick"),
  stage: t("Lay ready"),
  hand_over: t("Hand over"),
  curbside_arrival: t("Customer waits"),
  return_to_shelf: t("Back to the shelf"),
  check_ghost: t("Look if it is there"),
});

/** What counting one unit by hand is called. */
export const oneWords = (t: TFunction): Record<TaskKind, string> => ({
  pick: t("Found one"),
  stage: t("Laid one"),
  hand_over: t("Checked one"),
  curbside_arrival: t("Checked one"),
  return_to_shelf: t("Put one back"),
  check_ghost: t("Found one"),
});

const methodWords = (t: TFunction): Record<FulfilmentMethod, string> => ({
  carry_out: t("carried out"),
  pickup: t("pickup"),
  curbside: t("curbside"),
  ship_from_store: t("parcel"),
  ship_from_warehouse: t("parcel"),
  delivery: t("delivery"),
});

export const shortReasonWords = (t: TFunction): Record<(typeof SHORT_REASONS)[number], string> => ({
  not_found: t("Not found"),
  damaged: t("Damaged"),
  sold_in_store: t("Just sold here"),
});

export const isParcel = ({ method }: Pick<TaskAnswer, "method">): boolean =>
  method === "ship_from_store" || method === "ship_from_warehouse" || method === "delivery";

export function unitsText(t: TFunction, count: number): string {
  return t("{{count}} units", { count });
}

/** Whose it is, as others read it. */
export function ownerText(t: TFunction, owner: Actor | null): string {
  return owner === null ? t("nobody yet") : owner.id;
}

/** What can be read out of a task in one line: `3 units · order 1017 · pickup`. */
export function taskLineText(t: TFunction, task: TaskAnswer): string {
  const units = task.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const parts = [unitsText(t, units)];
  if (task.orderId !== null) parts.push(t("order {{orderId}}", { orderId: task.orderId }));
  if (task.method !== null) parts.push(methodWords(t)[task.method]);
  return parts.join(" · ");
}

/** Where the customer waits: a number is that of a bay, anything else stands for itself. */
export function bayText(t: TFunction, bay: string | null): string {
  if (bay === null) return t("Place not named");
  return /^\d+$/.test(bay) ? t("Bay {{bay}}", { bay }) : bay;
}
