import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/**
 * What is told of the way of a read to an answer, from the first step to the last. A `rate` is per second, since the sample before; the
 * others are as they were at the sample. Each is a metric of docs/metrics.md.
 */
export const PIPELINE_FIGURES = {
  intakeHeldBack: { metric: "onhand_intake_held_back", kind: "flag" },
  intakeInFlight: { metric: "onhand_intake_in_flight_messages", kind: "gauge" },
  messages: { metric: "onhand_ingest_messages_total", kind: "rate" },
  reads: { metric: "onhand_ingest_reads_total", kind: "rate" },
  events: { metric: "onhand_ingest_events_total", kind: "rate" },
  ingestLagSeconds: { metric: "onhand_ingest_lag_seconds", kind: "gauge" },
  ingestBlocked: { metric: "onhand_ingest_blocked", kind: "flag" },
  movements: { metric: "onhand_projection_movements_total", kind: "rate" },
  projectionLag: { metric: "onhand_projection_lag_movements", kind: "gauge" },
  sockets: { metric: "onhand_stream_sockets", kind: "gauge" },
  frames: { metric: "onhand_stream_frames_total", kind: "rate" },
  webhooksPending: { metric: "onhand_webhook_pending", kind: "gauge" },
  connectorMessagesWaiting: { metric: "onhand_connector_messages_waiting", kind: "gauge" },
  deadLetters: { metric: "onhand_ingest_dead_letters_total", kind: "rate" },
} as const satisfies Record<string, { metric: string; kind: "flag" | "gauge" | "rate" }>;
export type PipelineFigure = keyof typeof PIPELINE_FIGURES;
const FIGURE_NAMES = Object.keys(PIPELINE_FIGURES) as [PipelineFigure, ...PipelineFigure[]];

/** One step that must be well: `reason` says what is wrong and what to do, null while it is well. */
const checkSchema = z.object({
  name: z.string(),
  reason: z.string().nullable(),
  note: z.string().optional(),
});

/**
 * `GET /v1/pipeline`: whether every step is well, and how the figures went for the last half hour of this process, a sample every
 * `everySeconds`, the oldest first; null = not known (a rate's first sample). A figure of a step that runs in another process is left out.
 */
export const pipelineSchema = z.object({
  asOf: instantSchema,
  status: z.enum(["ready", "not_ready"]),
  checks: z.array(checkSchema),
  everySeconds: z.number(),
  sampledAt: z.array(instantSchema),
  figures: z.array(
    z.object({
      figure: z.enum(FIGURE_NAMES),
      metric: z.string(),
      kind: z.enum(["flag", "gauge", "rate"]),
      values: z.array(z.number().nullable()),
    }),
  ),
});
export type Pipeline = z.infer<typeof pipelineSchema>;
