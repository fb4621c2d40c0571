import type { SettingsMessage } from "../../domain/api/master-data-answers.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { Caller } from "../http/route.ts";
import type { SettingsAnnouncer } from "../settings/settings-announcer.ts";

/** After a change is durable: who did it goes to the audit log, that it happened to those who hold a copy. */
export type NoteChange = (
  caller: Caller,
  change: { area: SettingsMessage["changed"][number]; action: string; subject: string; detail: unknown },
) => Promise<void>;

export function createNoteChange(deps: { audit: AuditLog; settings: SettingsAnnouncer }): NoteChange {
  return async (caller, { area, action, subject, detail }) => {
    await deps.audit.record({ actor: caller.keyId, action, subject, detail });
    await deps.settings.announce([area]);
  };
}
