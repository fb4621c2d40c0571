import { z } from "zod";
import { idSchema, instantSchema } from "./identifiers.ts";

/**
 * A reader and where its antennas look. `antennas` maps an antenna number (as text; readers that send none use
 * `defaultZoneId`) to a zone of the location. A read whose antenna is not mapped falls back to `defaultZoneId`.
 * `isGateway`: several readers speak on its topic, so their reads belong to the reader that each of them names.
 */
export const readerSchema = z.object({
  locationId: idSchema,
  readerId: idSchema,
  name: z.string().max(200).default(""),
  defaultZoneId: idSchema.nullable().default(null),
  antennas: z.record(z.string().regex(/^\d{1,5}$/), idSchema).default({}),
  isGateway: z.boolean().optional(),
});
export type Reader = z.infer<typeof readerSchema>;

/** What a person should know of a reader, newest first where there are several. */
export const READER_NOTICE_KINDS = [
  "lost_messages",
  "overflow",
  "dropped_messages",
  "error",
  "warning",
  "antenna_disconnected",
  "antenna_connected",
  "offline",
  "online",
  "clock_corrected",
  "restarted",
  "firmware_update",
] as const;

/** `count`: how many times, or how many messages or reads were lost; 0 where the reader does not say how many. */
export const readerNoticeSchema = z.object({
  at: instantSchema,
  kind: z.enum(READER_NOTICE_KINDS),
  detail: z.string(),
  count: z.number(),
});
export type ReaderNotice = z.infer<typeof readerNoticeSchema>;

/** What the reader's last heartbeat told; null what it does not tell. Counters are since its start. */
export const readerHeartbeatSchema = z.object({
  at: instantSchema,
  everySeconds: z.number().nullable(),
  temperatureCelsius: z.number().nullable(),
  activity: z.string().nullable(),
  uptime: z.string().nullable(),
  tagReads: z.number().nullable(),
  errors: z.number().nullable(),
  warnings: z.number().nullable(),
  droppedMessages: z.number().nullable(),
});

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
  /** The operating mode that its messages name; empty text where they name none. */
  mode: z.string().default(""),
  /** How far its clock is ahead (negative: behind), which its reads are corrected by; null while it was not measured. */
  skewMs: z.number().nullable().default(null),
  /** Messages and reads that never came, as far as it numbers them or says so. */
  lostMessages: z.number().default(0),
  /** As the reader says; an antenna that it says nothing of is in neither. */
  antennasConnected: z.array(z.number()).default([]),
  antennasDisconnected: z.array(z.number()).default([]),
  heartbeat: readerHeartbeatSchema.nullable().default(null),
  notices: z.array(readerNoticeSchema).default([]),
});
export type ReaderHealth = z.infer<typeof readerHealthSchema>;

/** Payload of `onhand/{location}/readers`, published by ingest when something changed, at most every 2 s. */
export const readerHealthMessageSchema = z.object({
  locationId: idSchema,
  at: instantSchema,
  readers: z.array(readerHealthSchema),
});
