import { randomUUID } from "node:crypto";
import { statfs } from "node:fs/promises";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { z } from "zod";
import { resolveEpc } from "./pipeline/resolve-epc.ts";
import type { MessageBus } from "../domain/message-bus.ts";
import { createStockBook } from "../domain/tracking/stock-book.ts";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createIngestMetrics } from "./ingest-metrics.ts";
import type { IngestSettings } from "./ingest-settings.ts";
import type { Intake } from "./intake/intake.ts";
import { createMasterData } from "./master-data.ts";
import { announce } from "./pipeline/announce.ts";
import { writeBatch } from "./pipeline/batch-writer.ts";
import { Committer } from "./pipeline/committer.ts";
import { KnownEvents } from "./pipeline/known-events.ts";
import { Pipeline } from "./pipeline/pipeline.ts";
import { ReaderActivity } from "./reader-activity.ts";
import { loadBook } from "./recovery/load-book.ts";
import { applyStoredRead, type StoredRead, storedReadRow } from "./recovery/stored-read.ts";
import { takeSnapshot } from "./recovery/take-snapshot.ts";
import { Sightings } from "./sightings.ts";
import { createWriterLease } from "./writer-lease.ts";

export type IngestDeps = {
  settings: IngestSettings;
  /** Two connections of one database, so that the ledger's fsync does not wait behind raw reads. */
  db: Database;
  ledgerDb: Database;
  intake: Intake;
  /** For what goes out: movements, receipts, readers' health. */
  bus: MessageBus;
  logger: Logger;
  registry: Registry;
  /** Calls `listener` whenever the server says that master data changed. */
  watchSettings(listener: () => void): Promise<void>;
  nowMs(): number;
  /** Called when another process took over the ledger: stop at once. */
  onLost(): void;
};

/** Changes of master data within this time are read together. */
const reloadPauseMs = 200;

