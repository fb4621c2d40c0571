import type { OnhandClient } from "../../../client/onhand-client.ts";
import type { StreamStatus } from "../../../client/stream/availability-stream.ts";
import { createRowStore } from "./row-store.ts";

export type LiveStock = ReturnType<typeof createLiveStock>;

/** What is known of the connection, and how many rows of a first snapshot have come. */
export type LiveStatus = StreamStatus & { received: number; hasSnapshot: boolean };

/** Feeds the row store from one stream of everything this person may see. */
export function createLiveStock({ client }: { client: OnhandClient }) {
  const rows = createRowStore({
    // A page in the background gets no frames; its rows are then told four times a second.
    schedule: (flush) => {
      if (document.hidden) setTimeout(flush, 250);
      else requestAnimationFrame(flush);
    },
    nowMs: Date.now,
  });
  const listeners = new Set<() => void>();
  let status: LiveStatus = {
    state: "connecting",
    lastHeardAtMs: null,
    problem: null,
    received: 0,
    hasSnapshot: false,
  };

  function setStatus(next: Partial<LiveStatus>): void {
    status = { ...status, ...next };
    for (const listener of listeners) listener();
  }

  return {
    rows,
    status: () => status,
    subscribeStatus(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Connects; the answer disconnects. */
    start(): () => void {
      const stream = client.availability.stream({
        onStatus: (next) => setStatus(next),
        onEvent: (event) => {
          if (event.type === "progress") {
            // The first rows are shown as they come; later a snapshot replaces all in one step.
            if (!status.hasSnapshot) rows.applyChanges(event.items);
            return setStatus({ received: event.received });
          }
          if (event.type === "changes") return rows.applyChanges(event.items);
          rows.applySnapshot(event.items);
          return setStatus({ received: event.items.length, hasSnapshot: true });
        },
      });
      const wake = () => {
        if (!document.hidden) stream.wake();
      };
      addEventListener("online", wake);
      document.addEventListener("visibilitychange", wake);
      return () => {
        removeEventListener("online", wake);
        document.removeEventListener("visibilitychange", wake);
        stream.stop();
      };
    },
  };
}
