import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import type { WriterLease } from "../../sql/leases/writer-lease.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { pause } from "../../sql/pause.ts";
import { HttpProblem } from "../problems.ts";
import { secondsText } from "../../sql/seconds-text.ts";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
/** Rows of one INSERT; what is more goes into the next one. */
const MAX_GROUP_ROWS = 10_000;
/** Rows that wait to become durable; beyond it commands are refused. */
export const MAX_WAITING_ROWS = 50_000;
/** A group waits for more no longer than this share of what a commit takes, and at most so long. */
const GATHER_SHARE = 0.3;
const MAX_GATHER_MS = 5;
/** How often callers past their deadline are looked for. */
const DEADLINE_CHECK_MS = 250;

type Waiter = { resolve(): void; reject(problem: HttpProblem): void; untilMs: number };

/** Rows that become durable together, and who waits for it. */
export type LogEntry = { rows: string[]; lastOrdinal: number; waiters: Waiter[]; isDurable: boolean };

export type CommitLog = ReturnType<typeof createCommitLog>;

/** A table of changes whose rows carry rising ordinals and end in `recorded_at`. */
export type LogTable = {
  /** What the rows are about, for logs; also the folder of `epochs-at.sql`. */
  area: string;
  table: string;
  /** All but `recorded_at`, which the commit adds. */
  columns: readonly string[];
};

/**
 * Makes rows of one table durable in group commits: one INSERT is on its way, and what comes meanwhile goes with
 * the next one, in the order in which it was decided. Nobody is answered before the INSERT that holds their rows has reached
 * the disk and the writer is known to be still the one.
 *
 * An INSERT of unknown outcome is repeated unchanged with its token, before anything behind it. The token names the last
 * ordinal before the block: of two writers that continue after the same ordinal ClickHouse takes one block. ClickHouse notes
 * a token before the part is in its place, and a kill between the two leaves a token without rows; so after a repeat, and
 * after the first block of a run, we look, and write a block that is missing with another token.
 */
