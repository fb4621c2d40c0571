import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { stockStateSchema } from "../stock-state.ts";

/**
 * `equal`; `mended` = memory differed and was put right from the ledger; `different` = it still does; `failed` = it could not be
 * checked.
 */
export const RECONCILIATION_OUTCOMES = ["equal", "mended", "different", "failed"] as const;
export const reconciliationOutcomeSchema = z.enum(RECONCILIATION_OUTCOMES);
export type ReconciliationOutcome = z.infer<typeof reconciliationOutcomeSchema>;

/** Two numbers that should be one, whole units. `state` is null where reserved units differ. */
export const reconciliationDifferenceSchema = z.object({
  gtin: z.string(),
  state: stockStateSchema.nullable(),
  inMemory: z.number().int(),
  inLedger: z.number().int(),
});
export type ReconciliationDifference = z.infer<typeof reconciliationDifferenceSchema>;

/** One check of one location. `examples` are the first of its differences; `reason` says why it failed. */
export const locationCheckSchema = z.object({
  locationId: idSchema,
  checkedAt: instantSchema,
  sequence: z.number().int(),
  positions: z.number().int(),
  heldProducts: z.number().int(),
  outcome: reconciliationOutcomeSchema,
  differences: z.number().int(),
  examples: z.array(reconciliationDifferenceSchema),
  reason: z.string().nullable(),
  tookMs: z.number().int(),
});
export type LocationCheck = z.infer<typeof locationCheckSchema>;

/**
 * `GET /v1/reconciliation`: the last check of each location by this server, and the checks of the last 90 days by any server
 * that were not equal. `lastFullPassAt` = when all locations had been checked once more; null: not yet since the start.
 */
export const reconciliationSchema = z.object({
  serverId: z.string(),
  isRunning: z.boolean(),
  everySeconds: z.number(),
  lastFullPassAt: instantSchema.nullable(),
  locations: z.array(locationCheckSchema),
  history: z.array(locationCheckSchema.extend({ serverId: z.string() })),
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;