export type IngestCheck = { name: string; ok: boolean; detail: string };

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
  const { settings, db, ledgerDb, intake, bus, logger, nowMs } = deps;
  const { root } = settings;
  const metrics = createIngestMetrics(deps.registry);
  const masterData = createMasterData({ db });
  const activity = new ReaderActivity(nowMs);
  const sightings = new Sightings();
  const knownEvents = new KnownEvents(settings.maxKnownEvents);
  const lease = createWriterLease({ db, logger, onLost: deps.onLost });
  const sequences = new Map<string, number>();
  const book = createStockBook({
    settings: settings.tracking,
    isKnownProduct: (gtin) => masterData.isKnownProduct(gtin),
    resolveEpc,
  });
  const aborted = new AbortController();
  let ordinal = 0;
  let snapshotId = 0;
  let state: "stopped" | "standby" | "recovering" | "running" = "stopped";
  let blockedReason: string | null = null;
  let diskReason: string | null = null;

  /** Rises with every event, also over restarts. */
  const nextOrdinal = () => {
    ordinal = Math.max(ordinal + 1, nowMs() * 1000);
    return ordinal;
  };
  const recordedAtMs = new WeakMap<object, number>();
  const committer = new Committer({
    runId: randomUUID(),
    nowMs,
    async write(batch) {
      const atMs = nowMs();
      recordedAtMs.set(batch, atMs);
      const onBlocked = (reason: string | null) => {
        blockedReason = reason;
        metrics.isBlocked.set(reason === null ? 0 : 1);
      };
      const isDurable = await writeBatch({ db, ledgerDb, logger, onBlocked }, batch, atMs, aborted.signal);
      metrics.commitSeconds.observe((nowMs() - atMs) / 1000);
      metrics.batchRows.observe(batch.rows);
      return isDurable;
    },
    onCommitted(batch) {
      announce({ root, bus, logger }, batch, recordedAtMs.get(batch) ?? nowMs());
      if (batch.oldestMessageMs !== null) metrics.lagSeconds.set((nowMs() - batch.oldestMessageMs) / 1000);
      for (const { event } of batch.events) {
        metrics.events.inc({ type: event.eventType });
        for (const { locationId, sequence } of event.movements) sequences.set(locationId, sequence);
      }
    },
  });
  /** Keeps what was right before the message that broke the book, then ends the process: a new start recovers. */
  function onBroken(error: unknown) {
    logger.fatal(
      { error },
      "A message broke the stock book. It is kept as a dead letter; ingest ends to recover from ClickHouse.",
    );
    intake.pause();
    void committer.flush().finally(() => deps.onLost());
  }
  const pipeline = new Pipeline({
    root,
    db,
    book,
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
  const heartbeat = createHeartbeat({ root, bus, db, logger, activity, sightings, sequences, nowMs });

  /** Runs stored reads through the tracker and commits what they change: after a crash, or once a reader is assigned. */
  async function takeStoredReads(
    name: "replay-reads" | "waiting-reads",
    sinceMs: number,
    accept: (read: StoredRead) => boolean,
  ) {
    let events = 0;
    for await (const reads of db.stream({
      name: `ingest/${name}`,
      sql: loadQuery(`ingest/${name}`),
      params: { since: new Date(sinceMs) },
      row: storedReadRow,
    })) {
      for (const read of reads) {
        if (!accept(read)) continue;
        const event = applyStoredRead({ book, masterData }, read);
        if (event === null) continue;
        committer.current.addEvent(event, nextOrdinal(), 0n);
        committer.touched();
        events += 1;
      }
    }
    return events;
  }

  async function recover() {
    state = "recovering";
    await masterData.reload();
    const loaded = await loadBook({
      db,
      book,
      knownEvents,
      logger,
      nowMs,
      knownEventsMs: settings.maxPastMs,
      maxKnownEvents: settings.maxKnownEvents,
    });
    ordinal = loaded.lastOrdinal;
    snapshotId = loaded.snapshotId;
    for (const [locationId, sequence] of loaded.sequences) sequences.set(locationId, sequence);
    const events = await takeStoredReads("replay-reads", nowMs() - settings.replayMs, () => true);
    if (events > 0)
      logger.info({ events }, "Raw reads that a stop had cut off from the ledger were taken again");
    await countWaitingReads();
  }

  async function countWaitingReads() {
    for (const row of await db.query({
      name: "ingest/count-waiting-reads",
      sql: loadQuery("ingest/count-waiting-reads"),
      params: { since: new Date(nowMs() - settings.maxPastMs) },
      row: z.object({
        location_id: z.string(),
        reader_id: z.string(),
        format: z.string(),
        waiting: z.number(),
        last_heard_at_ms: z.number(),
        antennas: z.array(z.number()),
      }),
    })) {
      if (masterData.isAssignedReader(row.location_id, row.reader_id)) continue;
      const heard = activity.heard(row.location_id, row.reader_id, row.format, false);
      if (heard === null) continue;
      heard.waitingReads = row.waiting;
      heard.lastHeardAtMs = row.last_heard_at_ms;
      for (const antenna of row.antennas) if (antenna >= 0) heard.antennasSeen.add(antenna);
    }
  }

  /** Master data changed: read it again; reads that waited for a zone that they have now are taken in. */
  async function reloadMasterData() {
    try {
      const waiting = activity.waiting();
      await masterData.reload();
      const assigned = waiting.filter(({ locationId, readerId }) =>
        masterData.isAssignedReader(locationId, readerId),
      );
      if (assigned.length === 0) return;
      const keys = new Set(assigned.map(({ locationId, readerId }) => `${locationId}/${readerId}`));
      const stillWaiting = new Map<string, number>();
      await committer.flush();
      const events = await takeStoredReads("waiting-reads", nowMs() - settings.maxPastMs, (read) => {
        const key = `${read.location_id}/${read.reader_id}`;
        if (!keys.has(key)) return false;
        if (masterData.placeOf(read.location_id, read.reader_id, read.antenna) !== null) return true;
        stillWaiting.set(key, (stillWaiting.get(key) ?? 0) + 1);
        return false;
      });
      for (const { locationId, readerId } of assigned) {
        activity.assigned(locationId, readerId, stillWaiting.get(`${locationId}/${readerId}`) ?? 0);
      }
      logger.info({ readers: [...keys], events }, "Reads that had waited for these readers are taken in");
    } catch (error) {
      logger.error(
        { error },
        "Master data could not be read again; the copy of before is used until the next change.",
      );
    }
  }

  let reloading: Promise<void> = Promise.resolve();
  let isReloadWaiting = false;
  /** Many changes in a row are one reload: the one that waits will see them all. */
  const requestReload = () => {
    if (isReloadWaiting) return;
    isReloadWaiting = true;
    reloading = reloading.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, reloadPauseMs));
      isReloadWaiting = false;
      await reloadMasterData();
    });
  };

  async function checkDisk() {
    if (settings.dataDirectory === null) return;
    try {
      const { bavail, blocks } = await statfs(settings.dataDirectory);
      const freeShare = bavail / blocks;
      const isFull = freeShare < settings.minFreeDiskShare;
      if (isFull && diskReason === null) {
        intake.pause();
        logger.error(
          { freeShare },
          "The disk is nearly full. Intake is paused: nothing is lost, senders wait. Free space to go on.",
        );
      }
      if (!isFull && diskReason !== null) intake.resume();
      diskReason = isFull
        ? `${(freeShare * 100).toFixed(1)} % of the disk is free, ${settings.minFreeDiskShare * 100} % are needed; intake is paused`
        : null;
    } catch (error) {
      logger.warn({ error }, "The free space of the disk could not be read");
    }
  }

  async function takeDailySnapshot() {
    if (ordinal === snapshotId) return;
    const cut = ordinal;
    if (!(await committer.flush())) return;
    try {
      await takeSnapshot({ db, logger }, cut, snapshotId);
      snapshotId = cut;
    } catch (error) {
      logger.error({ error }, "A snapshot could not be taken; the next start reads more of the ledger.");
    }
  }

  const timers: NodeJS.Timeout[] = [];

  return {
    async start() {
      state = "standby";
      // The embedded engine allows one process by the lock of its folder.
      if (!db.isEmbedded && !(await lease.acquire(aborted.signal))) return;
      await recover();
      await deps.watchSettings(requestReload);
      heartbeat.start();
      timers.push(setInterval(() => void checkDisk(), 5_000));
      timers.push(setInterval(() => void takeDailySnapshot(), settings.snapshotEveryMs));
      await checkDisk();
      await intake.start(pipeline.take);
      state = "running";
      logger.info({ ...book.stats() }, "Ingest takes in");
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await heartbeat.stop();
      const deadline = setTimeout(() => aborted.abort(), settings.stopDeadlineMs);
      intake.pause();
      await Promise.all([committer.flush(), reloading]);
      await intake.stop();
      await committer.flush();
      clearTimeout(deadline);
      aborted.abort();
      await lease.release().catch(() => undefined);
      state = "stopped";
    },
    checks() {
      const status = intake.status();
      return [
        {
          name: "ingest",
          ok: state === "running",
          detail: state === "standby" ? "waits as standby: another ingest writes the ledger" : state,
        },
        {
          name: "broker",
          ok: status.isConnected,
          detail: status.isConnected ? "connected" : (status.lastError ?? "not connected"),
        },
        { name: "ledger", ok: blockedReason === null, detail: blockedReason ?? "takes batches" },
        { name: "disk", ok: diskReason === null, detail: diskReason ?? "has room" },
      ];
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
