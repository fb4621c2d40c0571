import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import type { ServerFrame } from "../../domain/availability/stream-frames.ts";

/** What a frame did to what is known of the subscription. `hole` means: something was missed, ask again. */
export type Applied =
  | { kind: "snapshot"; revision: number; items: AvailabilityItem[] }
  | { kind: "changes"; revision: number; items: AvailabilityItem[] }
  | { kind: "progress"; received: number; items: AvailabilityItem[] }
  | { kind: "ignored" }
  | { kind: "hole" };

/** Where to resume: the server that gave the revision, and the last revision that was applied whole. */
export type ResumePoint = { serverId: string; revision: number };

type SubscriptionFrame = Extract<ServerFrame, { type: "snapshot" | "changes" }>;

const IGNORED: Applied = { kind: "ignored" };
const HOLE: Applied = { kind: "hole" };

/**
 * Applies the frames of one subscription in their order, and notices when one is missing. A snapshot counts only when all its
 * parts are there; changes count only when they follow on what is known. Frames of an earlier subscription are ignored.
 */
export function createFrameApplier() {
  let subscriptionId = "";
  let known: ResumePoint | null = null;
  let parts: AvailabilityItem[] = [];
  let nextPart: number | null = null;

  function applySnapshot(frame: Extract<ServerFrame, { type: "snapshot" }>): Applied {
    if (frame.part === 0) {
      parts = [];
      nextPart = 0;
    }
    if (frame.part !== nextPart) return HOLE;
    for (const item of frame.items) parts.push(item);
    nextPart += 1;
    if (!frame.isLast) return { kind: "progress", received: parts.length, items: frame.items };
    const items = parts;
    parts = [];
    nextPart = null;
    known = { serverId: frame.serverId, revision: frame.revision };
    return { kind: "snapshot", revision: frame.revision, items };
  }

  function applyChanges(frame: Extract<ServerFrame, { type: "changes" }>): Applied {
    if (known === null || nextPart !== null || frame.fromRevision > known.revision) return HOLE;
    if (frame.revision < known.revision) return IGNORED;
    known = { serverId: known.serverId, revision: frame.revision };
    return { kind: "changes", revision: frame.revision, items: frame.items };
  }

  return {
    /** Starts a new subscription; what is known stays, so that it can be resumed. */
    begin(id: string): void {
      subscriptionId = id;
      parts = [];
      nextPart = null;
    },
    apply(frame: SubscriptionFrame): Applied {
      if (frame.id !== subscriptionId) return IGNORED;
      return frame.type === "snapshot" ? applySnapshot(frame) : applyChanges(frame);
    },
    /** Null until a first snapshot was applied whole. */
    resumePoint: (): ResumePoint | null => known,
    /** The next subscription will ask for everything. */
    forget(): void {
      known = null;
    },
  };
}
