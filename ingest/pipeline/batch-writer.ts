import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import type { Batch, DeadLetter } from "./batch.ts";
import { EVENT_COLUMNS, eventRow } from "./event-rows.ts";
import { READ_COLUMNS } from "./read-rows.ts";

export type BatchWriterDeps = {
  /** Raw reads, receipts and dead letters. */
  db: Database;
  /** The ledger alone, on a connection of its own, so that its fsync does not wait behind raw reads. */
  ledgerDb: Database;
  logger: Logger;
  /** Called with a reason while ClickHouse does not take the batch, with null when it does again. */
  onBlocked(reason: string | null): void;
};

const firstRetryMs = 200;
const lastRetryMs = 10_000;

/**
 * Writes a batch until it is durable. A write of unknown outcome is repeated unchanged with its token, so that
 * ClickHouse counts it once. Returns the time of recording in Unix milliseconds, or null when `signal` ended the attempts:
 * then nothing of the batch may be acknowledged.
 */
export async function writeBatch(
  deps: BatchWriterDeps,
  batch: Batch,
  recordedAtMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const writes = [
    writeReads(deps, batch, recordedAtMs),
    writeEvents(deps, batch, recordedAtMs),
    writeReceipts(deps, batch),
    writeDeadLetters(deps, batch),
  ].filter((write) => write !== null);
  const outcomes = await Promise.all(writes.map((write) => untilWritten(deps, write, signal)));
  return outcomes.every(Boolean);
}

type Write = () => Promise<void>;

async function untilWritten(deps: BatchWriterDeps, write: Write, signal: AbortSignal): Promise<boolean> {
  for (let delayMs = firstRetryMs; ; delayMs = Math.min(delayMs * 2, lastRetryMs)) {
    try {
      await write();
      deps.onBlocked(null);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      deps.onBlocked(reason);
      deps.logger.error(
        { reason, retryInMs: delayMs },
        "ClickHouse did not take a batch. Nothing of it is acknowledged; it is tried again.",
      );
    }
    if (!(await pause(delayMs, signal))) return false;
  }
}

/** Resolves true after `ms`, false at once when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onAbort = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve(true);
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

function writeReads({ db }: BatchWriterDeps, batch: Batch, recordedAtMs: number): Write | null {
  if (batch.reads.size === 0) return null;
  const rows = batch.reads.toTabSeparated(recordedAtMs);
  return () =>
    db.insert({
      name: "ingest/insert-reads",
      table: "read_batches",
      columns: READ_COLUMNS,
      rows,
      deduplicationToken: `${batch.token}-reads`,
    });
}

function writeEvents({ ledgerDb }: BatchWriterDeps, batch: Batch, recordedAtMs: number): Write | null {
  if (batch.events.length === 0) return null;
  const rows = batch.events.map((event) => eventRow(event, recordedAtMs));
  return () =>
    ledgerDb.insert({
      name: "ingest/insert-events",
      table: "events",
      columns: EVENT_COLUMNS,
      rows,
      deduplicationToken: `${batch.token}-events`,
    });
}

function writeReceipts({ db }: BatchWriterDeps, batch: Batch): Write | null {
  const refused = batch.receipts.filter(({ receipt }) => receipt.status !== "accepted");
  if (refused.length === 0) return null;
  const rows = refused.map(({ client, receipt }) => [
    receipt.eventId,
    receipt.status,
    receipt.code ?? "",
    receipt.detail ?? "",
    receipt.topic,
    client,
    receipt.recordedAt,
  ]);
  return () =>
    db.insert({
      name: "ingest/insert-receipts",
      table: "receipts",
      columns: ["event_id", "status", "code", "detail", "topic", "client_id", "recorded_at"],
      rows,
      deduplicationToken: `${batch.token}-receipts`,
    });
}

function writeDeadLetters({ db }: BatchWriterDeps, batch: Batch): Write | null {
  if (batch.deadLetters.length === 0) return null;
  const rows = batch.deadLetters.map(deadLetterRow);
  return () =>
    db.insert({
      name: "ingest/insert-dead-letters",
      table: "dead_letters",
      columns: [
        "dead_letter_id",
        "received_at",
        "topic",
        "location_id",
        "source_id",
        "code",
        "detail",
        "payload",
      ],
      rows,
      deduplicationToken: `${batch.token}-dead-letters`,
    });
}

function deadLetterRow(letter: DeadLetter): string[] {
  return [
    letter.deadLetterId,
    (letter.receivedAtMs / 1000).toFixed(3),
    letter.topic,
    letter.locationId,
    letter.sourceId,
    letter.code,
    letter.detail,
    Buffer.from(letter.payload).toString("base64"),
  ];
}
