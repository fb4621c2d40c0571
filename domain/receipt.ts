import { z } from "zod";
import { instantSchema } from "./identifiers.ts";

/** What became of an event. `late` means recorded with compensation; `rejected` carries a code from docs/errors.md. */
export const receiptSchema = z.object({
  eventId: z.string(),
  status: z.enum(["accepted", "duplicate", "late", "rejected"]),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  topic: z.string(),
  recordedAt: instantSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;
