import { z } from "zod";
import { roleSchema } from "../../../domain/api/credentials.ts";

/**
 * What this device knows of itself and keeps. `device`: a random name, so that others see which device shows a task. `staffName`: who
 * works with it, as they call themselves. `session`: who was signed in last; the proof is a cookie that no script can read.
 */
export const deviceFactsSchema = z.object({
  device: z.string(),
  staffName: z.string(),
  session: z.object({ actor: z.string(), role: roleSchema, locationId: z.string().nullable() }).nullable(),
  location: z.object({ locationId: z.string(), name: z.string() }).nullable(),
  lastHeardAtMs: z.number().nullable(),
});
export type DeviceFacts = z.infer<typeof deviceFactsSchema>;
