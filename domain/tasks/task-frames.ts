import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { taskAnswerSchema } from "./task.ts";
import { TASK_EVENT_KINDS } from "./task-event.ts";

/**
 * Payload of `onhand/{location}/tasks`, and a frame of the socket: a task after a change. `known`: nothing changed, the server has
 * begun anew and tells all that is open. Not retained: the durable list is `GET /v1/tasks`. On MQTT `vehicle` is always null.
 */
export const taskChangeSchema = z.object({
  change: z.enum([...TASK_EVENT_KINDS, "known"]),
  task: taskAnswerSchema,
});
export type TaskChangeMessage = z.infer<typeof taskChangeSchema>;

/** To `/v1/tasks/stream`. A store's key needs not say its location. One location at a time: the newest wish counts. */
export const taskClientFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("authenticate"), ticket: z.string().max(200) }),
  z.object({ type: z.literal("subscribe"), location: idSchema.optional() }),
  z.object({ type: z.literal("pong") }),
]);
export type TaskClientFrame = z.infer<typeof taskClientFrameSchema>;

/** `tasks`: all that is open at the location, after `subscribe` and whenever the server begins anew; then each `task`. */
export const taskServerFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("tasks"), location: idSchema, tasks: z.array(taskAnswerSchema) }),
  z.object({ type: z.literal("task"), ...taskChangeSchema.shape }),
  z.object({ type: z.literal("ping"), at: instantSchema }),
  z.object({ type: z.literal("error"), code: z.string(), detail: z.string() }),
]);
export type TaskServerFrame = z.infer<typeof taskServerFrameSchema>;
