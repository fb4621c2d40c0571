import { z } from "zod";
import { idSchema, instantSchema } from "./identifiers.ts";
import { stockStateSchema } from "./stock-state.ts";

/** Why stock changed. Nothing appears or disappears but by one of these. */
export const MOVEMENT_REASONS = [
  "received",
  "sold",
  "returned",
  "transferred_out",
  "transferred_in",
  "counted",
  "found",
  "missing",
  "left",
  "damaged",
  "repaired",
  "adjusted",
  "state_changed",
  "reversed",
] as const;
export const movementReasonSchema = z.enum(MOVEMENT_REASONS);
export type MovementReason = z.infer<typeof movementReasonSchema>;

/**
 * One line of the ledger: a signed quantity of whole units of one GTIN in one state at one location.
 * `sequence` counts per location from 1 without holes, so that a follower knows when it missed one.
 */
export const movementSchema = z.object({
  locationId: idSchema,
  sequence: z.number().int().positive(),
  gtin: z.string().regex(/^\d{14}$/),
  state: stockStateSchema,
  quantity: z.number().int(),
  reason: movementReasonSchema,
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  eventId: z.string(),
  epc: z.string().optional(),
  reservationId: z.string().optional(),
  orderId: z.string().optional(),
  source: z.string(),
});
export type Movement = z.infer<typeof movementSchema>;

/** Payload of `onhand/{location}/movements`: the movements of one commit, in the order of their sequence. */
export const movementsMessageSchema = z.array(movementSchema);

/** Payload of `onhand/{location}/sequence` (retained, at start and every 5 s): the last sequence committed. */
export const sequenceMessageSchema = z.object({
  locationId: idSchema,
  sequence: z.number().int().nonnegative(),
  at: instantSchema,
});

/**
 * Payload of `onhand/{location}/sightings`, at most every 2 s: when each GTIN was last physically seen there. It carries
 * no stock; it is what the age of truth (KPI I13) is made of.
 */
export const sightingsMessageSchema = z.object({
  locationId: idSchema,
  at: instantSchema,
  seen: z.array(z.object({ gtin: z.string(), lastSeenAt: instantSchema })),
});
