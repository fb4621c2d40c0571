import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { type AvailabilityReader, capItem } from "../availability/availability-reader.ts";
import type { SnapshotEntry, StreamView } from "./subscription-filter.ts";

export type ItemTexts = ReturnType<typeof createItemTexts>;

/** The JSON of items. Within a tick each row is written once for all that hear of it in the same view. */
export function createItemTexts(reader: AvailabilityReader, quantityCap: number) {
  const texts = new Map<string, Map<number, string>>();
  const quantities = new Map<string, Map<number, number>>();

  function itemOf(entry: SnapshotEntry, { wish, isCapped }: StreamView): AvailabilityItem {
    const item =
      typeof entry === "number"
        ? reader.itemAt(entry, wish)
        : reader.itemOf(entry.locationId, entry.gtin, wish);
    return isCapped ? capItem(item, quantityCap) : item;
  }

  return {
    textOf(entry: SnapshotEntry, view: StreamView): string {
      if (typeof entry !== "number") return JSON.stringify(itemOf(entry, view));
      const kept = keptIn(texts, view);
      let text = kept.get(entry);
      if (text === undefined) {
        text = JSON.stringify(itemOf(entry, view));
        kept.set(entry, text);
      }
      return text;
    },
    /** What the view shows as available, whole units. */
    availableOf(entry: SnapshotEntry, view: StreamView): number {
      if (typeof entry !== "number") return itemOf(entry, view).available;
      const kept = keptIn(quantities, view);
      let available = kept.get(entry);
      if (available === undefined) {
        available = itemOf(entry, view).available;
        kept.set(entry, available);
      }
      return available;
    },
    /** At the end of each tick: what was written is not the newest any more. */
    forget(): void {
      texts.clear();
      quantities.clear();
    },
  };
}

function keptIn<Value>(views: Map<string, Map<number, Value>>, view: StreamView): Map<number, Value> {
  let kept = views.get(view.key);
  if (kept === undefined) {
    kept = new Map();
    views.set(view.key, kept);
  }
  return kept;
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
