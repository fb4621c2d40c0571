import { idSchema } from "../../domain/identifiers.ts";
import { CAPTURE_SOURCE } from "../../domain/epcis/stock/stock-drafts.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { ReaderStore } from "../readers/reader-store.ts";
import type { SettingsAnnouncer } from "../settings/settings-announcer.ts";

export type ZoneReaders = ReturnType<typeof createZoneReaders>;

/**
 * What a captured event saw in a zone goes the way of every read: through a reader that looks at that zone. It has no antenna of
 * its own and is assigned when it is first needed.
 */
export function createZoneReaders(deps: {
  readers: ReaderStore;
  audit: AuditLog;
  settings: SettingsAnnouncer;
}) {
  const assigned = new Set<string>();

  return {
    /** The reader's id, assigned; null where the zone's id is too long to be part of one. */
    async readerOf(locationId: string, zoneId: string): Promise<string | null> {
      const readerId = `${CAPTURE_SOURCE}.${zoneId}`;
      if (!idSchema.safeParse(readerId).success) return null;
      const key = `${locationId}/${readerId}`;
      if (assigned.has(key)) return readerId;
      const known = await deps.readers.loadAssigned();
      const isThere = known.some((one) => one.locationId === locationId && one.readerId === readerId);
      if (!isThere) {
        const reader = { locationId, readerId, name: "EPCIS capture", defaultZoneId: zoneId, antennas: {} };
        await deps.readers.save(reader);
        await deps.audit.record({
          actor: CAPTURE_SOURCE,
          action: "reader.assign",
          subject: key,
          detail: reader,
        });
        await deps.settings.announce(["readers"]);
      }
      assigned.add(key);
      return readerId;
    },
  };
}
