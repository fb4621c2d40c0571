import { z } from "zod";
import {
  confidenceSchema,
  serverFrameSchema,
  thresholdsSchema,
} from "../../domain/availability/stream-frames.ts";
import { channelSchema } from "../../domain/channel.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { STREAM_ROLES, type StreamConnections } from "./stream-connections.ts";

export const EVENT_STREAM_PATH = "/v1/availability/stream/events";
/** Of one address: Node takes 16 kB of headers, and so of an address. */
const MAX_GTINS = 500;

const querySchema = z.object({
  gtin: z
    .array(z.string().regex(/^\d{8,14}$/))
    .max(MAX_GTINS)
    .optional(),
  location: z.array(idSchema).max(100).optional(),
  channel: channelSchema.optional(),
  threshold: z.array(z.coerce.number()).pipe(thresholdsSchema).optional(),
  confidence: z.coerce.number().pipe(confidenceSchema).optional(),
  id: z.string().min(1).max(64).default("events"),
});

/** The stream as server-sent events, for who cannot or need not open a WebSocket. */
export function createEventStreamRoutes(deps: { connections: StreamConnections }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: EVENT_STREAM_PATH,
      tag: "Availability",
      summary: "Live availability as server-sent events",
      description:
        "Each event's `data` is a frame as on the WebSocket: `ready`, then `snapshot` in parts, then `changes`, and `ping` as a " +
        "sign of life. `id` is the revision that is held; sent back as `Last-Event-ID` it resumes there. `gtin`, `location` and " +
        "`threshold` may be repeated or be lists with commas. Keys go in the header, never in the address: an EventSource of a " +
        "signed-in browser uses its cookie, everything else a reader of `fetch`.",
      roles: STREAM_ROLES,
      isPublishable: true,
      query: querySchema,
      listQueries: ["gtin", "location", "threshold"],
      answer: {
        schema: serverFrameSchema,
        contentType: "text/event-stream",
        description: "Frames, without end",
      },
      problems: ["invalid_gtin", "too_many_items", "too_many_sockets", "rate_limited"],
      handle: ({ query, caller, header }) => {
        const { gtin, location, threshold, channel, confidence, id } = query;
        const stream = deps.connections.openEvents({
          id,
          caller,
          origin: header("origin"),
          lastEventId: header("last-event-id"),
          wish: { gtins: gtin, locations: location, thresholds: threshold, channel, confidence },
        });
        // A proxy that collects an answer before it passes it on would hold every change back.
        return { stream, contentType: "text/event-stream", headers: { "x-accel-buffering": "no" } };
      },
    }),
  ];
}
