import type { Database } from "../../sql/database.ts";

export type AuditLog = ReturnType<typeof createAuditLog>;

/** Who changed what, in the table `audit_log`; written before the change is answered. `detail` never holds a secret. */
export function createAuditLog(deps: { db: Database; nowMs(): number }) {
  return {
    async record(entry: { actor: string; action: string; subject: string; detail: unknown }): Promise<void> {
      await deps.db.insert({
        name: "audit/record",
        table: "audit_log",
        columns: ["at", "actor", "action", "subject", "detail"],
        rows: [
          [
            new Date(deps.nowMs()).toISOString(),
            entry.actor,
            entry.action,
            entry.subject,
            JSON.stringify(entry.detail),
          ],
        ],
      });
    },
  };
}
