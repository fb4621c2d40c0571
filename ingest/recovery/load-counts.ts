import { z } from "zod";
import { type StockEvent, stockEventSchema } from "../../domain/events/stock-event.ts";
import { countResultSchema } from "../../domain/events/count-result.ts";
import { stockStateSchema } from "../../domain/stock-state.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const DAY_MS = 24 * 3_600_000;
/** An event that is older than this is not taken live, so no count has to stand against it. */
const COUNTS_MS = 8 * DAY_MS;
const TRANSFERS_MS = 30 * DAY_MS;

const countRow = z.object({ location_id: z.string(), event_type: z.string(), body: z.string() });
const countBody = z.looseObject({ result: countResultSchema.optional() });
const transferRow = z.object({
  location_id: z.string(),
  event_type: z.string(),
  body: z.string(),
  epc: z.string(),
  occurred_at_ms: z.number(),
});
const historyRow = z.object({
  gtin: z.number(),
  state: stockStateSchema,
  quantity: z.number(),
  items: z.number(),
  occurred_at_ms: z.number(),
});

export type LoadCountsDeps = {
  db: Database;
  book: StockBook;
  ownsLocation(locationId: string): boolean;
  nowMs(): number;
  /** As of this event. */
  through: number;
};

/**
 * Loads what the ledger says of counts and transfers, after positions and items: open and held counts go on with what they
 * have captured, units on their way are not counted twice, and an event from before a count changes nothing.
 */
export async function loadCounts(deps: LoadCountsDeps): Promise<void> {
  await loadTransfers(deps);
  const { db, book } = deps;
  const rows = await db.query({
    name: "ingest/load-counts",
    sql: loadQuery("ingest/load-counts"),
    params: { since: new Date(deps.nowMs() - COUNTS_MS), through: deps.through },
    row: countRow,
    maxRows: 1_000_000,
  });
  const events = rows
    .filter((row) => deps.ownsLocation(row.location_id))
    .flatMap(({ location_id: locationId, body }) => {
      const json: unknown = JSON.parse(body);
      const event = stockEventSchema.safeParse(json);
      const { result } = countBody.parse(json);
      return event.success ? [{ locationId, event: event.data, result: result ?? null }] : [];
    });
  for (const [locationId, sinceMs] of unapplied(events)) await loadHistory(deps, locationId, sinceMs);
  for (const { locationId, event, result } of events) {
    if ("countId" in event) book.history.loadCount(locationId, event, result);
  }
}

type StoredCount = { locationId: string; event: StockEvent; result: { state: string } | null };

/** By location: when the first count began that is open or held. */
function unapplied(events: readonly StoredCount[]): Map<string, number> {
  const open = new Map<string, { locationId: string; startedAtMs: number }>();
  for (const { locationId, event, result } of events) {
    if (!("countId" in event)) continue;
    const key = `${locationId}/${event.countId}`;
    if (event.type === "count_started") {
      open.set(key, { locationId, startedAtMs: Date.parse(event.startedAt ?? event.occurredAt) });
    } else if (result !== null && result.state !== "held") open.delete(key);
  }
  const first = new Map<string, number>();
  for (const { locationId, startedAtMs } of open.values()) {
    first.set(locationId, Math.min(startedAtMs, first.get(locationId) ?? Infinity));
  }
  return first;
}

async function loadHistory(
  { db, book, through }: LoadCountsDeps,
  locationId: string,
  sinceMs: number,
): Promise<void> {
  for await (const rows of db.stream({
    name: "ingest/load-history",
    sql: loadQuery("ingest/load-history"),
    params: { location_id: locationId, since: new Date(sinceMs), through },
    row: historyRow,
  })) {
    for (const { gtin, state, quantity, items, occurred_at_ms: atMs } of rows) {
      book.history.loadHistory({ locationId, gtin, state, quantity, items, atMs });
    }
  }
}

async function loadTransfers({ db, book, nowMs, through }: LoadCountsDeps): Promise<void> {
  for await (const rows of db.stream({
    name: "ingest/load-transfers",
    sql: loadQuery("ingest/load-transfers"),
    params: { since: new Date(nowMs() - TRANSFERS_MS), through },
    row: transferRow,
  })) {
    for (const row of rows) {
      if (row.body === "") {
        book.history.loadArrival(row.location_id, row.epc, row.occurred_at_ms);
        continue;
      }
      const { data: event } = stockEventSchema.safeParse(JSON.parse(row.body));
      if (event?.type !== "transfer_out" && event?.type !== "transfer_in") continue;
      book.history.loadTransfer(row.location_id, event);
    }
  }
}
