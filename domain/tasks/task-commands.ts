import { z } from "zod";
import { epcTextSchema, gtinDigitsSchema } from "../events/event-base.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { actorSchema } from "../orders/order-step.ts";
import { MAX_TASK_LINES, shortReasonSchema } from "./task.ts";

/**
 * With every command: who did it (the key's device, unless it is said), on which device, and when, where that was before now (work
 * that was done offline).
 */
const commandBase = {
  actor: actorSchema.optional(),
  device: z.string().min(1).max(100).optional(),
  occurredAt: instantSchema.optional(),
  note: z.string().min(1).max(500).optional(),
};

/** Units of a line, named by `lineId`, by `gtin` (first line of it with units left), or by the items that were scanned alone. */
const unitsSchema = z
  .object({
    lineId: idSchema.optional(),
    gtin: gtinDigitsSchema.optional(),
    quantity: z.number().int().positive().max(1_000_000).optional(),
    epcs: z.array(epcTextSchema).max(1_000).optional(),
  })
  .refine(
    (line) => line.lineId !== undefined || line.gtin !== undefined || (line.epcs?.length ?? 0) > 0,
    "a line is named by lineId, gtin or epcs",
  );
export type TaskUnits = z.infer<typeof unitsSchema>;
const linesSchema = z.array(unitsSchema).min(1).max(MAX_TASK_LINES);

/** `…/seen`: the device shows it. */
export const seenSchema = z.object(commandBase);
/** `…/accept`: I do it. `takeOver`: even when somebody else does. */
export const acceptSchema = z.object({ ...commandBase, takeOver: z.boolean().default(false) });
/** `…/release`: somebody else shall do it. */
export const releaseTaskSchema = z.object(commandBase);
/** `…/progress`: units were scanned; without `quantity` as many as `epcs`, else one. */
export const progressSchema = z.object({ ...commandBase, lines: linesSchema });
/**
 * `…/done`: all that is open of it was done, or `lines` of it when they are said, and what is left then is still to do. Of a
 * `stage` task: `place`, where the goods lie. Of a hand-over: `code` or `staffChecked`; for a parcel `carrier`, `trackingNumber`.
 */
export const doneSchema = z.object({
  ...commandBase,
  lines: linesSchema.optional(),
  place: z.string().min(1).max(100).optional(),
  code: z
    .string()
    .regex(/^\d{6}$/, "a pickup code has 6 digits")
    .optional(),
  staffChecked: z.boolean().default(false),
  carrier: z.string().min(1).max(100).optional(),
  trackingNumber: z.string().min(1).max(100).optional(),
});
/** `…/short`: units cannot be had; without `lines` all that is open. */
export const shortTaskSchema = z.object({
  ...commandBase,
  lines: linesSchema.optional(),
  reason: shortReasonSchema,
});
/** `…/comment`: words for colleagues. `settles`: the conflicts of the task were looked at. */
export const commentSchema = z.object({
  ...commandBase,
  text: z.string().min(1).max(1_000),
  settles: z.boolean().default(false),
});

/** Over MQTT on `onhand/{location}/tasks/{id}`: the same commands; `eventId` is the idempotency key, and names the receipt. */
const message = { eventId: z.string().min(1).max(200) };
export const taskMessageSchema = z.discriminatedUnion("command", [
  z.object({ command: z.literal("seen"), ...message, ...seenSchema.shape }),
  z.object({ command: z.literal("accept"), ...message, ...acceptSchema.shape }),
  z.object({ command: z.literal("release"), ...message, ...releaseTaskSchema.shape }),
  z.object({ command: z.literal("progress"), ...message, ...progressSchema.shape }),
  z.object({ command: z.literal("done"), ...message, ...doneSchema.shape }),
  z.object({ command: z.literal("short"), ...message, ...shortTaskSchema.shape }),
  z.object({ command: z.literal("comment"), ...message, ...commentSchema.shape }),
]);

/** A command without its key: what is decided upon. */
export type TaskCommand =
  | ({ command: "seen" } & z.infer<typeof seenSchema>)
  | ({ command: "accept" } & z.infer<typeof acceptSchema>)
  | ({ command: "release" } & z.infer<typeof releaseTaskSchema>)
  | ({ command: "progress" } & z.infer<typeof progressSchema>)
  | ({ command: "done" } & z.infer<typeof doneSchema>)
  | ({ command: "short" } & z.infer<typeof shortTaskSchema>)
  | ({ command: "comment" } & z.infer<typeof commentSchema>);

/** `POST /v1/tasks`: look whether these units are really there. One is open at most for the same units: that one is answered. */
export const taskWishSchema = z.object({
  kind: z.literal("check_ghost"),
  locationId: idSchema,
  gtin: gtinDigitsSchema,
  epcs: z.array(epcTextSchema).max(1_000).default([]),
  quantity: z.number().int().positive().max(10_000).optional(),
  note: z.string().min(1).max(500).optional(),
});
export type TaskWish = z.infer<typeof taskWishSchema>;
