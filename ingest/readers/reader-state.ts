import type { EventNumbers } from "../../domain/event-numbers.ts";
import type { ReaderNotice } from "../../domain/reader.ts";
import { ReaderClock } from "../../domain/reader-clock.ts";
import type { HeartbeatSign } from "../adapters/understood.ts";

/** All that is known of one reader since this process began. */
export type ReaderState = {
  locationId: string;
  readerId: string;
  format: string;
  mode: string;
  lastHeardAtMs: number;
  reads: number;
  rejected: number;
  waitingReads: number;
  antennasSeen: Set<number>;
  isOffline: boolean;
  isAssigned: boolean;
  clock: ReaderClock;
  /** By stream; null for readers that number nothing. */
  numbers: Map<string, EventNumbers> | null;
  lostMessages: number;
  /** Whether an antenna is connected, as far as the reader says. */
  antennas: Map<number, boolean>;
  heartbeat: HeartbeatSign | null;
  heartbeatAtMs: number;
  /** From one heartbeat to the next; null before the second. */
  heartbeatEveryMs: number | null;
  /** The last ones, newest first. */
  notices: ReaderNotice[];
  /** Reads of the last seconds, newest last, to make a rate of. */
  recentCounts: number[];
  readsAtLastTick: number;
  /** What the table has already. */
  flushedReads: number;
  flushedRejected: number;
  flushedLost: number;
  flushedHeardAtMs: number;
  announced: string;
};

/** `correctionMs` of the clock as an earlier run measured it; null when nothing is known. */
export function createReaderState(
  locationId: string,
  readerId: string,
  correctionMs: number | null,
): ReaderState {
  return {
    locationId,
    readerId,
    format: "",
    mode: "",
    lastHeardAtMs: 0,
    reads: 0,
    rejected: 0,
    waitingReads: 0,
    antennasSeen: new Set(),
    isOffline: false,
    isAssigned: false,
    clock: new ReaderClock(correctionMs),
    numbers: null,
    lostMessages: 0,
    antennas: new Map(),
    heartbeat: null,
    heartbeatAtMs: 0,
    heartbeatEveryMs: null,
    notices: [],
    recentCounts: [],
    readsAtLastTick: 0,
    flushedReads: 0,
    flushedRejected: 0,
    flushedLost: 0,
    flushedHeardAtMs: 0,
    announced: "",
  };
}
