import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { stockEventBase, stockLinesSchema } from "./event-base.ts";

/** Names a shipment or an order of goods, the same at both ends. */
const referenceSchema = z.string().min(1).max(200);

/** Units left for another location. They are in transit until `transfer_in`, or until the destination reads them. */
export const transferOutSchema = z.object({
  type: z.literal("transfer_out"),
  ...stockEventBase,
  transferId: referenceSchema,
  to: idSchema,
  lines: stockLinesSchema,
});
export type TransferOutEvent = z.infer<typeof transferOutSchema>;

/** Units of a transfer came in, all or some of them, by EPC or by quantity. */
export const transferInSchema = z.object({
  type: z.literal("transfer_in"),
  ...stockEventBase,
  transferId: referenceSchema,
  from: idSchema,
  lines: stockLinesSchema,
});
export type TransferInEvent = z.infer<typeof transferInSchema>;

/**
 * Units that are to come (an advance ship notice). The newest one of a `reference` stands for all earlier ones of it; lines of
 * quantity 0 take it back. It moves no stock: receipts that name the reference settle it.
 */
export const expectedReceiptSchema = z.object({
  type: z.literal("expected_receipt"),
  ...stockEventBase,
  reference: referenceSchema,
  expectedAt: instantSchema,
  lines: stockLinesSchema,
});
