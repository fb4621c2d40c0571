import type { Logger } from "pino";
import { z } from "zod";
import { IncomingBook, type IncomingSettings } from "../../domain/availability/incoming-book.ts";
import { stockEventSchema } from "../../domain/events/stock-event.ts";
import { parseGtin } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { Projection } from "../projection/projection.ts";

const DAY_MS = 86_400_000;
/** What was announced longer ago is not expected any more. */
const LOAD_MS = 200 * DAY_MS;
const FOLLOW_EVERY_MS = 2_000;
/** Ends of a grace are looked at so often: told within a second. */
const LOOK_EVERY_MS = 500;
/** Commits of several writers become visible a little out of order: so far back is read again, and counted once. */
const OVERLAP_MS = 10_000;
const FORGET_AFTER_MS = 30 * DAY_MS;

const eventRow = z.object({
  ordinal: z.number(),
  location_id: z.string(),
  event_type: z.string(),
  body: z.string(),
  occurred_at_ms: z.number(),
  recorded_at_ms: z.number(),
  epcs: z.array(z.string()),
  gtins: z.array(z.number()),
});
type EventRow = z.infer<typeof eventRow>;

/** Keeps what is to come in memory: read from the ledger at the start, then every 2 s what was recorded since. */
export function createIncomingFollower(deps: {
  db: Database;
  logger: Logger;
  nowMs(): number;
  settings: IncomingSettings;
  projection: Projection;
}) {
  const { nowMs, projection, logger } = deps;
  const book = new IncomingBook(deps.settings);
  let readFromMs: number | null = null;
  let counted = new Map<number, number>();
  let nextFollowMs = 0;
  let nextEndMs = Infinity;
  let lookedMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;

  async function follow(): Promise<void> {
    const atMs = nowMs();
    const fromMs = readFromMs ?? atMs - LOAD_MS;
    let newestMs = fromMs;
    const changed = new Map<string, { locationId: string; gtin: number }>();
    for await (const rows of deps.db.stream({
      name: "incoming/events",
      sql: loadQuery("incoming/events"),
      params: { since: new Date(fromMs), until: new Date(atMs + DAY_MS) },
      row: eventRow,
    })) {
      for (const row of rows) {
        newestMs = Math.max(newestMs, row.recorded_at_ms);
        if (counted.has(row.ordinal)) continue;
        counted.set(row.ordinal, row.recorded_at_ms);
        for (const position of take(book, row))
          changed.set(`${position.gtin} ${position.locationId}`, position);
      }
    }
    readFromMs = Math.max(fromMs, newestMs - OVERLAP_MS);
    counted = new Map([...counted].filter(([, recordedMs]) => recordedMs >= (readFromMs ?? 0)));
    book.forgetBefore(atMs - FORGET_AFTER_MS);
    noteEnds(atMs);
    if (!projection.isLoaded()) return;
    for (const { locationId, gtin } of changed.values()) projection.touch(locationId, gtin);
  }

  function noteEnds(atMs: number): void {
    lookedMs = atMs;
    nextEndMs = Infinity;
    for (const supply of book.open(atMs)) nextEndMs = Math.min(nextEndMs, book.endsMs(supply));
  }

  /** What has become too late since the last look counts no more: those who follow it are told. */
  function endWhatIsLate(atMs: number): void {
    if (atMs < nextEndMs || !projection.isLoaded()) return;
    for (const supply of book.open(lookedMs)) {
      if (!book.isOpen(supply, atMs)) projection.touch(supply.locationId, supply.gtin);
    }
    noteEnds(atMs);
  }

  async function look(): Promise<void> {
    const atMs = nowMs();
    endWhatIsLate(atMs);
    if (atMs < nextFollowMs) return;
    nextFollowMs = atMs + FOLLOW_EVERY_MS;
    await follow();
  }

  function lookInTurn(): void {
    if (isBusy) return;
    isBusy = true;
    look()
      .catch((error: unknown) =>
        logger.warn({ err: error }, "what is to come could not be read; trying again"),
      )
      .finally(() => {
        isBusy = false;
      });
  }

  return {
    book,
    start(): void {
      lookInTurn();
      timer = setInterval(lookInTurn, LOOK_EVERY_MS);
      timer.unref();
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}

/** Takes one event in. @returns the positions of which something else is to come than before. */
function take(book: IncomingBook, row: EventRow): { locationId: string; gtin: number }[] {
  if (row.body === "") {
    row.epcs.forEach((epc, index) => book.arriveByRead(row.location_id, row.gtins[index] ?? 0, epc));
    return row.gtins.map((gtin) => ({ locationId: row.location_id, gtin }));
  }
  const { data: event } = stockEventSchema.safeParse(JSON.parse(row.body));
  if (event === undefined || !("lines" in event)) return [];
  const lines = event.lines.flatMap((line) => {
    const gtin = "quantity" in line ? parseGtin(line.gtin) : null;
    return gtin?.ok === true && "quantity" in line
      ? [{ gtin: Number(gtin.value), quantity: line.quantity }]
      : [];
  });
  let locationId = row.location_id;
  switch (event.type) {
    case "expected_receipt": {
      const at = { announcedMs: row.occurred_at_ms, expectedAtMs: Date.parse(event.expectedAt) };
      book.expect(locationId, event.reference, at, lines);
      break;
    }
    case "receipt":
      if (event.reference !== undefined) book.arrive(locationId, "receipt", event.reference, lines);
      break;
    case "transfer_out":
      locationId = event.to;
      book.ship(locationId, row.location_id, event.transferId, row.occurred_at_ms, lines, row.epcs);
      break;
    case "transfer_in":
      book.arrive(locationId, "transfer", event.transferId, lines);
      break;
    case "adjustment":
    case "position":
    case "state_change":
  }
  return lines.map(({ gtin }) => ({ locationId, gtin }));
}
