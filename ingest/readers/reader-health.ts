import type { ReaderHealth } from "../../domain/reader.ts";
import { presenceOf } from "../../domain/reader-presence.ts";
import type { ReaderState } from "./reader-state.ts";

/** A reader's health as it is told; `tickMs` is the time that each of its recent counts covers. */
export function healthOf(state: ReaderState, nowMs: number, tickMs: number): ReaderHealth {
  const recent = state.recentCounts.reduce((sum, count) => sum + count, 0);
  const seconds = (state.recentCounts.length * tickMs) / 1000;
  return {
    locationId: state.locationId,
    readerId: state.readerId,
    status: statusOf(state, nowMs),
    format: state.format,
    lastHeardAt: state.lastHeardAtMs === 0 ? null : new Date(state.lastHeardAtMs).toISOString(),
    readsPerSecond: seconds === 0 ? 0 : Math.round((recent / seconds) * 10) / 10,
    reads: state.reads,
    rejected: state.rejected,
    waitingReads: state.waitingReads,
    antennasSeen: [...state.antennasSeen].sort(byNumber),
    mode: state.mode,
    skewMs: state.clock.skewMs,
    lostMessages: state.lostMessages,
    antennasConnected: antennasThat(state, true),
    antennasDisconnected: antennasThat(state, false),
    heartbeat: heartbeatOf(state),
    notices: state.notices,
  };
}

export function statusOf(state: ReaderState, nowMs: number): ReaderHealth["status"] {
  if (!state.isAssigned) return "unassigned";
  const { lastHeardAtMs, heartbeatEveryMs, isOffline: saidOffline } = state;
  return presenceOf({ lastHeardAtMs, heartbeatEveryMs, saidOffline }, nowMs);
}

function heartbeatOf(state: ReaderState): ReaderHealth["heartbeat"] {
  const { heartbeat, heartbeatAtMs, heartbeatEveryMs } = state;
  if (heartbeat === null) return null;
  return {
    at: new Date(heartbeatAtMs).toISOString(),
    everySeconds: heartbeatEveryMs === null ? null : Math.round(heartbeatEveryMs / 1000),
    temperatureCelsius: heartbeat.temperatureCelsius,
    activity: heartbeat.activity,
    uptime: heartbeat.uptime,
    tagReads: heartbeat.numTagReads,
    errors: heartbeat.numErrors,
    warnings: heartbeat.numWarnings,
    droppedMessages: heartbeat.numDropped,
  };
}

function antennasThat(state: ReaderState, isConnected: boolean): number[] {
  return [...state.antennas].flatMap(([antenna, is]) => (is === isConnected ? [antenna] : [])).sort(byNumber);
}

const byNumber = (a: number, b: number): number => a - b;
