import { z } from "zod";
import { idSchema, instantSchema } from "./identifiers.ts";

const common = { locationId: idSchema, at: instantSchema, eventId: z.string() };

/**
 * Payload of `onhand/{location}/alerts`: something that a person should look at now. `loss`: an item was last seen at an exit
 * and was not sold. `count_held`: a count found so little that it waits for a decision. At least once each: know them by
 * `eventId`.
 */
export const alertSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("loss"), ...common, gtin: z.string(), epc: z.string(), zoneId: z.string() }),
  z.object({
    kind: z.literal("count_held"),
    ...common,
    countId: z.string(),
    expected: z.number().int(),
    found: z.number().int(),
  }),
]);
export type Alert = z.infer<typeof alertSchema>;
