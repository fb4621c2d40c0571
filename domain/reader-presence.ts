/** A reader that sent nothing for this long is silent… */
const SILENT_AFTER_MS = 60_000;
/** … and for this long, offline. */
const OFFLINE_AFTER_MS = 10 * 60_000;
/** A reader that sends heartbeats may miss one before it is silent, and four before it is offline. */
const SILENT_AFTER_HEARTBEATS = 2.5;
const OFFLINE_AFTER_HEARTBEATS = 5;

export type ReaderPresence = "online" | "silent" | "offline";

/**
 * Whether a reader is there. `saidOffline`: its last will came, and nothing since. `heartbeatEveryMs` null for a reader
 * that sends none: of such a one silence may only mean that no tag is near, so it is called silent before offline.
 */
export function presenceOf(
  reader: { lastHeardAtMs: number; heartbeatEveryMs: number | null; saidOffline: boolean },
  nowMs: number,
): ReaderPresence {
  if (reader.saidOffline) return "offline";
  const ageMs = nowMs - reader.lastHeardAtMs;
  const everyMs = reader.heartbeatEveryMs ?? 0;
  if (ageMs > Math.max(OFFLINE_AFTER_MS, everyMs * OFFLINE_AFTER_HEARTBEATS)) return "offline";
  return ageMs > Math.max(SILENT_AFTER_MS, everyMs * SILENT_AFTER_HEARTBEATS) ? "silent" : "online";
}
