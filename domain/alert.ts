import { z } from "zod";
import { idSchema, instantSchema } from "./identifiers.ts";
import { actorSchema } from "./orders/order-step.ts";
import { alternativeSchema } from "./reservations/reservation.ts";
import { taskKindSchema } from "./tasks/task.ts";

const common = { locationId: idSchema, at: instantSchema, eventId: z.string() };

/**
 * Payload of `onhand/{location}/alerts`: something that a person should look at now. `loss`: an item was last seen at an exit
 * and was not sold. `count_held`: a count found so little that it waits for a decision. `hold_at_risk`: so many `units` of a
 * reservation are not covered by stock any more, with where else they are. `task_reminder`, `task_escalated`: work waits for
 * somebody, or is late. `task_conflict`: work came too late to count, and a person has to look. At least once each: know them by `eventId`.
 */
export const alertSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("loss"), ...common, gtin: z.string(), epc: z.string(), zoneId: z.string() }),
  z.object({
    kind: z.literal("count_held"),
    ...common,
    countId: z.string(),
    expected: z.number().int(),
    found: z.number().int(),
  }),
  z.object({
    kind: z.literal("hold_at_risk"),
    ...common,
    reservationId: z.string(),
    orderId: z.string().nullable(),
    channel: z.string(),
    gtin: z.string(),
    units: z.number().int(),
    alternatives: z.array(alternativeSchema),
  }),
  ...(["task_reminder", "task_escalated", "task_conflict"] as const).map((kind) =>
    z.object({
      kind: z.literal(kind),
      ...common,
      taskId: z.string(),
      taskKind: taskKindSchema,
      orderId: z.string().nullable(),
      dueAt: instantSchema.nullable(),
      owner: actorSchema.nullable(),
      /** How often it was escalated. */
      level: z.number().int(),
    }),
  ),
]);
export type Alert = z.infer<typeof alertSchema>;
