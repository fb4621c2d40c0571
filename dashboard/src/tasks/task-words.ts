import type { TFunction } from "i18next";
import type { TaskKind, TaskState } from "../../../domain/tasks/task.ts";
import type { Tone } from "../ui/badge.tsx";
import type { IconName } from "../ui/icon.tsx";

/** What staff are asked to do. */
export function taskKindWords(t: TFunction, kind: TaskKind): string {
  switch (kind) {
    case "pick":
      return t("Pick");
    case "stage":
      return t("Lay ready");
    case "hand_over":
      return t("Hand over");
    case "curbside_arrival":
      return t("Customer at the curb");
    case "return_to_shelf":
      return t("Back to the shelf");
    case "check_ghost":
      return t("Look whether it is there");
    default:
      return kind satisfies never;
  }
}

export function taskStateWords(t: TFunction, state: TaskState): string {
  switch (state) {
    case "open":
      return t("Open");
    case "accepted":
      return t("Taken up");
    case "done":
      return t("Done");
    case "short":
      return t("Not found");
    case "cancelled":
      return t("Not wanted any more");
    default:
      return state satisfies never;
  }
}

export const TASK_STATE_LOOKS: Record<TaskState, { tone: Tone; icon: IconName }> = {
  open: { tone: "warn", icon: "hold" },
  accepted: { tone: "accent", icon: "count" },
  done: { tone: "good", icon: "check" },
  short: { tone: "bad", icon: "empty" },
  cancelled: { tone: "calm", icon: "block" },
};
