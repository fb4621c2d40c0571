import type { ReaderHealth } from "../domain/reader.ts";
import type { Database } from "../sql/database.ts";

type Activity = {
  locationId: string;
  readerId: string;
  format: string;
  lastHeardAtMs: number;
  reads: number;
  rejected: number;
  waitingReads: number;
  antennasSeen: Set<number>;
  isOffline: boolean;
  isAssigned: boolean;
  /** Reads of the last seconds, newest last, to make a rate of. */
  recentCounts: number[];
  readsAtLastTick: number;
  /** What the table has already. */
  flushedReads: number;
  flushedRejected: number;
  flushedHeardAtMs: number;
  announced: string;
};

/** A reader that sent nothing for this long is silent. */
const silentAfterMs = 60_000;
/** The rate is the mean over this many ticks. */
const rateTicks = 5;
/** Readers that are tracked at once; more are counted but not listed, so that a stranger cannot fill the memory. */
const maxReaders = 20_000;
const maxAntennas = 64;

/** Reads of one reader that wait for a zone. */
export type WaitingReads = { reads: number; newestAtMs: number; antennas: Set<number> };

/** How each reader that was heard is doing: memory of one process, with its totals by minute in `reader_activity`. */
export class ReaderActivity {
  readonly #readers = new Map<string, Activity>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The counters of a reader; null when too many different readers were heard. */
  heard(locationId: string, readerId: string, format: string, isAssigned: boolean): Activity | null {
    const key = `${locationId}/${readerId}`;
    let activity = this.#readers.get(key);
    if (activity === undefined) {
      if (this.#readers.size >= maxReaders) return null;
      activity = newActivity(locationId, readerId);
      this.#readers.set(key, activity);
    }
    if (format !== "") activity.format = format;
    activity.lastHeardAtMs = this.#nowMs();
    activity.isOffline = false;
    activity.isAssigned = isAssigned;
    return activity;
  }

  countRead(activity: Activity, antenna: number, isWaiting: boolean): void {
    activity.reads += 1;
    if (isWaiting) activity.waitingReads += 1;
    if (antenna >= 0 && activity.antennasSeen.size < maxAntennas) activity.antennasSeen.add(antenna);
  }

  /** After a reader was assigned, its waiting reads have been taken in, but for these: their antenna has no zone yet. */
  assigned(locationId: string, readerId: string, waiting: WaitingReads): void {
    const known = this.#readers.get(`${locationId}/${readerId}`);
    if (known === undefined && waiting.reads === 0) return;
    const activity = known ?? this.heard(locationId, readerId, "", true);
    if (activity === null) return;
    if (known === undefined) activity.lastHeardAtMs = waiting.newestAtMs;
    activity.isAssigned = true;
    activity.waitingReads = waiting.reads;
    for (const antenna of waiting.antennas) if (antenna >= 0) activity.antennasSeen.add(antenna);
  }

  waiting(): { locationId: string; readerId: string; waitingReads: number }[] {
    return [...this.#readers.values()].filter((activity) => activity.waitingReads > 0);
  }

  /**
   * Health by location of the readers whose health changed since the last call, with the rate over the time between
   * calls (`tickMs`).
   */
  tick(tickMs: number): Map<string, ReaderHealth[]> {
    const nowMs = this.#nowMs();
    const changed = new Map<string, ReaderHealth[]>();
    for (const activity of this.#readers.values()) {
      activity.recentCounts.push(activity.reads - activity.readsAtLastTick);
      if (activity.recentCounts.length > rateTicks) activity.recentCounts.shift();
      activity.readsAtLastTick = activity.reads;
      const health = healthOf(activity, nowMs, tickMs);
      const text = JSON.stringify(health);
      if (text === activity.announced) continue;
      activity.announced = text;
      const list = changed.get(activity.locationId) ?? [];
      list.push(health);
      changed.set(activity.locationId, list);
    }
    return changed;
  }

  /** Adds what is new since the last flush to the table `reader_activity`. */
  async flush(db: Database): Promise<void> {
    const rows: (string | number)[][] = [];
    const written: { activity: Activity; reads: number; rejected: number; heardAtMs: number }[] = [];
    for (const activity of this.#readers.values()) {
      const { reads, rejected, lastHeardAtMs } = activity;
      if (lastHeardAtMs === activity.flushedHeardAtMs) continue;
      rows.push([
        activity.locationId,
        activity.readerId,
        Math.trunc(lastHeardAtMs / 60_000) * 60,
        activity.format,
        reads - activity.flushedReads,
        rejected - activity.flushedRejected,
        (lastHeardAtMs / 1000).toFixed(3),
      ]);
      written.push({ activity, reads, rejected, heardAtMs: lastHeardAtMs });
    }
    if (rows.length === 0) return;
    await db.insert({
      name: "ingest/insert-reader-activity",
      table: "reader_activity",
      columns: ["location_id", "reader_id", "minute", "format", "reads", "rejected", "last_heard_at"],
      rows,
    });
    for (const { activity, reads, rejected, heardAtMs } of written) {
      activity.flushedReads = reads;
      activity.flushedRejected = rejected;
      activity.flushedHeardAtMs = heardAtMs;
    }
  }
}

function newActivity(locationId: string, readerId: string): Activity {
  return {
    locationId,
    readerId,
    format: "",
    lastHeardAtMs: 0,
    reads: 0,
    rejected: 0,
    waitingReads: 0,
    antennasSeen: new Set(),
    isOffline: false,
    isAssigned: false,
    recentCounts: [],
    readsAtLastTick: 0,
    flushedReads: 0,
    flushedRejected: 0,
    flushedHeardAtMs: 0,
    announced: "",
  };
}

function healthOf(activity: Activity, nowMs: number, tickMs: number): ReaderHealth {
  const recent = activity.recentCounts.reduce((sum, count) => sum + count, 0);
  const seconds = (activity.recentCounts.length * tickMs) / 1000;
  return {
    locationId: activity.locationId,
    readerId: activity.readerId,
    status: statusOf(activity, nowMs),
    format: activity.format,
    lastHeardAt: activity.lastHeardAtMs === 0 ? null : new Date(activity.lastHeardAtMs).toISOString(),
    readsPerSecond: Math.round((recent / seconds) * 10) / 10,
    reads: activity.reads,
    rejected: activity.rejected,
    waitingReads: activity.waitingReads,
    antennasSeen: [...activity.antennasSeen].sort((a, b) => a - b),
  };
}

function statusOf(activity: Activity, nowMs: number): ReaderHealth["status"] {
  if (!activity.isAssigned) return "unassigned";
  if (activity.isOffline) return "offline";
  return nowMs - activity.lastHeardAtMs > silentAfterMs ? "silent" : "online";
}
