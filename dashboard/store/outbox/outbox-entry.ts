import { z } from "zod";

const taskCommandNameSchema = z.enum(["accept", "release", "progress", "done", "short", "comment"]);
export type StoreCommand = z.infer<typeof taskCommandNameSchema>;

/**
 * The task that an action is about: one that is known, or the one of this kind that a fulfilment will have once the actions
 * before it have arrived (picked goods are laid ready, and the network is away).
 */
export const targetSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("id"), taskId: z.string() }),
  z.object({
    by: z.literal("fulfilment"),
    orderId: z.string(),
    fulfilmentId: z.string(),
    kind: z.enum(["stage", "hand_over"]),
  }),
]);
export type Target = z.infer<typeof targetSchema>;

/** What somebody did, as it is sent. `words` say it to people; `locationId` is whose work it is. */
export const actionSchema = z.object({
  key: z.string(),
  pressedAtMs: z.number(),
  locationId: z.string().nullable(),
  words: z.string(),
  target: targetSchema,
  command: taskCommandNameSchema,
  body: z.record(z.string(), z.unknown()),
});
export type Action = z.infer<typeof actionSchema>;

/** Why an action was not taken, in the server's words. */
export const refusalSchema = z.object({
  status: z.number(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * An action in the outbox. `seq`: its place; actions are sent in this order. `sentTo`: the task that it was first sent to, since
 * a repeat has to be the same request. `failures`: how often the server failed at it. `refusal`: it was not taken, and waits for
 * somebody to read why.
 */
export const outboxEntrySchema = actionSchema.extend({
  seq: z.number(),
  sentTo: z.string().nullable(),
  failures: z.number(),
  refusal: refusalSchema.nullable(),
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

/** Where actions are kept until the server has them. Each call is durable before it resolves. */
export type OutboxStorage = {
  /** By `seq`, the oldest first. */
  entries(): Promise<OutboxEntry[]>;
  /** Keeps an action behind all others. */
  append(action: Action): Promise<void>;
  /** Writes an entry over itself. */
  put(entry: OutboxEntry): Promise<void>;
  remove(seq: number): Promise<void>;
};
