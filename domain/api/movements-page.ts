import { z } from "zod";
import { instantSchema } from "../identifiers.ts";
import { movementReasonSchema } from "../movement.ts";
import { stockStateSchema } from "../stock-state.ts";
import { pageSchema } from "./paging.ts";

/** One line of the ledger with the event that made it; whole units, signed. `epc` is empty for units without a tag. */
const movementRowSchema = z.object({
  locationId: z.string(),
  sequence: z.number().int(),
  gtin: z.string(),
  state: stockStateSchema,
  quantity: z.number().int(),
  reason: movementReasonSchema,
  epc: z.string(),
  reservationId: z.string(),
  orderId: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  source: z.string(),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
});
export type MovementRow = z.infer<typeof movementRowSchema>;

/** `GET /v1/movements`, the last recorded first. */
export const movementsPageSchema = pageSchema(movementRowSchema);
export type MovementsPage = z.infer<typeof movementsPageSchema>;
