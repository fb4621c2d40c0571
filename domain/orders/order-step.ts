import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";

/** Who did something. `id` is opaque: a key, a person's number in the store, a device; never a name. */
export const actorSchema = z.object({
  kind: z.enum(["customer", "staff", "device", "system"]),
  id: z.string().min(1).max(100),
});
export type Actor = z.infer<typeof actorSchema>;

/** Onhand itself: what follows from time and from the ledger. */
export const SYSTEM_ACTOR: Actor = { kind: "system", id: "onhand" };

/** Why something was cancelled, or is missing. */
export const ORDER_CAUSES = [
  "customer",
  "payment",
  "not_found",
  "damaged",
  "sold_in_store",
  "late",
  "no_show",
  "store_closed",
  "carrier",
  "fraud",
  "system",
] as const;
export const causeSchema = z.enum(ORDER_CAUSES);
export type OrderCause = z.infer<typeof causeSchema>;

/** Causes that the customer knows of: nobody has to tell them. */
export const CUSTOMER_CAUSES: readonly OrderCause[] = ["customer", "no_show"];

/**
 * What can happen to an order: one name for its steps, its rows and its webhooks (`order.ready`). `handing_over`: the sale of
 * what is leaving is about to be published; `hand_over_refused`: the ledger did not take it. `recovered`: its units are held
 * anew after a crash lost their hold.
 */
export const ORDER_EVENT_KINDS = [
  "placed",
  "allocated",
  "sent_to_store",
  "accepted",
  "picking",
  "picked",
  "shorted",
  "ready",
  "arrived",
  "handing_over",
  "hand_over_refused",
  "collected",
  "shipped",
  "delivered",
  "changed",
  "cancelled",
  "no_show",
  "told",
  "code_refused",
  "returned",
  "recovered",
] as const;
export const orderEventKindSchema = z.enum(ORDER_EVENT_KINDS);
export type OrderEventKind = z.infer<typeof orderEventKindSchema>;

/** One step of an order's life: when it happened (`at`), when it was written (`recordedAt`), and who did it. */
export const orderStepSchema = z.object({
  kind: orderEventKindSchema,
  at: instantSchema,
  recordedAt: instantSchema,
  actor: actorSchema,
  fulfilmentId: idSchema.optional(),
  lineId: idSchema.optional(),
  quantity: z.number().int().optional(),
  cause: causeSchema.optional(),
  note: z.string().optional(),
});
export type OrderStep = z.infer<typeof orderStepSchema>;

/** When a fulfilment first came to each of its statuses. */
export const stepTimesSchema = z
  .object({
    allocated: instantSchema,
    sent_to_store: instantSchema,
    accepted: instantSchema,
    picking: instantSchema,
    ready: instantSchema,
    arrived: instantSchema,
    shipped: instantSchema,
    collected: instantSchema,
    delivered: instantSchema,
    short: instantSchema,
    cancelled: instantSchema,
    no_show: instantSchema,
    returned: instantSchema,
  })
  .partial();
