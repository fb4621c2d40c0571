import { z } from "zod";
import { readyBySettingsSchema } from "./work-time.ts";

/** How a promise may be kept. Carry-out is a purchase, and delivery is ordered of somebody else: neither is searched for. */
export const PROMISE_METHODS = ["pickup", "curbside", "ship_from_store", "ship_from_warehouse"] as const;
export const promiseMethodSchema = z.enum(PROMISE_METHODS);
export type PromiseMethod = z.infer<typeof promiseMethodSchema>;

const weight = z.number().min(0).max(1_000_000);

/**
 * What makes one way better than another, as a cost in a unit of the company's own (its currency, if it likes): the handling of one
 * shipment by its method, each shipment beyond that, each km, each day until all is there, and the doubt (× (1 − confidence)).
 */
export const promiseWeightsSchema = z.object({
  pickup: weight.default(1),
  curbside: weight.default(1.5),
  ship_from_store: weight.default(6),
  ship_from_warehouse: weight.default(4),
  perShipment: weight.default(3),
  perKmToCollect: weight.default(0.3),
  perKmShipped: weight.default(0.005),
  perDay: weight.default(1),
  doubt: weight.default(20),
});

export type PromiseWeights = z.infer<typeof promiseWeightsSchema>;

/** Of one call: what is absent is the company's. */
export const promiseWeightOverridesSchema = z
  .object({
    pickup: weight,
    curbside: weight,
    ship_from_store: weight,
    ship_from_warehouse: weight,
    perShipment: weight,
    perKmToCollect: weight,
    perKmShipped: weight,
    perDay: weight,
    doubt: weight,
  } satisfies Record<keyof PromiseWeights, typeof weight>)
  .partial();

/**
 * Of the company. `packMinutes` pass in opening hours until a parcel is handed to the carrier; it is on its way for
 * `transitBaseDays` days, and one more for each `transitKmPerDay` km that are begun. Nobody is sent further than `collectRadiusKm`.
 * `readyBy`: how load and history lengthen that.
 */
export const promiseSettingsSchema = z.object({
  weights: promiseWeightsSchema.prefault({}),
  packMinutes: z.number().int().min(0).max(10_080).default(240),
  transitBaseDays: z.number().min(0).max(60).default(1),
  transitKmPerDay: z.number().min(1).max(40_000).default(500),
  collectRadiusKm: z.number().min(0).max(40_000).default(50),
  maxShipments: z.number().int().min(1).max(5).default(3),
  readyBy: readyBySettingsSchema.prefault({}),
});
export type PromiseSettings = z.infer<typeof promiseSettingsSchema>;

/** The company's weights with those of one call. */
export function weighedWith(
  weights: PromiseWeights,
  overrides: z.infer<typeof promiseWeightOverridesSchema>,
): PromiseWeights {
  return promiseWeightsSchema.parse({ ...weights, ...overrides });
}
