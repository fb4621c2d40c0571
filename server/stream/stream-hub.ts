import type { Logger } from "pino";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import type { ServerConfig } from "../server-config.ts";
import { changesFrame, createItemTexts } from "./item-texts.ts";
import { thresholdBand } from "../../domain/availability/threshold-band.ts";
import { createSnapshotSender } from "./snapshot-sender.ts";
import type { StreamPeer } from "./stream-peer.ts";
import type { Subscription } from "./subscription.ts";
import { createSubscriptionGroups, type SubscriptionGroup } from "./subscription-groups.ts";

export type StreamHub = ReturnType<typeof createStreamHub>;

/**
 * Sends changes to the sockets that asked for them, once per tick: what changed since the last tick is matched to groups of
 * equal subscriptions, written once, and sent to each member that reads fast enough. A member that does not is set to
 * due: it gets nothing until its socket has drained, then a new snapshot. So a queue is bounded, and nothing is skipped.
 */
export function createStreamHub(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  config: ServerConfig;
  logger: Logger;
  nowMs(): number;
}) {
  const { projection, config } = deps;
  const { maxBufferedBytes, itemsPerFrame } = config.stream;
  const texts = createItemTexts(deps.reader, config.publishableQuantityCap);
  const groups = createSubscriptionGroups();
  const sockets = new Set<StreamPeer>();
  /** Subscriptions that are not live: a snapshot or the changes since a revision are due. */
  const due = new Set<Subscription>();
  let pending = new Set<number>();
  let revision = 0;
  let timer: NodeJS.Timeout | undefined;
  const counts = { frames: 0, snapshots: 0, dropped: 0, resumed: 0 };
  const snapshots = createSnapshotSender({ ...deps, texts, counts, goLive });

  projection.onChange((row) => {
    // Before anybody listens there is nobody to tell; a snapshot will show it.
    if (sockets.size > 0) pending.add(row);
  });

  function goLive(subscription: Subscription): void {
    due.delete(subscription);
    groups.join(subscription);
  }

  function fallBehind(subscription: Subscription): void {
    groups.leave(subscription);
    subscription.revision = null;
    subscription.bands = null;
    counts.dropped += 1;
    due.add(subscription);
  }

  function broadcast(): void {
    const rows = pending;
    pending = new Set();
    const table = projection.table();
    const touched = new Set<SubscriptionGroup>();
    for (const row of rows) groups.note(row, table.gtinAt(row), table.locationIdAt(row), touched);
    for (const group of touched) sendChanges(group);
  }

  /** Of rows that changed those in another band than when they were last looked at. */
  function crossed(rows: readonly number[], group: SubscriptionGroup): number[] {
    const { bands } = group;
    const { thresholds, view } = group.filter;
    if (bands === null || thresholds === null) return [...rows];
    return rows.filter((row) => {
      const band = thresholdBand(thresholds, texts.availableOf(row, view));
      if (band === (bands.get(row) ?? 0)) return false;
      if (band === 0) bands.delete(row);
      else bands.set(row, band);
      return true;
    });
  }

  function sendChanges(group: SubscriptionGroup): void {
    const rows = group.bands === null ? group.changed : crossed(group.changed, group);
    group.changed = [];
    for (let start = 0; start < rows.length; start += itemsPerFrame) {
      const part = rows.slice(start, start + itemsPerFrame);
      const items = part.map((row) => texts.textOf(row, group.filter.view)).join(",");
      sendToMembers(group, items, start + itemsPerFrame >= rows.length);
    }
  }

  /** Members mostly hold the same revision under the same id: then all are sent the same bytes. */
  function sendToMembers(group: SubscriptionGroup, items: string, isLast: boolean): void {
    let frame: Buffer | null = null;
    let frameId = "";
    let frameFrom = 0;
    for (const member of group.members) {
      if (member.revision === null) continue;
      if (member.socket.bufferedBytes > maxBufferedBytes) {
        fallBehind(member);
        continue;
      }
      if (frame === null || frameId !== member.id || frameFrom !== member.revision) {
        frameId = member.id;
        frameFrom = member.revision;
        // Of several parts only the last moves the revision on: a client cut off before it asks for all again.
        frame = changesFrame(member.id, member.revision, isLast ? revision : member.revision, items);
      }
      member.socket.send(frame, isLast ? revision : member.revision);
      counts.frames += 1;
      if (isLast) member.revision = revision;
    }
  }

  /** Changes first, then what is due: so that a snapshot is never older than what others were told. */
  function tick(): void {
    if (!projection.isLoaded()) return;
    try {
      revision = projection.revision();
      if (pending.size > 0) broadcast();
      if (due.size > 0) snapshots.send(due, revision);
    } catch (error) {
      // A bug, not a state: close the sockets rather than leave them with a hole.
      deps.logger.error(
        { err: error },
        "the stream failed; its sockets are closed and will ask for snapshots",
      );
      for (const socket of sockets) socket.close(1011, "internal_error");
    } finally {
      texts.forget();
    }
  }

  function unsubscribe(subscription: Subscription): void {
    groups.leave(subscription);
    due.delete(subscription);
    subscription.socket.subscriptions.delete(subscription.id);
  }

  return {
    sockets,
    counts: (): Readonly<typeof counts> => counts,
    subscriptionCount(): number {
      let count = 0;
      for (const socket of sockets) count += socket.subscriptions.size;
      return count;
    },
    /** The newest revision that was sent out. */
    revision: () => revision,
    add(socket: StreamPeer): void {
      sockets.add(socket);
    },
    remove(socket: StreamPeer): void {
      for (const subscription of socket.subscriptions.values()) unsubscribe(subscription);
      sockets.delete(socket);
      if (sockets.size === 0) pending = new Set();
    },
    subscribe(subscription: Subscription): void {
      subscription.socket.subscriptions.set(subscription.id, subscription);
      due.add(subscription);
    },
    unsubscribe,
    tick,
    start(): void {
      timer ??= setInterval(tick, config.stream.tickMs);
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
