import { ALL_LOCATIONS, type Shard } from "../domain/shard.ts";
import type { TrackingOverrides } from "../domain/tracking/tracking-settings.ts";

/** What ingest is told by its configuration. Durations in milliseconds. */
export type IngestSettings = {
  /** Root of all MQTT topics. */
  root: string;
  /** The locations that this ingest serves. */
  shard: Shard;
  /** The company's thresholds of item tracking, where a location has none of its own. */
  tracking: TrackingOverrides;
  /** Reads and events older than this are refused (`too_old`); repeats are recognised for as long. */
  maxPastMs: number;
  /** … and those further ahead than this (`in_future`). */
  maxFutureMs: number;
  /** Event ids kept in memory; older ones are looked up in ClickHouse. */
  maxKnownEvents: number;
  /** How far back raw reads are taken again at start. */
  replayMs: number;
  snapshotEveryMs: number;
  stopDeadlineMs: number;
  /** On a ClickHouse server: a writer that did not renew its lease for this long is taken for dead. At least 2 s. */
  leaseMs: number;
  /** Days for which raw reads are kept. */
  readsTtlDays: number;
  /** Intake pauses when less than this share of the disk is free. */
  minFreeDiskShare: number;
  checkDiskEveryMs: number;
};

export const DEFAULT_INGEST_SETTINGS: Omit<IngestSettings, "root"> = {
  shard: ALL_LOCATIONS,
  tracking: {},
  maxPastMs: 7 * 24 * 3_600_000,
  maxFutureMs: 5 * 60_000,
  maxKnownEvents: 300_000,
  replayMs: 10 * 60_000,
  snapshotEveryMs: 24 * 3_600_000,
  stopDeadlineMs: 10_000,
  leaseMs: 20_000,
  readsTtlDays: 30,
  minFreeDiskShare: 0.1,
  checkDiskEveryMs: 5_000,
};
