import { z } from "zod";
import { gtinCheckDigit } from "./gtin.ts";
import { idSchema } from "./identifiers.ts";

export const LOCATION_KINDS = ["store", "warehouse"] as const;
export const ZONE_KINDS = ["dock", "backroom", "sales_floor", "fitting_room", "pos", "exit"] as const;
export const zoneKindSchema = z.enum(ZONE_KINDS);
export type ZoneKind = z.infer<typeof zoneKindSchema>;

/** A part of a location. Two antennas of one zone are one place. */
export const zoneSchema = z.object({
  zoneId: idSchema,
  name: z.string().min(1).max(200),
  kind: zoneKindSchema,
});
export type Zone = z.infer<typeof zoneSchema>;

/** Words that stand where a location's id does in MQTT topics. */
const RESERVED_IDS: readonly string[] = ["receipts", "status", "settings", "orders"];

const locationIdSchema = idSchema.refine(
  (id) => !RESERVED_IDS.includes(id),
  `a location can't be called ${RESERVED_IDS.join(", ")}: these are MQTT topics`,
);

/** A GLN is 13 digits, of which the last is a check digit; empty where the place has none. */
export const glnSchema = z
  .string()
  .regex(/^(\d{13})?$/, "a GLN has 13 digits")
  .refine(
    (gln) => gln === "" || gtinCheckDigit(Number(gln.slice(0, 12))) === Number(gln.slice(12)),
    "the GLN's check digit is wrong",
  );

/** A store or warehouse. Coordinates are WGS 84 degrees; `openingHours` is OpenStreetMap's syntax. */
export const locationSchema = z.object({
  locationId: locationIdSchema,
  name: z.string().min(1).max(200),
  kind: z.enum(LOCATION_KINDS).default("store"),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
  address: z.string().max(500).default(""),
  openingHours: z.string().max(500).default(""),
  timeZone: z.string().min(1).max(64).default("UTC"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("EUR"),
  gln: glnSchema.default(""),
  zones: z.array(zoneSchema).max(200).default([]),
});
export type Location = z.infer<typeof locationSchema>;
