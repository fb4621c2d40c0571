import type { Logger } from "pino";
import { z } from "zod";
import type { Shard } from "../../domain/shard.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { Committer } from "../pipeline/committer.ts";
import { readFollowedUntil, writeFollowedUntil } from "./followed-others.ts";
import { itemOf, itemRow } from "./ledger-rows.ts";

const pollEveryMs = 1_000;
const writeEveryMs = 60_000;
/** A commit carries the time at which it was tried first, and is not tried for longer: its writer's lease has ended. */
const overlapMs = 10 * 60_000;

const elsewhereRow = itemRow.extend({
  at_location_id: z.string(),
  ordinal: z.number(),
  occurred_at_ms: z.number(),
});

export type FollowOthersDeps = {
  /** A connection of its own, so that nothing waits behind it. */
  db: Database;
  book: StockBook;
  shard: Shard;
  ownsLocation(locationId: string): boolean;
  committer: Committer;
  logger: Logger;
  nextOrdinal(): number;
  nowMs(): number;
};

/**
 * Follows what other ingests commit of items, from the ledger itself, once a second: an item that is seen at a location of
 * theirs leaves ours, by a line in our own ledger. Nothing is lost between them, as the ledger is the only message.
 */
export function createFollowOthers(deps: FollowOthersDeps) {
  const { db, book, shard, ownsLocation, committer, logger, nowMs } = deps;
  /** The last ordinal taken in of each location of others. */
  const cursors = new Map<string, number>();
  /** All that others recorded before is taken in. */
  let followedUntilMs = 0;
  let writtenAtMs = nowMs();
  let timer: NodeJS.Timeout | null = null;
  let isRunning = false;
  let polling: Promise<void> = Promise.resolve();

  async function poll(isRepeat: boolean): Promise<void> {
    const begunAtMs = nowMs();
    // Taken over at the end: an answer that was cut off is asked for again from where it began.
    const newest = new Map(cursors);
    for await (const rows of db.stream({
      name: "ingest/items-elsewhere",
      sql: loadQuery("ingest/items-elsewhere"),
      params: {
        recorded_since: new Date(followedUntilMs),
        own: book.locationIds().filter(ownsLocation),
        locations: ["", ...cursors.keys()],
        cursors: [0, ...cursors.values()],
      },
      row: elsewhereRow,
    })) {
      for (const row of rows) {
        if (ownsLocation(row.at_location_id)) continue;
        newest.set(row.at_location_id, Math.max(row.ordinal, newest.get(row.at_location_id) ?? 0));
        takeIn(row, isRepeat);
      }
    }
    for (const [locationId, ordinal] of newest) cursors.set(locationId, ordinal);
    followedUntilMs = Math.max(followedUntilMs, begunAtMs - overlapMs);
  }

  function takeIn(row: z.infer<typeof elsewhereRow>, isRepeat: boolean): void {
    const event = book.noteElsewhere(itemOf(row), row.occurred_at_ms, isRepeat);
    if (event === null) return;
    committer.current.addEvent(event, deps.nextOrdinal(), 0n);
    committer.touched();
  }

  async function noteProgress(): Promise<void> {
    const untilMs = followedUntilMs;
    if (!(await committer.flush())) return;
    await writeFollowedUntil(db, shard, untilMs);
    writtenAtMs = nowMs();
  }

  async function follow(): Promise<void> {
    try {
      await poll(false);
      if (nowMs() - writtenAtMs >= writeEveryMs) await noteProgress();
    } catch (error) {
      logger.warn({ error }, "What other ingests learnt of items could not be read; it is tried again.");
    }
    if (isRunning) timer = setTimeout(again, pollEveryMs);
  }

  function again(): void {
    polling = follow();
  }

  return {
    /** Until when the ledger of this ingest contains what the others recorded; from there on it will follow. */
    async readFollowedUntil(): Promise<number> {
      followedUntilMs = await readFollowedUntil(db, shard, nowMs());
      return followedUntilMs;
    },
    /**
     * Takes in what was recorded while this ingest was away. Before the stored reads are taken again: a read that changed nothing,
     * since it was not known that another had the item meanwhile, then brings it back, and the others are told.
     */
    async takeInMissed(): Promise<void> {
      await poll(true);
      await noteProgress();
    },
    /** Goes on at intervals. */
    start(): void {
      isRunning = true;
      timer = setTimeout(again, pollEveryMs);
    },
    async stop(): Promise<void> {
      isRunning = false;
      if (timer !== null) clearTimeout(timer);
      await polling;
    },
  };
}

export type FollowOthers = ReturnType<typeof createFollowOthers>;
