import { thresholdBand } from "../../domain/availability/threshold-band.ts";
import type { Projection } from "../projection/projection.ts";
import type { ServerConfig } from "../server-config.ts";
import { changesFrame, type ItemTexts, snapshotFrame } from "./item-texts.ts";
import type { Sending, Subscription } from "./subscription.ts";
import { changedRows, entriesOf, type SnapshotEntry } from "./subscription-filter.ts";

/** Of each tick at most so long goes to snapshots, so that those who are live are not held up. */
const BUDGET_MS = 20;

/**
 * Sends what is due: a snapshot, or the changes since a revision. Both go out in parts, a part only while the socket takes
 * it, the rest in later ticks, in fair turns. What changes meanwhile is sent after it as changes, until a subscription has
 * everything within one tick: then it is live.
 */
export function createSnapshotSender(deps: {
  projection: Projection;
  config: ServerConfig;
  texts: ItemTexts;
  counts: { snapshots: number; resumed: number; frames: number };
  goLive(subscription: Subscription): void;
}) {
  const { projection, texts, counts } = deps;
  const { maxBufferedBytes, itemsPerFrame } = deps.config.stream;

  function begin(subscription: Subscription, revision: number): Sending {
    const table = projection.table();
    const { filter } = subscription;
    const hasThresholds = filter.thresholds !== null;
    // A revision of the future was not given by this server: it is answered with a snapshot.
    if (subscription.revision === null || subscription.revision > revision) {
      counts.snapshots += 1;
      subscription.revision = null;
      if (hasThresholds) subscription.bands = new Map();
      return { kind: "snapshot", revision, part: 0, entries: entriesOf(table, filter), changedAfter: null };
    }
    counts.resumed += 1;
    const after = subscription.revision;
    if (hasThresholds && subscription.bands === null) {
      // On which side a changed row was then nobody knows any more, so it is told; of the others the side is learnt.
      subscription.bands = new Map();
      return { kind: "changes", revision, part: 0, entries: entriesOf(table, filter), changedAfter: after };
    }
    const rows = changedRows(table, filter, after);
    return { kind: "changes", revision, part: 0, entries: rows.values(), changedAfter: null };
  }

  function noteBand({ filter, bands }: Subscription, entry: SnapshotEntry): void {
    if (filter.thresholds === null || bands === null || typeof entry !== "number") return;
    const band = thresholdBand(filter.thresholds, texts.availableOf(entry, filter.view));
    if (band === 0) bands.delete(entry);
    else bands.set(entry, band);
  }

  /** A product and place without a record has not changed since any revision. */
  function isToldOf(entry: SnapshotEntry, changedAfter: number | null): boolean {
    if (changedAfter === null) return true;
    return typeof entry === "number" && projection.table().revisionAt(entry) > changedAfter;
  }

  /** @returns whether it was the last. */
  function sendPart(subscription: Subscription, sending: Sending): boolean {
    const { view } = subscription.filter;
    const entries: SnapshotEntry[] = [];
    let isLast = false;
    for (let looked = 0; looked < itemsPerFrame && !isLast; looked += 1) {
      const next = sending.entries.next();
      if (next.done === true) {
        isLast = true;
      } else {
        noteBand(subscription, next.value);
        if (isToldOf(next.value, sending.changedAfter)) entries.push(next.value);
      }
    }
    if (entries.length === 0 && !isLast) return false;
    const items = entries.map((entry) => texts.textOf(entry, view)).join(",");
    const from = sending.kind === "snapshot" ? null : subscription.revision;
    subscription.socket.send(frameOf(subscription, sending, items, isLast), isLast ? sending.revision : from);
    counts.frames += 1;
    sending.part += 1;
    return isLast;
  }

  function frameOf(subscription: Subscription, sending: Sending, items: string, isLast: boolean): Buffer {
    const { id, revision: from } = subscription;
    if (sending.kind === "snapshot" || from === null) {
      const { revision, part } = sending;
      return snapshotFrame({ id, serverId: projection.serverId, revision, part, isLast }, items);
    }
    // Of several parts only the last moves the revision on: a client cut off before it asks for all of them again.
    return changesFrame(id, from, isLast ? sending.revision : from, items);
  }

  /** One step for one subscription. @returns whether it holds everything now. */
  function advance(subscription: Subscription, revision: number): boolean {
    const sending = subscription.sending ?? begin(subscription, revision);
    subscription.sending = sending;
    if (!sendPart(subscription, sending)) return false;
    subscription.sending = null;
    subscription.revision = sending.revision;
    // Older than this tick: what changed while the parts went out comes next, their own rows too.
    return sending.revision === revision;
  }

  return {
    send(due: ReadonlySet<Subscription>, revision: number): void {
      const endMs = performance.now() + BUDGET_MS;
      let turn = [...due];
      while (turn.length > 0) {
        const next: Subscription[] = [];
        for (const subscription of turn) {
          if (performance.now() > endMs) return;
          if (subscription.socket.bufferedBytes > maxBufferedBytes / 2) continue;
          if (advance(subscription, revision)) deps.goLive(subscription);
          else next.push(subscription);
        }
        turn = next;
      }
    },
  };
}