export function createCommitLog(deps: {
  db: Database;
  target: LogTable;
  lease: Pick<WriterLease, "mayWrite" | "isStillHeld">;
  logger: Logger;
  nowMs(): number;
  /** Callers wait this long at most; what they sent goes on, and a repeat with its key gets the answer. */
  deadlineMs: number;
  epoch: number;
  /** Ordinal of the last row that is there. */
  lastOrdinal: number;
  /** After each commit: the rows of the group, and how long it took. */
  onCommit(group: { rows: number; seconds: number }): void;
  /** Once, when another writer took over. */
  onLost(): void;
}) {
  const { db, lease, logger, target } = deps;
  const columns = [...target.columns, "recorded_at"];
  const stopping = new AbortController();
  let queue: LogEntry[] = [];
  let inFlight: readonly LogEntry[] = [];
  let waitingRows = 0;
  let durableOrdinal = deps.lastOrdinal;
  let running: Promise<void> | null = null;
  /** How long the last commit took. */
  let commitMs = 0;
  let isFirst = true;
  let isLost = false;
  let blocked: string | null = null;
  let timer: NodeJS.Timeout | null = null;

  function fail(entries: readonly LogEntry[], problem: () => HttpProblem): void {
    for (const entry of entries) {
      for (const waiter of entry.waiters) waiter.reject(problem());
      entry.waiters = [];
    }
  }

  function lose(): void {
    if (isLost) return;
    isLost = true;
    fail([...inFlight, ...queue], notTheWriter);
    queue = [];
    waitingRows = 0;
    deps.onLost();
  }

  async function run(): Promise<void> {
    for (let answered = 0; mayGoOn(); ) {
      await gather(answered);
      const { group, rows } = takeGroup();
      inFlight = group;
      if (!(await commit(group, rows))) break;
      inFlight = [];
      answered = group.length;
    }
    running = null;
    if (mayGoOn()) running = run();
  }

  /**
   * What has arrived at the same moment goes along. While others wait already, those whom the commit before has `answered` get
   * a moment to come back: else the clients are two halves that wait for each other's commits in turns.
   */
  async function gather(answered: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const all = queue.length + answered;
    const untilMs = performance.now() + Math.min(MAX_GATHER_MS, commitMs * GATHER_SHARE);
    for (let quiet = 0; quiet < 2 && queue.length < all && performance.now() < untilMs; ) {
      const before = queue.length;
      await new Promise((resolve) => setTimeout(resolve, 1));
      // The sockets are looked at between a timer and this.
      await new Promise((resolve) => setImmediate(resolve));
      quiet = queue.length === before ? quiet + 1 : 0;
    }
  }

  function mayGoOn(): boolean {
    return queue.length > 0 && !isLost && !stopping.signal.aborted;
  }

  function takeGroup(): { group: LogEntry[]; rows: number } {
    let rows = 0;
    let count = 0;
    for (const entry of queue) {
      if (count > 0 && rows + entry.rows.length > MAX_GROUP_ROWS) break;
      rows += entry.rows.length;
      count += 1;
    }
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return { group, rows };
  }

  async function commit(group: readonly LogEntry[], rows: number): Promise<boolean> {
    const begunMs = performance.now();
    const last = group.at(-1)?.lastOrdinal ?? durableOrdinal;
    const end = `\t${secondsText(deps.nowMs())}\n`;
    let text = "";
    for (const entry of group) for (const row of entry.rows) text += row + end;
    const isTaken = await untilAnswered(() => insert(text, last));
    const isHeld = isTaken && (await untilAnswered(() => lease.isStillHeld()));
    if (!isHeld) {
      if (!stopping.signal.aborted) lose();
      return false;
    }
    isFirst = false;
    durableOrdinal = last;
    waitingRows -= rows;
    commitMs = performance.now() - begunMs;
    deps.onCommit({ rows, seconds: commitMs / 1000 });
    for (const entry of group) {
      entry.isDurable = true;
      entry.rows = [];
      for (const waiter of entry.waiters) waiter.resolve();
      entry.waiters = [];
    }
    return true;
  }

  let attempts = 0;
  let tokens = 0;

  /** One attempt. False when another writer wrote after the same ordinal. Throws when the outcome is not known. */
  async function insert(text: string, last: number): Promise<boolean> {
    if (!(await lease.mayWrite())) return false;
    const token = `${target.area}-after-${durableOrdinal}${tokens === 0 ? "" : `-${tokens}`}`;
    attempts += 1;
    await db.insert({
      name: `${target.area}/insert`,
      table: target.table,
      columns,
      rows: text,
      deduplicationToken: token,
      buildsIndexesLater: true,
    });
    if (attempts > 1 || isFirst) {
      const epochs = await epochsAt(last);
      if (epochs.some((epoch) => epoch !== deps.epoch)) return false;
      if (epochs.length === 0) {
        tokens += 1;
        throw new Error(`ClickHouse knew the token of a block of ${target.area} and does not have its rows`);
      }
    }
    attempts = 0;
    tokens = 0;
    return true;
  }

  async function epochsAt(ordinal: number): Promise<number[]> {
    const rows = await db.query({
      name: `${target.area}/epochs-at`,
      sql: loadQuery(`${target.area}/epochs-at`),
      params: { ordinal },
      row: z.object({ epoch: z.number() }),
    });
    return rows.map((row) => row.epoch);
  }

  /** Repeats what throws, with back-off, until it answers; false when it was stopped. */
  async function untilAnswered(attempt: () => Promise<boolean>): Promise<boolean> {
    for (let delayMs = FIRST_RETRY_MS; ; delayMs = Math.min(delayMs * 2, LAST_RETRY_MS)) {
      try {
        const answer = await attempt();
        blocked = null;
        return answer;
      } catch (error) {
        blocked = error instanceof Error ? error.message : String(error);
        logger.error(
          { reason: blocked, retryInMs: delayMs },
          `ClickHouse did not take a group of ${target.area}. None of them is answered; it is tried again.`,
        );
      }
      if (!(await pause(delayMs, stopping.signal))) return false;
    }
  }

  function checkDeadlines(): void {
    const nowMs = performance.now();
    for (const entry of [...inFlight, ...queue]) {
      if (!entry.waiters.some((waiter) => waiter.untilMs <= nowMs)) continue;
      for (const waiter of entry.waiters) if (waiter.untilMs <= nowMs) waiter.reject(outcomeUnknown());
      entry.waiters = entry.waiters.filter((waiter) => waiter.untilMs > nowMs);
    }
  }

  return {
    /** Takes rows in, in the order of their ordinals. They are on their way when this returns. */
    append(rows: string[], lastOrdinal: number): LogEntry {
      const entry: LogEntry = { rows, lastOrdinal, waiters: [], isDurable: false };
      queue.push(entry);
      waitingRows += rows.length;
      timer ??= setInterval(checkDeadlines, DEADLINE_CHECK_MS);
      running ??= run();
      return entry;
    },
    /**
     * Resolves when the rows are durable and may be spoken of; null when they are already. Rejects `outcome_unknown` after
     * the deadline, and `not_the_writer`.
     */
    durable(entry: LogEntry, deadlineMs = deps.deadlineMs): Promise<void> | null {
      if (entry.isDurable) return null;
      if (isLost) return Promise.reject(notTheWriter());
      return new Promise((resolve, reject) => {
        entry.waiters.push({ resolve, reject, untilMs: performance.now() + deadlineMs });
      });
    },
    /** Another writer took over: nobody who waits is told that it was granted. */
    stepDown: () => lose(),
    durableOrdinal: () => durableOrdinal,
    waitingRows: () => waitingRows,
    /** Why ClickHouse takes nothing, null when it does. */
    blocked: () => blocked,
    /** Lets what is on its way end. What cannot be written by then is nobody's: no one was answered. */
    async stop(options: { deadlineMs: number }): Promise<void> {
      const work = running;
      if (work !== null) {
        await new Promise<void>((resolve) => {
          const timeout = setTimeout(resolve, options.deadlineMs);
          void work.finally(() => {
            clearTimeout(timeout);
            resolve();
          });
        });
      }
      stopping.abort();
      if (timer !== null) clearInterval(timer);
      timer = null;
      fail([...inFlight, ...queue], outcomeUnknown);
    },
  };
}

export function notTheWriter(): HttpProblem {
  return new HttpProblem("not_the_writer", "Another server decides now.", {}, { "retry-after": "1" });
}

function outcomeUnknown(): HttpProblem {
  return new HttpProblem("outcome_unknown", "It is not durable yet.", {}, { "retry-after": "2" });
}
