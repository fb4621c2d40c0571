import { type AvailabilityReader, capItem } from "../availability/availability-reader.ts";
import type { SnapshotEntry } from "./subscription-filter.ts";

export type ItemTexts = ReturnType<typeof createItemTexts>;

/** The JSON of items. Within a tick each row is written once for all that hear of it. */
export function createItemTexts(reader: AvailabilityReader, quantityCap: number) {
  const plain = new Map<number, string>();
  const capped = new Map<number, string>();

  function write(entry: SnapshotEntry, isCapped: boolean): string {
    const item =
      typeof entry === "number" ? reader.itemAt(entry) : reader.itemOf(entry.locationId, entry.gtin);
    return JSON.stringify(isCapped ? capItem(item, quantityCap) : item);
  }

  return {
    textOf(entry: SnapshotEntry, isCapped: boolean): string {
      if (typeof entry !== "number") return write(entry, isCapped);
      const kept = isCapped ? capped : plain;
      let text = kept.get(entry);
      if (text === undefined) {
        text = write(entry, isCapped);
        kept.set(entry, text);
      }
      return text;
    },
    /** At the end of each tick: what was written is not the newest any more. */
    forget(): void {
      plain.clear();
      capped.clear();
    },
  };
}

/** One frame's bytes, made once and sent to many. */
export function changesFrame(id: string, fromRevision: number, revision: number, items: string): Buffer {
  return Buffer.from(
    `{"type":"changes","id":${JSON.stringify(id)},"fromRevision":${fromRevision},"revision":${revision},"items":[${items}]}`,
  );
}

export function snapshotFrame(
  head: { id: string; serverId: string; revision: number; part: number; isLast: boolean },
  items: string,
): Buffer {
  const { id, serverId, revision, part, isLast } = head;
  return Buffer.from(
    `{"type":"snapshot","id":${JSON.stringify(id)},"serverId":"${serverId}","revision":${revision},"part":${part},` +
      `"isLast":${isLast},"items":[${items}]}`,
  );
}
