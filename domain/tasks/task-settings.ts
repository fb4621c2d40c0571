import { z } from "zod";
import type { TaskKind } from "./task.ts";

const minutes = z.number().int().min(0).max(43_200);

/**
 * The clock of one kind of task, in minutes from when it starts. Due: after `dueMinutes`, unless an order was promised for
 * another time; null for when nothing presses. Reminders, while nobody has taken it: after `remindAfterMinutes`, then every
 * `remindEveryMinutes`; of one that somebody has taken, once it is overdue. Escalated when nobody has taken it after
 * `escalateAfterMinutes` or it is overdue, and once more `escalateAgainMinutes` later.
 */
function clockSchema(defaults: {
  due: number | null;
  remindAfter: number;
  remindEvery: number;
  escalateAfter: number;
  escalateAgain: number;
}) {
  return z
    .object({
      dueMinutes: minutes.nullable().default(defaults.due),
      remindAfterMinutes: minutes.default(defaults.remindAfter),
      remindEveryMinutes: minutes.min(1).default(defaults.remindEvery),
      escalateAfterMinutes: minutes.default(defaults.escalateAfter),
      escalateAgainMinutes: minutes.default(defaults.escalateAgain),
    })
    .prefault({});
}

/**
 * How a location works. `isUsed` false: no tasks are made of its orders. `staging`: laying goods ready is a task of its own, or is
 * done when they are picked. A customer in front of the store does not wait for opening hours; all else does.
 */
export const taskSettingsSchema = z.object({
  isUsed: z.boolean().default(true),
  staging: z.enum(["separate", "with_pick"]).default("separate"),
  maxReminders: z.number().int().min(0).max(100).default(3),
  clocks: z
    .object({
      pick: clockSchema({ due: 60, remindAfter: 5, remindEvery: 10, escalateAfter: 15, escalateAgain: 30 }),
      stage: clockSchema({ due: 30, remindAfter: 10, remindEvery: 10, escalateAfter: 20, escalateAgain: 30 }),
      /** Of parcels; a customer who collects in the store comes when they like. */
      hand_over: clockSchema({
        due: 240,
        remindAfter: 120,
        remindEvery: 60,
        escalateAfter: 240,
        escalateAgain: 240,
      }),
      curbside_arrival: clockSchema({
        due: 5,
        remindAfter: 1,
        remindEvery: 1,
        escalateAfter: 3,
        escalateAgain: 5,
      }),
      return_to_shelf: clockSchema({
        due: 240,
        remindAfter: 60,
        remindEvery: 120,
        escalateAfter: 480,
        escalateAgain: 480,
      }),
      check_ghost: clockSchema({
        due: 1_440,
        remindAfter: 240,
        remindEvery: 480,
        escalateAfter: 1_440,
        escalateAgain: 1_440,
      }),
    } satisfies Record<TaskKind, unknown>)
    .prefault({}),
});
export type TaskSettings = z.infer<typeof taskSettingsSchema>;
