import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { zoneKindSchema } from "../location.ts";

/**
 * Tagged units on hand in one zone, and of how many products. `zoneName` is the id where the location has no such zone (any
 * more), `zoneKind` then null. Units without a tag are in no zone.
 */
const zoneStockRowSchema = z.object({
  locationId: idSchema,
  zoneId: z.string(),
  zoneName: z.string(),
  zoneKind: zoneKindSchema.nullable(),
  units: z.number().int(),
  sellableUnits: z.number().int(),
  products: z.number().int(),
  lastSeenAt: instantSchema,
});
export type ZoneStockRow = z.infer<typeof zoneStockRowSchema>;

/** `GET /v1/zone-stock`, by location, the fullest zone first. */
export const zoneStockSchema = z.object({ asOf: instantSchema, items: z.array(zoneStockRowSchema) });
