import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/**
 * Payload of `{root}/{location}/replay/{deadLetterId}`: take this message in again. Ingest treats it as the message it was,
 * on its own topic, and answers with a receipt whose `eventId` is the `replayId`. `receivedAt` is when it first came: it
 * stands in for the reader's time where the reader sent none. `isHistorical` lifts the limit on age.
 */
export const replayOrderSchema = z.object({
  replayId: z.string().min(1).max(100),
  deadLetterId: z.string(),
  topic: z.string(),
  receivedAt: instantSchema,
  isHistorical: z.boolean(),
  payloadBase64: z.string(),
});
export type ReplayOrder = z.infer<typeof replayOrderSchema>;

/** Whom receipts of replays are for, in `{root}/receipts/{client}`. */
export const REPLAY_CLIENT = "replays";

/** Stands for the location of a dead letter whose topic names none. */
export const NO_LOCATION = "_";

/** The topic of an order; none that a device may publish to. */
export function replayTopic(root: string, locationId: string, deadLetterId: string): string {
  return `${root}/${locationId === "" ? NO_LOCATION : locationId}/replay/${deadLetterId}`;
}
