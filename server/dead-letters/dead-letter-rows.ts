import { z } from "zod";
import {
  DEAD_LETTER_STATES,
  type DeadLetter,
  type DeadLetterStep,
  deadLetterStepSchema,
} from "../../domain/api/dead-letters.ts";
import { instantSchema } from "../../domain/identifiers.ts";

const stepColumns = { actor: z.string(), action: z.string(), status: z.string(), code: z.string() };

/** A row of `dead_letter_states`. Without a step its texts are empty. */
export const letterRowSchema = z.object({
  dead_letter_id: z.string(),
  topic: z.string(),
  location_id: z.string(),
  source_id: z.string(),
  kind: z.string(),
  shape: z.string(),
  size_bytes: z.number(),
  code: z.string(),
  first_received_at: instantSchema,
  last_received_at: instantSchema,
  last_received_ms: z.number(),
  arrivals: z.number(),
  state: z.enum(DEAD_LETTER_STATES),
  step_at: instantSchema,
  step_actor: z.string(),
  step_action: z.string(),
  step_status: z.string(),
  step_code: z.string(),
  step_detail: z.string(),
  step_job_id: z.string(),
  total: z.number(),
});
export type LetterRow = z.infer<typeof letterRowSchema>;

export const contentRowSchema = z.object({
  dead_letter_id: z.string(),
  topic: z.string(),
  location_id: z.string(),
  detail: z.string(),
  first_received_at: instantSchema,
  payload: z.string(),
});
export type ContentRow = z.infer<typeof contentRowSchema>;

export const stepRowSchema = z
  .object({ at: instantSchema, ...stepColumns, detail: z.string(), job_id: z.string() })
  .transform(({ actor, status, job_id, ...row }) =>
    deadLetterStepSchema.parse({ ...row, by: actor, status: status || null, jobId: job_id || null }),
  );

export function toDeadLetter(row: LetterRow, content: ContentRow | undefined): DeadLetter {
  return {
    deadLetterId: row.dead_letter_id,
    state: row.state,
    firstReceivedAt: row.first_received_at,
    receivedAt: row.last_received_at,
    arrivals: row.arrivals,
    topic: row.topic,
    kind: row.kind,
    locationId: row.location_id,
    sourceId: row.source_id,
    code: row.code,
    detail: content?.detail ?? "",
    shape: row.shape,
    sizeBytes: row.size_bytes,
    preview: content === undefined ? null : previewOf(content.payload, row.size_bytes),
    lastStep: lastStepOf(row),
  };
}

function lastStepOf(row: LetterRow): DeadLetterStep | null {
  if (row.step_action === "") return null;
  return deadLetterStepSchema.parse({
    at: row.step_at,
    by: row.step_actor,
    action: row.step_action,
    status: row.step_status || null,
    code: row.step_code,
    detail: row.step_detail,
    jobId: row.step_job_id || null,
  });
}

/** Text, or null where the bytes are no UTF-8. A character that the cut goes through is left out. */
function previewOf(base64: string, sizeBytes: number): string | null {
  const bytes = Buffer.from(base64, "base64");
  const isCut = bytes.length < sizeBytes;
  return utf8Text(bytes, isCut);
}

/** The text of UTF-8 bytes, null where they are none. `isCut`: the last character may be incomplete. */
export function utf8Text(bytes: Uint8Array, isCut = false): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null;
  }
}
