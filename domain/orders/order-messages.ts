import { z } from "zod";
import { idSchema } from "../identifiers.ts";
import { orderWishSchema } from "./order.ts";
import { cancelSchema, changeSchema, plainStepSchema, shipStepSchema } from "./order-commands.ts";

/** `eventId` names the receipt, and makes a repeat harmless. */
const messageBase = { eventId: z.string().min(1).max(200), orderId: idSchema };
/** Of an order with one part it need not be said. */
const partBase = { ...messageBase, fulfilmentId: idSchema.optional() };

/**
 * What another system says of an order on `{root}/orders/{source}`. `returned` notes on the order what came back; the goods
 * themselves come into stock where they are taken in.
 */
export const orderMessageSchema = z.discriminatedUnion("type", [
  orderWishSchema.extend({ type: z.literal("placed"), ...messageBase }),
  changeSchema.extend({ type: z.literal("changed"), ...messageBase }),
  cancelSchema.extend({ type: z.literal("cancelled"), ...messageBase }),
  shipStepSchema.extend({ type: z.literal("shipped"), ...partBase }),
  plainStepSchema.extend({ type: z.literal("delivered"), ...partBase }),
  z.object({
    type: z.literal("returned"),
    ...messageBase,
    locationId: idSchema,
    lines: z
      .array(z.object({ lineId: idSchema, quantity: z.number().int().positive().max(1_000_000) }))
      .min(1)
      .max(100),
  }),
]);
export type OrderMessage = z.infer<typeof orderMessageSchema>;
