import { z } from "zod";
import { idSchema, instantSchema } from "./identifiers.ts";

/**
 * A reader and where its antennas look. `antennas` maps an antenna number (as text; readers that send none use
 * `defaultZoneId`) to a zone of the location. A read whose antenna is not mapped falls back to `defaultZoneId`.
 */
export const readerSchema = z.object({
  locationId: idSchema,
  readerId: idSchema,
  name: z.string().max(200).default(""),
  defaultZoneId: idSchema.nullable().default(null),
  antennas: z.record(z.string().regex(/^\d{1,5}$/), idSchema).default({}),
});
export type Reader = z.infer<typeof readerSchema>;

/** A reader as it is doing now. An `unassigned` reader was heard but has no zones yet: its reads are kept and wait. */
export const readerHealthSchema = z.object({
  locationId: idSchema,
  readerId: idSchema,
  status: z.enum(["online", "silent", "offline", "unassigned"]),
  format: z.string(),
  lastHeardAt: instantSchema.nullable(),
  readsPerSecond: z.number(),
  reads: z.number(),
  rejected: z.number(),
  waitingReads: z.number(),
  antennasSeen: z.array(z.number()),
});
export type ReaderHealth = z.infer<typeof readerHealthSchema>;

/** Payload of `onhand/{location}/readers`, published by ingest when something changed, at most every 2 s. */
export const readerHealthMessageSchema = z.object({
  locationId: idSchema,
  at: instantSchema,
  readers: z.array(readerHealthSchema),
});
