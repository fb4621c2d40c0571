import type { StockBookSettings } from "../domain/tracking/stock-book-settings.ts";

/** What ingest is told by its configuration. Durations in milliseconds. */
export type IngestSettings = {
  /** Root of all MQTT topics. */
  root: string;
  tracking: Partial<StockBookSettings>;
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
  /** Where the embedded engine keeps its files; null when ClickHouse is a server, whose disk is its own business. */
  dataDirectory: string | null;
  /** Intake pauses when less than this share of the disk is free. */
  minFreeDiskShare: number;
};

export const DEFAULT_INGEST_SETTINGS: Omit<IngestSettings, "root" | "dataDirectory"> = {
  tracking: {},
  maxPastMs: 7 * 24 * 3_600_000,
  maxFutureMs: 5 * 60_000,
  maxKnownEvents: 300_000,
  replayMs: 10 * 60_000,
  snapshotEveryMs: 24 * 3_600_000,
  stopDeadlineMs: 10_000,
  minFreeDiskShare: 0.1,
};
