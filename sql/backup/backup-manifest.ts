import { z } from "zod";
import { ledgerTotalSchema } from "../../domain/api/backups.ts";
import { instantSchema } from "../../domain/identifiers.ts";

/** Of the layout of a backup; a program reads those up to its own. */
export const BACKUP_FORMAT = 1;

/** `manifest.json` of a backup: what is in it, and what a restored one must add up to. */
export const backupManifestSchema = z.object({
  format: z.int().min(1),
  /** Version of the Onhand that made it. */
  onhand: z.string(),
  /** Everything that was acknowledged before this instant is in it. */
  takenAt: instantSchema,
  /** For how long nothing was written while it was taken. */
  pausedMs: z.number(),
  database: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string() })),
  tables: z.array(z.object({ table: z.string(), uuid: z.uuid(), rows: z.int(), parts: z.int() })),
  ledger: z.object({
    /** Ordinal of the last event. */
    throughOrdinal: z.int(),
    totals: z.array(ledgerTotalSchema),
  }),
  files: z.int(),
  bytes: z.int(),
  /** For people. */
  contains: z.array(z.string()),
  leavesOut: z.array(z.string()),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

export const BACKUP_CONTAINS: readonly string[] = [
  "Every table: stock, items, raw reads, holds, orders, tasks, returns, customers, products, locations, settings, webhooks, audit log.",
  "API keys as hashes only. Secrets of webhooks and of pickup codes encrypted with WEBHOOKS_KEY, or readable where that was not set. " +
    "Contact facts of customers encrypted with CUSTOMERS_KEY.",
];
export const BACKUP_LEAVES_OUT: readonly string[] = [
  "The settings of the process (.env). Keep WEBHOOKS_KEY and CUSTOMERS_KEY somewhere else: what is encrypted with them cannot be read without.",
  "Certificates, and messages that lie in a broker of your own.",
];

/** Why there is no backup, or none that can be restored; nothing was changed. The message is for people. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}
