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

/**
 * Pickup at a location. `leadMinutes` of opening hours pass until an order is ready; an order that comes later than
 * `lastOrderMinutes` before closing is worked on when it opens next. What lies ready is kept for `holdHours`.
 */
export const pickupSchema = z.object({
  isOffered: z.boolean().default(true),
  hasCurbside: z.boolean().default(false),
  leadMinutes: z.number().int().min(0).max(10_080).default(120),
  lastOrderMinutes: z.number().int().min(0).max(1_440).default(60),
  holdHours: z.number().int().min(1).max(2_160).default(72),
});

/**
 * A store or warehouse. Coordinates are WGS 84 degrees; `openingHours` is a subset of OpenStreetMap's syntax, in which `PH`
 * means the dates of `publicHolidays`.
 */
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
  publicHolidays: z.array(z.iso.date()).max(500).default([]),
  pickup: pickupSchema.prefault({}),
});
export type Location = z.infer<typeof locationSchema>;
