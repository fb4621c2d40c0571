import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { resolveEpc } from "./pipeline/resolve-epc.ts";
import type { MessageBus } from "../domain/message-bus.ts";
import { createStockBook } from "../domain/tracking/stock-book.ts";
import { DEFAULT_STOCK_BOOK_SETTINGS } from "../domain/tracking/stock-book-settings.ts";
import type { Database } from "../sql/database.ts";
import { createDiskGuard } from "./disk-guard.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { type IngestCheck, type IngestState, ingestChecks } from "./ingest-checks.ts";
import { createIngestMetrics } from "./ingest-metrics.ts";
import type { IngestSettings } from "./ingest-settings.ts";
import type { Intake } from "./intake/intake.ts";
import { createOwnership } from "../domain/shard.ts";
import { LEASE_WORDS, leaseOfShard, SNAPSHOT_LEASE } from "./shard-lease.ts";
import { keepReadsFor } from "./keep-reads-for.ts";
import { createMasterData } from "./master-data.ts";
import { createMasterDataReloader } from "./master-data-reloader.ts";
import { announce } from "./pipeline/announce.ts";
import { createBatchWriter } from "./pipeline/batch-writer.ts";
import { Committer } from "./pipeline/committer.ts";
import { KnownEvents } from "./pipeline/known-events.ts";
import { LocationClocks } from "./pipeline/location-clocks.ts";
import { Pipeline } from "./pipeline/pipeline.ts";
import { ReaderActivity } from "./reader-activity.ts";
import { catchUp } from "./recovery/catch-up.ts";
import { recoverState } from "./recovery/recover-state.ts";
import { createStoredReads } from "./recovery/stored-reads.ts";
import { createDailySnapshot } from "./recovery/daily-snapshot.ts";
import { createFollowOthers } from "./recovery/follow-others.ts";
import { registerReaderMetrics } from "./readers/reader-metrics.ts";
import { createOddsWriter } from "./odds/odds-writer.ts";
import { Sightings } from "./sightings.ts";
import { createTrackingConfigurator } from "./tracking-configurator.ts";
import { createWriterLease, LOCKED_BY_ENGINE } from "../sql/leases/writer-lease.ts";

export type IngestDeps = {
  settings: IngestSettings;
  /** Connections of one database, so that the ledger's fsync does not wait behind raw reads, nor both behind a snapshot. */
  db: Database;
  ledgerDb: Database;
  backgroundDb: Database;
  intake: Intake;
  /** For what goes out: movements, receipts, readers' health. */
  bus: MessageBus;
  logger: Logger;
  registry: Registry;
  /** Calls `listener` whenever the server says that master data changed. */
  watchSettings(listener: () => void): Promise<void>;
  nowMs(): number;
  /** Share of the data folder's disk that is free, 0 to 1; null when ClickHouse is a server, whose disk is its own business. */
  freeDiskShare: (() => Promise<number>) | null;
  /** Called when another process took over the ledger: stop at once. */
  onLost(): void;
};

export type Ingest = {
  /** Becomes the writer (waiting as standby if need be), loads the book, then takes in. */
  start(): Promise<void>;
  /** Stops intake, drains, flushes, acknowledges; what is not durable by the deadline is delivered again. */
  stop(): Promise<void>;
  /** Why ingest is ready or not, for /readyz. */
  checks(): IngestCheck[];
  /** What ingest did since it started, for /metrics and benchmarks. */
  counts(): { messages: number; reads: number; items: number; bytes: number };
};

