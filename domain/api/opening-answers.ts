import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";

/**
 * `GET /v1/locations/{locationId}/opening`. `problem`: why nobody can say when it is open (no hours, or such as are not
 * understood); then all else is null or empty. `opensAt`: null where it is open, or not within a year. `readyAt`: when an
 * order that is placed now is ready for pickup, null where none is offered.
 */
export const openingAnswerSchema = z.object({
  asOf: instantSchema,
  locationId: idSchema,
  timeZone: z.string(),
  problem: z.string().nullable(),
  isOpen: z.boolean().nullable(),
  opensAt: instantSchema.nullable(),
  closesAt: instantSchema.nullable(),
  readyAt: instantSchema.nullable(),
  days: z.array(
    z.object({ date: z.iso.date(), spans: z.array(z.object({ from: instantSchema, to: instantSchema })) }),
  ),
});
