import { z } from "zod";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { MasterData } from "../master-data.ts";
import type { NewlyKnown } from "../newly-known.ts";
import type { Committer } from "../pipeline/committer.ts";
import type { ReaderActivity, WaitingReads } from "../reader-activity.ts";
import type { LocationClocks } from "../pipeline/location-clocks.ts";
import { NEWEST } from "./ledger-at.ts";
import { applyStoredRead, type StoredRead, storedReadRow } from "./stored-read.ts";

export type StoredReadsDeps = {
  db: Database;
  book: StockBook;
  clocks: LocationClocks;
  ownsLocation(locationId: string): boolean;
  masterData: MasterData;
  activity: ReaderActivity;
  committer: Committer;
  nextOrdinal(): number;
  nowMs(): number;
  /** How far back raw reads are taken again after a crash, and those that wait for a zone. Milliseconds. */
  replayMs: number;
  waitingMs: number;
};

/** All that wait, whenever and wherever they were taken. */
const EVERYWHERE = { before: NEWEST, locations: [] };

export type StoredReads = {
  /** Takes the reads of the last minutes again: what a stop cut off between reads and events is made up for. */
  replay(): Promise<number>;
  /** Takes what waited for a zone and has one now; of these readers (`location/reader`), or of all that are assigned. */
  takeWaiting(readers: ReadonlySet<string> | null): Promise<number>;
  /** Takes what waited for its product and has one now: of these products and tags, or of all that are known. */
  takeNewlyKnown(news: NewlyKnown | null): Promise<number>;
  /** Lists the readers that nobody has assigned, with the reads that wait for them. */
  countUnassigned(): Promise<void>;
};

/**
 * Runs raw reads from ClickHouse through the item tracker, and commits what they change. A read that was taken before
 * changes nothing. All answer with the number of events.
 */
export function createStoredReads(deps: StoredReadsDeps): StoredReads {
  const { db, masterData, activity, committer, nowMs } = deps;

  async function take(
    name: "replay-reads" | "waiting-reads" | "newly-known-reads",
    sinceMs: number,
    accept: (read: StoredRead) => boolean,
    params: Record<string, unknown> = {},
  ): Promise<number> {
    let events = 0;
    for await (const reads of db.stream({
      name: `ingest/${name}`,
      sql: loadQuery(`ingest/${name}`),
      params: { since: new Date(sinceMs), ...params },
      row: storedReadRow,
    })) {
      for (const read of reads) {
        if (!deps.ownsLocation(read.location_id) || !accept(read)) continue;
        const silence = deps.clocks.passed(read.location_id, read.observed_at_ms, nowMs());
        const event = applyStoredRead(deps, read);
        for (const each of event === null ? silence : [...silence, event]) {
          committer.current.addEvent(each, deps.nextOrdinal(), 0n);
          committer.touched();
          events += 1;
        }
      }
    }
    return events;
  }

  return {
    replay: () => take("replay-reads", nowMs() - deps.replayMs, () => true),
    async takeWaiting(readers) {
      /** By reader: those of an assigned reader whose antenna has no zone yet. */
      const stillWaiting = new Map<string, WaitingReads>();
      let isNoted = false;
      const noteOnce = () => {
        if (isNoted) return;
        isNoted = true;
        const names = readers === null ? null : [...readers];
        const ordinal = deps.nextOrdinal();
        committer.current.trackerChanges.push({ kind: "took_waiting", ordinal, readers: names });
        committer.touched();
      };
      const accept = (read: StoredRead) => {
        const key = `${read.location_id}/${read.reader_id}`;
        if (readers !== null && !readers.has(key)) return false;
        if (!masterData.isAssignedReader(read.location_id, read.reader_id)) return false;
        const waiting = stillWaiting.get(key) ?? { reads: 0, newestAtMs: 0, antennas: new Set() };
        stillWaiting.set(key, waiting);
        if (masterData.placeOf(read.location_id, read.reader_id, read.antenna) !== null) {
          noteOnce();
          return true;
        }
        waiting.reads += 1;
        waiting.newestAtMs = Math.max(waiting.newestAtMs, read.observed_at_ms);
        waiting.antennas.add(read.antenna);
        return false;
      };
      const events = await take("waiting-reads", nowMs() - deps.waitingMs, accept, EVERYWHERE);
      for (const [key, waiting] of stillWaiting) {
        const [locationId = "", readerId = ""] = key.split("/");
        activity.assigned(locationId, readerId, waiting);
      }
      return events;
    },
    async takeNewlyKnown(news) {
      let isNoted = false;
      const note = () => {
        if (!isNoted) {
          const ordinal = deps.nextOrdinal();
          committer.current.trackerChanges.push({ kind: "took_newly_known", ordinal, news });
          committer.touched();
        }
        isNoted = true;
        return true;
      };
      return await take("newly-known-reads", nowMs() - deps.waitingMs, note, {
        ...EVERYWHERE,
        is_all: news === null ? 1 : 0,
        gtins: news?.gtins ?? [],
        identities: news?.tags ?? [],
      });
    },
    async countUnassigned() {
      for (const row of await db.query({
        name: "ingest/count-waiting-reads",
        sql: loadQuery("ingest/count-waiting-reads"),
        params: { since: new Date(nowMs() - deps.waitingMs) },
        row: z.object({
          location_id: z.string(),
          reader_id: z.string(),
          format: z.string(),
          waiting: z.number(),
          last_heard_at_ms: z.number(),
          antennas: z.array(z.number()),
        }),
      })) {
        if (!deps.ownsLocation(row.location_id)) continue;
        if (masterData.isAssignedReader(row.location_id, row.reader_id)) continue;
        const heard = activity.heard(row.location_id, row.reader_id, row.format, false);
        if (heard === null) continue;
        heard.waitingReads = row.waiting;
        heard.lastHeardAtMs = row.last_heard_at_ms;
        for (const antenna of row.antennas) if (antenna >= 0) heard.antennasSeen.add(antenna);
      }
    },
  };
}