export function createIngest(deps: IngestDeps): Ingest {
  const { settings, db, ledgerDb, backgroundDb, intake, bus, logger, nowMs } = deps;
  const { root } = settings;
  const metrics = createIngestMetrics(deps.registry);
  const masterData = createMasterData({
    db,
    baseTracking: settings.tracking,
    onReloaded: (tracking, locationIds) => configurator.apply(tracking, locationIds),
  });
  const activity = new ReaderActivity(nowMs, {
    onNotice: (kind) => metrics.readerNotices.inc({ kind }),
    onLost(count) {
      metrics.counts.lostReaderMessages += count;
    },
  });
  registerReaderMetrics(deps.registry, activity);
  const sightings = new Sightings();
  const { shard } = settings;
  const ownsLocation = createOwnership(shard);
  const knownEvents = new KnownEvents(settings.maxKnownEvents);
  const { leaseMs } = settings;
  // The embedded engine allows one process by the lock of its folder.
  const lease = db.isEmbedded
    ? LOCKED_BY_ENGINE
    : createWriterLease({
        db: ledgerDb,
        logger,
        ...leaseOfShard(settings.shard),
        words: LEASE_WORDS,
        leaseMs,
        onLost: stepDown,
      });
  const sequences = new Map<string, number>();
  const book = createStockBook({
    defaults: settings.tracking,
    ownsLocation,
    isKnownProduct: (gtin) => masterData.isKnownProduct(gtin),
    resolveEpc: (text) => resolveEpc(masterData, text),
  });
  const clocks = new LocationClocks(book, DEFAULT_STOCK_BOOK_SETTINGS.reorderWindowMs);
  const aborted = new AbortController();
  let ordinal = 0;
  let state: IngestState = "stopped";
  let isStopping = false;
  let blockedReason: string | null = null;
  const { freeDiskShare: freeShare } = deps;
  const { minFreeDiskShare: minFreeShare } = settings;
  const diskGuard = freeShare === null ? null : createDiskGuard({ freeShare, minFreeShare, intake, logger });

  /** Another process owns the ledger now: nothing more is written, and nothing acknowledged. */
  function stepDown() {
    intake.pause();
    aborted.abort();
    deps.onLost();
  }

  /** Rises with every event, also over restarts. */
  const nextOrdinal = () => {
    ordinal = Math.max(ordinal + 1, nowMs() * 1000);
    return ordinal;
  };
  const recordedAtMs = new WeakMap<object, number>();
  const writer = createBatchWriter({
    db,
    ledgerDb,
    lease,
    shard,
    ownsLocation,
    logger,
    onBlocked(reason) {
      blockedReason = reason;
      metrics.isBlocked.set(reason === null ? 0 : 1);
    },
    onOvertaken() {
      logger.fatal(
        "Another ingest wrote to the ledger after this one had loaded it. This one ends to recover from ClickHouse; " +
          "what it had not acknowledged is delivered again.",
      );
      stepDown();
    },
  });
  const committer = new Committer({
    runId: randomUUID(),
    // A clock that nobody sets: with one that is put back an hour, nothing would be written for an hour.
    nowMs: () => performance.now(),
    async write(batch) {
      const atMs = nowMs();
      recordedAtMs.set(batch, atMs);
      const isDurable = await writer.write(batch, atMs, aborted.signal);
      metrics.commitSeconds.observe((nowMs() - atMs) / 1000);
      metrics.batchRows.observe(batch.rows);
      return isDurable;
    },
    onCommitted(batch) {
      announce({ root, bus, logger }, batch, recordedAtMs.get(batch) ?? nowMs());
      if (batch.oldestMessageMs !== null) metrics.lagSeconds.set((nowMs() - batch.oldestMessageMs) / 1000);
      for (const { event } of batch.events) {
        metrics.events.inc({ type: event.eventType });
        for (const { locationId, sequence } of event.movements) {
          sequences.set(locationId, sequence);
          oddsWriter.note(locationId);
        }
      }
    },
  });
  const configurator = createTrackingConfigurator({ book, committer, nextOrdinal });
  /** Keeps what was right before the message that broke the book, then ends the process: a new start recovers. */
  function onBroken(error: unknown) {
    logger.fatal(
      { error },
      "A message broke the stock book. It is kept as a dead letter; ingest ends to recover from ClickHouse.",
    );
    intake.pause();
    void flushAndEnd();
  }
  async function flushAndEnd() {
    await committer.flush();
    deps.onLost();
  }
  const pipeline = new Pipeline({
    root,
    db,
    book,
    clocks,
    masterData,
    activity,
    sightings,
    knownEvents,
    metrics,
    committer,
    logger,
    nowMs,
    nextOrdinal,
    onBroken,
    limits: { maxPastMs: settings.maxPastMs, maxFutureMs: settings.maxFutureMs },
  });
  const oddsWriter = createOddsWriter({ db: backgroundDb, book, ownsLocation, logger, nowMs });
  const heartbeat = createHeartbeat({ root, bus, db, logger, activity, sightings, sequences, nowMs });

  const taking = { book, ownsLocation, committer, nextOrdinal, nowMs };
  const storedReads = createStoredReads({
    ...taking,
    db,
    clocks,
    masterData,
    activity,
    replayMs: settings.replayMs,
    waitingMs: settings.maxPastMs,
  });

  const isShared = shard.kind !== "all";
  const others = isShared ? createFollowOthers({ ...taking, db: backgroundDb, shard, logger }) : null;

  async function recover() {
    state = "recovering";
    const ledger = { db, book, ownsLocation, knownEvents, logger, nowMs };
    const limits = { knownEventsMs: settings.maxPastMs, maxKnownEvents: settings.maxKnownEvents };
    const loaded = await recoverState({ ...ledger, ...limits, masterData, activity, others });
    ordinal = loaded.lastOrdinal;
    writer.continueAfter(ordinal);
    for (const [locationId, sequence] of loaded.sequences) sequences.set(locationId, sequence);
    configurator.start();
    await others?.takeInMissed();
    await catchUp(storedReads, logger);
  }

  const snapshotLease = () =>
    createWriterLease({
      db: backgroundDb,
      logger,
      ...SNAPSHOT_LEASE,
      words: LEASE_WORDS,
      leaseMs,
      onLost: () => {},
    });
  const dailySnapshot = createDailySnapshot({
    db: backgroundDb,
    logger,
    nowMs,
    async flush() {
      const cut = ordinal;
      return (await committer.flush()) ? cut : null;
    },
    lease: isShared ? snapshotLease : null,
  });

  const reloader = createMasterDataReloader({ masterData, activity, committer, storedReads, logger });

  async function keepReads() {
    try {
      const days = settings.readsTtlDays;
      if (await keepReadsFor(backgroundDb, days))
        logger.info({ days }, "Raw reads are kept for another time");
    } catch (error) {
      logger.error(
        { error },
        "How long raw reads are kept could not be changed; it is tried at the next start.",
      );
    }
  }

  const timers: NodeJS.Timeout[] = [];

  return {
    async start() {
      state = "standby";
      if (!(await lease.acquire(aborted.signal))) return;
      await recover();
      void keepReads();
      await deps.watchSettings(reloader.request);
      await diskGuard?.check();
      // Asked to stop meanwhile: what would run from here on would never be stopped.
      if (isStopping) return;
      heartbeat.start();
      await oddsWriter.start();
      timers.push(setInterval(() => void diskGuard?.check(), settings.checkDiskEveryMs));
      timers.push(setInterval(() => void dailySnapshot.take(), settings.snapshotEveryMs));
      others?.start();
      await intake.start(pipeline.take);
      state = "running";
      logger.info({ ...book.stats() }, "Ingest takes in");
    },
    async stop() {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      await heartbeat.stop();
      await oddsWriter.stop();
      await others?.stop();
      const deadline = setTimeout(() => aborted.abort(), settings.stopDeadlineMs);
      intake.pause();
      await Promise.all([committer.flush(), reloader.stop()]);
      await intake.stop();
      await committer.flush();
      clearTimeout(deadline);
      aborted.abort();
      await lease.release().catch(() => undefined);
      state = "stopped";
    },
    checks() {
      return ingestChecks({
        state,
        intake: intake.status(),
        leaseReason: lease.reason(),
        blockedReason,
        diskReason: diskGuard?.reason() ?? null,
      });
    },
    counts() {
      return {
        messages: metrics.counts.messages,
        reads: metrics.counts.reads,
        items: book.stats().items,
        bytes: book.byteLength,
      };
    },
  };
}
