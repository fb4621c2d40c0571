import type { Logger } from "pino";
import { z } from "zod";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const tickEveryMs = 2_000;
/** A location where stock moved is summed up again after this time at the earliest. */
const movedEveryMs = 10_000;
/** One where nothing moved: looks and silence alone change what is believed of its items. */
const restingEveryMs = 60_000;
const rowsPerInsert = 20_000;

const writtenRow = z.object({ location_id: z.string(), gtin: z.number() });
/** What is in the table is not known, only that it says that there are items. */
const UNKNOWN = -1;

export type OddsWriterDeps = {
  db: Database;
  book: Pick<StockBook, "odds" | "locationIds">;
  ownsLocation(locationId: string): boolean;
  logger: Logger;
  nowMs(): number;
};

/**
 * Writes how sure it is that items are there into the table `item_odds`, where it has changed: sums up the locations that
 * are due in one pass over the items, so that reads cost nothing more. After a start everything is written once.
 */
export function createOddsWriter(deps: OddsWriterDeps) {
  const { db, book, ownsLocation, logger, nowMs } = deps;
  /** By location and GTIN, a hash of what was written last. */
  const written = new Map<string, Map<number, number>>();
  const summedAtMs = new Map<string, number>();
  const moved = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let version = 0;

  function due(): Set<string> {
    // Spans of time: a clock that is put back delays nothing.
    const now = performance.now();
    return new Set(
      book.locationIds().filter((locationId) => {
        if (!ownsLocation(locationId)) return false;
        const waitMs = moved.has(locationId) ? movedEveryMs : restingEveryMs;
        return now - (summedAtMs.get(locationId) ?? -Infinity) >= waitMs;
      }),
    );
  }

  async function sumUp(locationIds: ReadonlySet<string>): Promise<void> {
    if (locationIds.size === 0) return;
    version = Math.max(version + 1, nowMs() * 1000);
    const now = new Map<string, Map<number, number>>();
    for (const locationId of locationIds) {
      now.set(locationId, new Map());
      summedAtMs.set(locationId, performance.now());
      moved.delete(locationId);
    }
    const rows: string[] = [];
    for (const { locationId, gtin, levels, counts, unidentified } of book.odds(locationIds)) {
      const hash = hashOf(levels, counts, unidentified);
      now.get(locationId)?.set(gtin, hash);
      if (written.get(locationId)?.get(gtin) === hash) continue;
      rows.push(`${locationId}\t${gtin}\t[${levels}]\t[${counts}]\t${unidentified}\t${version}\n`);
    }
    for (const [locationId, positions] of now) {
      for (const gtin of written.get(locationId)?.keys() ?? []) {
        if (!positions.has(gtin)) rows.push(`${locationId}\t${gtin}\t[]\t[]\t0\t${version}\n`);
      }
      rows.push(`${locationId}\t0\t[]\t[]\t0\t${version}\n`);
    }
    await write(rows);
    for (const [locationId, positions] of now) written.set(locationId, positions);
  }

  async function write(rows: readonly string[]): Promise<void> {
    for (let start = 0; start < rows.length; start += rowsPerInsert) {
      await db.insert({
        name: "ingest/insert-item-odds",
        table: "item_odds",
        columns: ["location_id", "gtin", "levels", "counts", "unidentified", "version"],
        rows: rows.slice(start, start + rowsPerInsert).join(""),
      });
    }
  }

  async function tick(): Promise<void> {
    const locationIds = due();
    try {
      await sumUp(locationIds);
    } catch (error) {
      for (const locationId of locationIds) summedAtMs.delete(locationId);
      logger.warn({ error }, "How sure it is that items are there was not written; it is tried again.");
    }
  }

  return {
    /** Stock moved there. */
    note(locationId: string): void {
      moved.add(locationId);
    },
    async start(): Promise<void> {
      const rows = await db.query({
        name: "ingest/written-odds",
        sql: loadQuery("ingest/written-odds"),
        row: writtenRow,
        maxRows: 50_000_000,
      });
      for (const { location_id: locationId, gtin } of rows) {
        let positions = written.get(locationId);
        if (positions === undefined) {
          positions = new Map();
          written.set(locationId, positions);
        }
        positions.set(gtin, UNKNOWN);
      }
      timer = setInterval(() => {
        if (isRunning) return;
        isRunning = true;
        running = tick().finally(() => {
          isRunning = false;
        });
      }, tickEveryMs);
    },
    async stop(): Promise<void> {
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}

/** FNV-1a, 32 bits, never `UNKNOWN`. */
function hashOf(levels: readonly number[], counts: readonly number[], unidentified: number): number {
  let hash = 0x811c9dc5 ^ unidentified;
  for (const list of [levels, counts]) for (const one of list) hash = Math.imul(hash ^ one, 0x01000193);
  return hash >>> 0;
}
