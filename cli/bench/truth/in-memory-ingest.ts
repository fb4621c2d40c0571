import { pino } from "pino";
import { Registry } from "prom-client";
import type { Location } from "../../../domain/location.ts";
import type { Product } from "../../../domain/product.ts";
import type { Reader } from "../../../domain/reader.ts";
import type { LedgerEvent } from "../../../domain/ledger/ledger-event.ts";
import { DEFAULT_STOCK_BOOK_SETTINGS } from "../../../domain/tracking/stock-book-settings.ts";
import { createStockBook, type StockBook } from "../../../domain/tracking/stock-book.ts";
import type { ReadPointSettings } from "../../../domain/tracking/tracking-settings.ts";
import { createIngestMetrics } from "../../../ingest/ingest-metrics.ts";
import { DEFAULT_INGEST_SETTINGS } from "../../../ingest/ingest-settings.ts";
import type { Batch } from "../../../ingest/pipeline/batch.ts";
import { Committer } from "../../../ingest/pipeline/committer.ts";
import { KnownEvents } from "../../../ingest/pipeline/known-events.ts";
import { LocationClocks } from "../../../ingest/pipeline/location-clocks.ts";
import { Pipeline } from "../../../ingest/pipeline/pipeline.ts";
import { resolveEpc } from "../../../ingest/pipeline/resolve-epc.ts";
import { ReaderActivity } from "../../../ingest/reader-activity.ts";
import { Sightings } from "../../../ingest/sightings.ts";
import { emptyDatabase } from "./empty-database.ts";
import { fixedMasterData } from "./fixed-master-data.ts";

export type IngestInMemory = {
  /** Takes one message at its time; what it wrote into the ledger is handed to `onEvent` before it answers. */
  take(topic: string, payload: string, atMs: number): Promise<void>;
  /** Receipts and dead letters that say no, by code. */
  refusals(): ReadonlyMap<string, number>;
  /** What is believed, and how surely. */
  book: Pick<StockBook, "odds">;
};

/** Messages between two looks at the clock of the event loop. Bounds what a batch in memory holds. */
const MESSAGES_PER_BATCH = 5000;

/**
 * The way of a message through ingest as it is in production (adapters, clocks, item tracking, stock book, committer), but for
 * the tables: batches are let go where they would be written.
 */
export function createIngestInMemory(options: {
  locations: readonly Location[];
  products: readonly Product[];
  readers: readonly Reader[];
  readPoints: readonly ReadPointSettings[];
  onEvent(event: LedgerEvent, atMs: number): void;
}): IngestInMemory {
  let nowMs = 0;
  let ordinal = 0;
  let messages = 0;
  let batchInUse: Batch | null = null;
  let eventsTaken = 0;
  const refused = new Map<string, number>();
  const broken: unknown[] = [];
  const masterData = fixedMasterData(options);
  const metrics = createIngestMetrics(new Registry());
  const book = createStockBook({
    defaults: DEFAULT_INGEST_SETTINGS.tracking,
    isKnownProduct: (gtin) => masterData.isKnownProduct(gtin),
    resolveEpc: (text) => resolveEpc(masterData, text),
  });

  const takeEvents = (batch: Batch): void => {
    for (; eventsTaken < batch.events.length; eventsTaken += 1) {
      const event = batch.events[eventsTaken]?.event;
      if (event !== undefined) options.onEvent(event, nowMs);
    }
  };
  const noteRefusals = (batch: Batch): void => {
    const note = (code: string): void => void refused.set(code, (refused.get(code) ?? 0) + 1);
    for (const { receipt } of batch.receipts) if (receipt.status === "rejected") note(receipt.code ?? "");
    for (const { code } of batch.deadLetters) note(code);
  };
  const committer = new Committer({
    runId: "truth",
    nowMs: () => nowMs,
    write: async (batch) => {
      noteRefusals(batch);
      return true;
    },
    onCommitted: () => undefined,
  });
  const pipeline = new Pipeline({
    root: "onhand",
    db: emptyDatabase,
    book,
    clocks: new LocationClocks(book, DEFAULT_STOCK_BOOK_SETTINGS.reorderWindowMs),
    masterData,
    activity: new ReaderActivity(() => nowMs),
    sightings: new Sightings(),
    knownEvents: new KnownEvents(DEFAULT_INGEST_SETTINGS.maxKnownEvents),
    metrics,
    committer,
    logger: pino({ level: "silent" }),
    nowMs: () => nowMs,
    // As in production, where its thousandth is the time: a location's clock goes by it.
    nextOrdinal: () => (ordinal = Math.max(ordinal + 1, nowMs * 1000)),
    onBroken: (error) => broken.push(error),
    limits: {
      maxPastMs: DEFAULT_INGEST_SETTINGS.maxPastMs,
      maxFutureMs: DEFAULT_INGEST_SETTINGS.maxFutureMs,
    },
  });

  /** A batch may be closed and another begun while we wait. */
  const takeNews = (): void => {
    const current = committer.current;
    if (batchInUse !== null) takeEvents(batchInUse);
    if (batchInUse === current) return;
    batchInUse = current;
    eventsTaken = 0;
    takeEvents(current);
  };

  return {
    async take(topic, payload, atMs) {
      nowMs = atMs;
      takeNews();
      pipeline.take(
        { topic, payload: Buffer.from(payload), clientId: null, isDuplicate: false, receivedAtMs: atMs },
        () => undefined,
      );
      takeNews();
      // A void is looked up; what comes after it waits.
      if (!topic.includes("/rfid/")) await new Promise(setImmediate);
      takeNews();
      messages += 1;
      if (messages % MESSAGES_PER_BATCH === 0) await committer.flush();
      if (broken.length > 0) throw broken[0];
    },
    refusals: () => refused,
    book,
  };
}
