import type { ReaderWithHealth } from "../../domain/api/master-data-answers.ts";
import type { Reader, ReaderHealth } from "../../domain/reader.ts";
import { presenceOf } from "../../domain/reader-presence.ts";
import type { ReaderHealthFollower } from "./reader-health-follower.ts";
import type { ReaderActivityRow, ReaderStore } from "./reader-store.ts";

/**
 * Every reader that is assigned or was ever heard, unassigned ones first, then by location and id. What ingest publishes
 * is newest; without it (the server has just started, ingest is away) the table of activity tells when each was heard.
 */
export async function listReaders(deps: {
  store: ReaderStore;
  health: ReaderHealthFollower;
  nowMs(): number;
}): Promise<ReaderWithHealth[]> {
  const [assigned, activity] = [await deps.store.loadAssigned(), await deps.store.loadActivity()];
  const readers = new Map<string, ReaderWithHealth>();
  for (const reader of assigned) {
    readers.set(keyOf(reader), { ...reader, isAssigned: true, health: null });
  }
  for (const row of activity) {
    const reader = { locationId: row.location_id, readerId: row.reader_id };
    const known = readers.get(keyOf(reader)) ?? unassigned(reader);
    readers.set(keyOf(reader), { ...known, health: healthFrom(row, known.isAssigned, deps.nowMs()) });
  }
  for (const health of deps.health.all()) {
    const known = readers.get(keyOf(health)) ?? unassigned(health);
    readers.set(keyOf(health), { ...known, health: withStatus(health, known.isAssigned, deps.nowMs()) });
  }
  return [...readers.values()].sort(inOrder);
}

function keyOf(reader: { locationId: string; readerId: string }): string {
  return `${reader.locationId}/${reader.readerId}`;
}

function unassigned(reader: { locationId: string; readerId: string }): ReaderWithHealth {
  const empty: Reader = {
    locationId: reader.locationId,
    readerId: reader.readerId,
    name: "",
    defaultZoneId: null,
    antennas: {},
  };
  return { ...empty, isAssigned: false, health: null };
}

function healthFrom(row: ReaderActivityRow, isAssigned: boolean, nowMs: number): ReaderHealth {
  const health: ReaderHealth = {
    locationId: row.location_id,
    readerId: row.reader_id,
    status: "online",
    format: row.format,
    lastHeardAt: row.last_heard_at,
    readsPerSecond: 0,
    reads: row.reads,
    rejected: row.rejected,
    waitingReads: 0,
    antennasSeen: [],
    mode: "",
    skewMs: row.clock_correction_ms === 0 ? null : -row.clock_correction_ms,
    lostMessages: row.lost,
    antennasConnected: [],
    antennasDisconnected: [],
    heartbeat: null,
    notices: [],
  };
  return withStatus(health, isAssigned, nowMs);
}

/** Health grows old when ingest is silent: then the age of the last message decides, never an old "online". */
function withStatus(health: ReaderHealth, isAssigned: boolean, nowMs: number): ReaderHealth {
  if (!isAssigned) return { ...health, status: "unassigned" };
  const everySeconds = health.heartbeat?.everySeconds ?? null;
  const status = presenceOf(
    {
      lastHeardAtMs: health.lastHeardAt === null ? -Infinity : Date.parse(health.lastHeardAt),
      heartbeatEveryMs: everySeconds === null ? null : everySeconds * 1000,
      saidOffline: health.status === "offline",
    },
    nowMs,
  );
  return { ...health, status, readsPerSecond: status === "online" ? health.readsPerSecond : 0 };
}

function inOrder(a: ReaderWithHealth, b: ReaderWithHealth): number {
  if (a.isAssigned !== b.isAssigned) return a.isAssigned ? 1 : -1;
  if (a.locationId !== b.locationId) return a.locationId < b.locationId ? -1 : 1;
  return a.readerId < b.readerId ? -1 : 1;
}
