import { z } from "zod";
import { channelSchema } from "../channel.ts";
import { idSchema, instantSchema } from "../identifiers.ts";
import { availabilityItemSchema } from "./availability-item.ts";
import { MAX_THRESHOLDS } from "./threshold-band.ts";

/** Tell only when what is available crosses one of these, whole units: from above it to it or below, or back. */
export const thresholdsSchema = z.array(z.number().int().min(0).max(1_000_000)).min(1).max(MAX_THRESHOLDS);

/** Only units count that are there with at least this probability. */
export const confidenceSchema = z.number().gt(0).lt(1);

/** What a client may send on `/v1/availability/stream`. The first frame is `authenticate` unless a cookie or header did it. */
export const clientFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("authenticate"), ticket: z.string().max(200) }),
  z.object({
    type: z.literal("subscribe"),
    id: z.string().min(1).max(64),
    gtins: z
      .array(z.string().regex(/^\d{8,14}$/))
      .max(5000)
      .optional(),
    locations: z.array(idSchema).max(100).optional(),
    /** Answered for this channel: its safety stock, allocations and cap. */
    channel: channelSchema.optional(),
    thresholds: thresholdsSchema.optional(),
    confidence: confidenceSchema.optional(),
    resumeFrom: z.object({ serverId: z.string(), revision: z.number().int() }).optional(),
  }),
  z.object({ type: z.literal("unsubscribe"), id: z.string().min(1).max(64) }),
  z.object({ type: z.literal("pong") }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/**
 * What the server sends. A `snapshot` replaces all that the client knows of subscription `id`; large ones come in
 * several frames, `isLast` on the last. `changes` carries the newest state of what changed since `fromRevision`.
 */
export const serverFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), serverId: z.string() }),
  z.object({
    type: z.literal("snapshot"),
    id: z.string(),
    serverId: z.string(),
    revision: z.number().int(),
    part: z.number().int(),
    isLast: z.boolean(),
    items: z.array(availabilityItemSchema),
  }),
  z.object({
    type: z.literal("changes"),
    id: z.string(),
    fromRevision: z.number().int(),
    revision: z.number().int(),
    items: z.array(availabilityItemSchema),
  }),
  z.object({ type: z.literal("ping"), at: instantSchema, revision: z.number().int() }),
  z.object({ type: z.literal("error"), code: z.string(), detail: z.string(), id: z.string().optional() }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
