import { z } from "zod";

export const errorBehaviourSchema = z.enum(["rollback", "proceed"]);
export type ErrorBehaviour = z.infer<typeof errorBehaviourSchema>;

/** Why one event of a document was not captured, as problem JSON. `event` counts from 0. */
export const captureErrorSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  event: z.number().int().nonnegative(),
});
export type CaptureError = z.infer<typeof captureErrorSchema>;

/**
 * What one event did. `published`: its stock events with the receipt's word on each. `left`: what of it moved nothing, and why.
 */
export const eventOutcomeSchema = z.object({
  event: z.number().int().nonnegative(),
  eventID: z.string(),
  status: z.enum(["captured", "duplicate", "rejected"]),
  published: z.array(
    z.object({
      kind: z.enum(["till", "stock", "reads"]),
      locationId: z.string(),
      eventId: z.string(),
      status: z.enum(["accepted", "duplicate", "late", "rejected", "sent"]),
      code: z.string().nullable(),
      detail: z.string().nullable(),
    }),
  ),
  left: z.array(z.object({ code: z.string(), detail: z.string() })),
});
export type EventOutcome = z.infer<typeof eventOutcomeSchema>;
export type PublishedOutcome = EventOutcome["published"][number];

export const captureOutcomeSchema = z.object({
  errors: z.array(captureErrorSchema),
  events: z.array(eventOutcomeSchema),
});
export type CaptureOutcome = z.infer<typeof captureOutcomeSchema>;
