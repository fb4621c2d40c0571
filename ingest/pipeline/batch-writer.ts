import type { Logger } from "pino";
import { ALL_LOCATIONS, type Shard, shardText } from "../../domain/shard.ts";
import type { Database } from "../../sql/database.ts";
import { pause } from "../../sql/pause.ts";
import { readLastOrdinal } from "../recovery/last-ordinal.ts";
import type { WriterLease } from "../../sql/leases/writer-lease.ts";
import type { Batch } from "./batch.ts";
import {
  type BatchWrite,
  deadLettersWrite,
  eventsWrite,
  readsWrite,
  receiptsWrite,
  trackerChangesWrite,
} from "./batch-writes.ts";

export type BatchWriterDeps = {
  /** Raw reads, receipts and dead letters. */
  db: Database;
  /** The ledger alone, on a connection of its own, so that its fsync does not wait behind raw reads. */
  ledgerDb: Database;
  lease: Pick<WriterLease, "mayWrite" | "isStillHeld">;
  /** The locations that this ingest serves. */
  shard: Shard;
  ownsLocation(locationId: string): boolean;
  logger: Logger;
  /** Called with a reason while ClickHouse does not take the batch, with null when all of it is taken. */
  onBlocked(reason: string | null): void;
  /** Called when another process wrote to the ledger since it was loaded: the book in memory is wrong. */
  onOvertaken(): void;
};

export type BatchWriter = {
  /** Told after recovery: the ordinal of the ledger's last event, 0 when it is empty. */
  continueAfter(ordinal: number): void;
  /**
   * Writes a batch until it is durable and the lease is known to be held after it: only then may it be acknowledged.
   * False when `signal` ended the attempts or another process took over.
   */
  write(batch: Batch, recordedAtMs: number, signal: AbortSignal): Promise<boolean>;
};

const firstRetryMs = 200;
const lastRetryMs = 10_000;

/**
 * Writes batches one after the other. A write of unknown outcome is repeated unchanged with its token, so that
 * ClickHouse counts it once.
 *
 * The token of a batch's events names the event before them: of two writers that continue after the same event
 * ClickHouse takes one block, whichever comes first, and drops the other as its repeat. So a writer that lost its lease
 * without knowing cannot give out a sequence twice. Who was dropped finds out before it acknowledges: the old writer by
 * the newest epoch, the new one by looking for its first block.
 *
 * ClickHouse notes a token before the part is in its place, and a kill between the two leaves a token without rows. So
 * after a repeat, and after the first write of a run, we look; a block that is missing is written with another token.
 */
export function createBatchWriter(deps: BatchWriterDeps): BatchWriter {
  const { db, ledgerDb, lease, logger } = deps;
  const blocked = new Map<string, string>();
  // Ingests of other locations write into the same table: each has tokens of its own.
  const { shard } = deps;
  const tokenPrefix =
    shard.kind === ALL_LOCATIONS.kind ? "events-after-" : `events-of-${shardText(shard)}-after-`;
  let lastOrdinal = 0;
  let isFirst = true;

  function tellBlocked(name: string, reason: string | null): void {
    if (reason === null) blocked.delete(name);
    else blocked.set(name, reason);
    const [first] = blocked.values();
    deps.onBlocked(first ?? null);
  }

  /** Repeats what throws, with back-off, until it answers; false when `signal` ended it. */
  async function untilAnswered(
    name: string,
    signal: AbortSignal,
    attempt: () => Promise<boolean>,
  ): Promise<boolean> {
    for (let delayMs = firstRetryMs; ; delayMs = Math.min(delayMs * 2, lastRetryMs)) {
      try {
        const answer = await attempt();
        tellBlocked(name, null);
        return answer;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        tellBlocked(name, reason);
        logger.error(
          { reason, retryInMs: delayMs },
          "ClickHouse did not take a batch. Nothing of it is acknowledged; it is tried again.",
        );
      }
      if (!(await pause(delayMs, signal))) return false;
    }
  }

  function untilWritten(write: BatchWrite, signal: AbortSignal, isDoubtful: boolean): Promise<boolean> {
    let attempts = 0;
    let tokens = 0;
    return untilAnswered(write.table, signal, async () => {
      if (!(await lease.mayWrite())) return false;
      attempts += 1;
      await write.insert(tokens === 0 ? write.token : `${write.token}-${tokens}`);
      if (attempts === 1 && !isDoubtful) return true;
      if (await write.isThere()) return true;
      if (write.table === "events" && (await isOvertaken())) {
        deps.onOvertaken();
        return false;
      }
      tokens += 1;
      throw new Error(`ClickHouse knew the token of a block in ${write.table} and does not have its rows`);
    });
  }

  async function isOvertaken(): Promise<boolean> {
    return (await readLastOrdinal(ledgerDb, deps.ownsLocation)) > lastOrdinal;
  }

  return {
    continueAfter(ordinal) {
      lastOrdinal = ordinal;
      isFirst = true;
    },
    async write(batch, recordedAtMs, signal) {
      const events = eventsWrite(ledgerDb, batch, recordedAtMs, `${tokenPrefix}${lastOrdinal}`);
      const others = [
        readsWrite(db, batch, recordedAtMs),
        receiptsWrite(db, batch),
        deadLettersWrite(db, batch),
        trackerChangesWrite(db, batch, recordedAtMs),
      ].filter((write) => write !== null);
      const outcomes = await Promise.all([
        ...others.map((write) => untilWritten(write, signal, false)),
        ...(events === null ? [] : [untilWritten(events, signal, isFirst)]),
      ]);
      if (!outcomes.every(Boolean)) return false;
      if (!(await untilAnswered("lease", signal, () => lease.isStillHeld()))) return false;
      const last = batch.events.at(-1);
      if (last !== undefined) {
        lastOrdinal = last.ordinal;
        isFirst = false;
      }
      return true;
    },
  };
}
