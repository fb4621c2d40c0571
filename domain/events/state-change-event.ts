import { z } from "zod";
import { stockStateSchema } from "../stock-state.ts";
import { epcTextSchema, gtinDigitsSchema, stockEventBase } from "./event-base.ts";

/** `epc` names the one unit of the line; without it so many units go from one state to another. */
const stateChangeLineSchema = z.object({
  gtin: gtinDigitsSchema,
  epc: epcTextSchema.optional(),
  quantity: z.number().int().positive().max(100_000).default(1),
  from: stockStateSchema,
  to: stockStateSchema,
});

/** Units that stay where they are stand otherwise from now on: inspected, damaged, repaired, on display. */
export const stateChangeSchema = z.object({
  type: z.literal("state_change"),
  ...stockEventBase,
  reason: z.string().max(200).optional(),
  lines: z.array(stateChangeLineSchema).min(1).max(5000),
});
export type StateChangeEvent = z.infer<typeof stateChangeSchema>;
