import { z } from "zod";
import { instantSchema } from "../identifiers.ts";

/** What the ledger adds up to at one location and in one state of stock. */
export const ledgerTotalSchema = z.object({
  locationId: z.string(),
  state: z.string(),
  movements: z.int(),
  lastSequence: z.int(),
  units: z.int(),
});
export type LedgerTotal = z.infer<typeof ledgerTotalSchema>;

/** The tables of one instant, as files that nothing changes any more. */
export const frozenTablesSchema = z.object({
  snapshotId: z.uuid(),
  /** On the machine of the system: a folder like the engine's own, with hard links to the same parts of tables. */
  folder: z.string(),
  database: z.string(),
  /** Everything that was acknowledged before this instant is in it. */
  takenAt: instantSchema,
  /** For how long nothing was written. */
  pausedMs: z.number(),
  tables: z.array(z.object({ table: z.string(), uuid: z.uuid() })),
  migrations: z.array(z.object({ number: z.int(), name: z.string() })),
  /** Ordinal of the ledger's last event. */
  throughOrdinal: z.int(),
});
export type FrozenTables = z.infer<typeof frozenTablesSchema>;

/** What a running system has frozen for a backup: `GET /v1/admin/snapshots/{snapshotId}`. */
export const frozenSnapshotSchema = frozenTablesSchema.extend({
  /** Version of Onhand. */
  onhand: z.string(),
  /** What the ledger added up to at that instant; null while it is being added up. */
  totals: z.array(ledgerTotalSchema).nullable(),
  /** Why it could not be added up. */
  failure: z.string().nullable(),
});
export type FrozenSnapshot = z.infer<typeof frozenSnapshotSchema>;
