import type { Actor } from "../orders/order-step.ts";
import type { Work } from "./decide-task.ts";
import { openUnits, type Task } from "./task.ts";
import type { OrderStepWish } from "./task-decision.ts";
import type { TaskSettings } from "./task-settings.ts";
import type { LineUnits } from "./units-of-command.ts";

/** What work on a task means for its order, in the order in which it has to be told. */
export function orderStepsOf(work: {
  before: Task;
  after: Task;
  command: Work;
  units: readonly LineUnits[];
  actor: Actor;
  occurredAt: string;
  staging: TaskSettings["staging"];
}): OrderStepWish[] {
  const { before, after, command, actor, occurredAt } = work;
  if (before.orderId === null || before.kind === "return_to_shelf" || before.kind === "check_ghost")
    return [];
  const { note } = command;
  const base = { actor, occurredAt, ...(note === undefined ? {} : { note }) };
  const lines = work.units.map(({ line, quantity, epcs }) => ({
    lineId: line.lineId,
    quantity,
    ...(epcs.length === 0 ? {} : { epcs }),
  }));
  if (command.command === "short") {
    const { reason: cause } = command;
    const plain = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
    return [{ step: "short", body: { ...base, lines: plain, cause } }, ...readyAfterShort(work, base)];
  }
  switch (before.kind) {
    case "pick": {
      const pick: OrderStepWish[] = lines.length === 0 ? [] : [{ step: "pick", body: { ...base, lines } }];
      const isReady = after.state === "done" && work.staging === "with_pick";
      return isReady ? [...pick, { step: "ready", body: base }] : pick;
    }
    case "stage":
      return after.state === "done" ? [{ step: "ready", body: base }] : [];
    case "hand_over":
    case "curbside_arrival":
      return command.command === "done" ? [handOver(before, command, lines, base)] : [];
    default:
      return before.kind satisfies never;
  }
}

type Base = { actor: Actor; occurredAt: string; note?: string };

/** Where picking makes ready, what was picked before the rest was short lies ready now. */
function readyAfterShort(work: { before: Task; after: Task; staging: string }, base: Base): OrderStepWish[] {
  const isLast = work.after.state === "done" && work.after.lines.every((line) => openUnits(line) === 0);
  const isPick = work.before.kind === "pick" && work.staging === "with_pick";
  return isLast && (isPick || work.before.kind === "stage") ? [{ step: "ready", body: base }] : [];
}

function handOver(
  task: Task,
  command: Extract<Work, { command: "done" }>,
  lines: { lineId: string; quantity: number; epcs?: string[] }[],
  base: Base,
): OrderStepWish {
  const { code, staffChecked, carrier, trackingNumber } = command;
  const isParcel = task.method !== "pickup" && task.method !== "curbside";
  if (isParcel) {
    const sent = {
      ...(carrier === undefined ? {} : { carrier }),
      ...(trackingNumber === undefined ? {} : { trackingNumber }),
    };
    return { step: "ship", body: { ...base, lines, ...sent } };
  }
  return { step: "collect", body: { ...base, lines, staffChecked, ...(code === undefined ? {} : { code }) } };
}
