import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { zoneKindSchema } from "../location.ts";
import { arrivalSchema } from "../orders/order.ts";
import { actorSchema } from "../orders/order-step.ts";
import { fulfilmentMethodSchema } from "../reservations/reservation.ts";

/**
 * What the store's staff are asked to do. `pick`: take the units of an order from where they are. `stage`: lay them where they
 * wait for the customer, or pack them. `hand_over`: give them to the customer or a carrier. `curbside_arrival`: the customer waits
 * outside. `return_to_shelf`: what was picked is not wanted any more. `check_ghost`: look whether a unit is really there.
 */
export const TASK_KINDS = [
  "pick",
  "stage",
  "hand_over",
  "curbside_arrival",
  "return_to_shelf",
  "check_ghost",
] as const;
export const taskKindSchema = z.enum(TASK_KINDS);
export type TaskKind = z.infer<typeof taskKindSchema>;

/** `open`: nobody has taken it. `short`: ended, and nothing of it was there. `cancelled`: not wanted any more. */
export const TASK_STATES = ["open", "accepted", "done", "short", "cancelled"] as const;
export const taskStateSchema = z.enum(TASK_STATES);
export type TaskState = z.infer<typeof taskStateSchema>;
export const LIVE_TASK_STATES: readonly TaskState[] = ["open", "accepted"];

/** Why units cannot be had. `damaged` writes them off what can be sold, `not_found` off what is there; a sale writes itself. */
export const SHORT_REASONS = ["not_found", "damaged", "sold_in_store"] as const;
export const shortReasonSchema = z.enum(SHORT_REASONS);

export const MAX_TASK_LINES = 100;
/** Of one task: what is beyond it is refused, so that a row stays small. */
export const MAX_TASK_NOTES = 200;
export const MAX_SEEN_BY = 50;

/** Where units of a product were last seen at the location, the newest sight first. */
const whereaboutSchema = z.object({
  zoneId: z.string(),
  zoneName: z.string(),
  zoneKind: zoneKindSchema.nullable(),
  units: z.number().int(),
  lastSeenAt: instantSchema,
});

/**
 * One product of a task, whole units: `quantity` wanted, of these `done` (scanned or said to be) and `short`. `epcs`: the very
 * items that it is about, empty when any unit will do; `doneEpcs`: those that were scanned.
 */
export const taskLineSchema = z.object({
  lineId: idSchema,
  gtin: z.string(),
  productName: z.string(),
  quantity: z.number().int(),
  done: z.number().int(),
  short: z.number().int(),
  /** Units of the order's line that were cancelled as far as this task knows. */
  cancelled: z.number().int(),
  epcs: z.array(z.string()),
  doneEpcs: z.array(z.string()),
  lastSeen: z.array(whereaboutSchema),
});
export type TaskLine = z.infer<typeof taskLineSchema>;

/** A device that has shown the task, or said so. */
const seenBySchema = z.object({ device: z.string().min(1).max(100), at: instantSchema });

/**
 * What people said. `conflict`: work that was done in the store and came too late to count, as it was told: a person has to
 * look, until somebody settles it (`isSettled`). `followUp` is the task that was made of it.
 */
const taskNoteSchema = z.object({
  kind: z.enum(["comment", "conflict"]),
  at: instantSchema,
  occurredAt: instantSchema,
  actor: actorSchema,
  text: z.string().max(1_000),
  isSettled: z.boolean(),
  followUp: z.string().nullable(),
});
export type TaskNote = z.infer<typeof taskNoteSchema>;

/** What a short pick or a check says of stock: published as a stock event, and `recorded` when its receipt has come. */
const stockWriteSchema = z.object({
  eventId: z.string(),
  gtin: z.string(),
  quantity: z.number().int().positive(),
  reason: z.enum(["not_found", "damaged"]),
  epcs: z.array(z.string()),
  occurredAt: instantSchema,
  status: z.enum(["pending", "recorded", "rejected"]),
  /** Why it was rejected; empty otherwise. */
  detail: z.string(),
});
export type StockWrite = z.infer<typeof stockWriteSchema>;

/**
 * A task. Its clock runs from `startsAt`: when it was made, or when the store opens next. `dueAt` null: nothing presses.
 * `escalation`: 0, 1 (nobody took it, or it is overdue), 2 (long overdue). `version` rises with each change.
 */
export const taskSchema = z.object({
  taskId: idSchema,
  kind: taskKindSchema,
  state: taskStateSchema,
  locationId: idSchema,
  /** What made it: at most one task is ever made of one cause. */
  cause: z.string(),
  orderId: z.string().nullable(),
  fulfilmentId: z.string().nullable(),
  method: fulfilmentMethodSchema.nullable(),
  channel: channelSchema.nullable(),
  createdAt: instantSchema,
  startsAt: instantSchema,
  dueAt: instantSchema.nullable(),
  changedAt: instantSchema,
  acceptedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  owner: actorSchema.nullable(),
  reminders: z.number().int(),
  remindedAt: instantSchema.nullable(),
  escalation: z.number().int(),
  escalatedAt: instantSchema.nullable(),
  /** The customer is outside since `at`, at `bay`. */
  arrival: arrivalSchema.nullable(),
  /** Where the goods were laid, in the words of the store. */
  place: z.string().nullable(),
  lines: z.array(taskLineSchema),
  seenBy: z.array(seenBySchema),
  notes: z.array(taskNoteSchema),
  stockWrites: z.array(stockWriteSchema),
  /** Why it ended as it did, where that is not plain. */
  endCause: z.string().nullable(),
  version: z.number().int(),
});
export type Task = z.infer<typeof taskSchema>;

/**
 * A task as it is answered: with what depends on the instant. `waitingSeconds`: of a customer outside. `vehicle`: what they said
 * of it, known only to the server that took it, and never stored; not on MQTT.
 */
export const taskAnswerSchema = taskSchema.extend({
  ageSeconds: z.number().int(),
  isOverdue: z.boolean(),
  waitingSeconds: z.number().int().nullable(),
  needsPerson: z.boolean(),
  vehicle: z.string().nullable(),
});
export type TaskAnswer = z.infer<typeof taskAnswerSchema>;

/** Is something left to do? */
export function isLiveTask(task: Task): boolean {
  return LIVE_TASK_STATES.includes(task.state);
}

/** Units of a line that are neither done nor short. */
export function openUnits(line: TaskLine): number {
  return Math.max(0, line.quantity - line.done - line.short);
}
