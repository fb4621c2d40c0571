import { z } from "zod";
import type { TillEvent } from "../../domain/events/stock-event.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { IngestMetrics } from "../ingest-metrics.ts";
import type { Sightings } from "../sightings.ts";
import type { ArrivedEvent } from "./arrived-event.ts";
import type { Batch } from "./batch.ts";
import { bodyHash } from "./body-hash.ts";
import { findTransaction } from "./find-transaction.ts";
import type { KnownEvents } from "./known-events.ts";
import type { LocationClocks } from "./location-clocks.ts";
import type { TimeLimits } from "./take-reads.ts";

export type TakeStockEventDeps = {
  db: Database;
  book: StockBook;
  clocks: LocationClocks;
  knownEvents: KnownEvents;
  sightings: Sightings;
  metrics: IngestMetrics;
  limits: TimeLimits;
  nextOrdinal(): number;
};

/** What is known of an event's id: never seen, the same event again, or another event under the same id. */
export type Judgement = "unknown" | "same" | "other";

/** Judges a repeat by memory; where memory may have forgotten, `needsLookup` says that ClickHouse has to be asked. */
export function judgeByMemory(
  deps: TakeStockEventDeps,
  arrived: ArrivedEvent,
): { judgement: Judgement; needsLookup: boolean; eventId: string; hash: bigint } {
  const { eventId } = arrived.event;
  const hash = bodyHash(arrived.event);
  const judgement = deps.knownEvents.judge(eventId, hash);
  // A void needs the transaction it names, which memory may have forgotten too.
  const isVoid = arrived.kind === "till" && arrived.event.type === "void";
  return {
    judgement,
    needsLookup: judgement === "unknown" && (isVoid || !deps.knownEvents.isComplete),
    eventId,
    hash,
  };
}

/** Judges a repeat by the table `events`, and fetches the transaction that a void names. */
export async function judgeByLookup(
  deps: TakeStockEventDeps,
  arrived: ArrivedEvent,
  eventId: string,
  hash: bigint,
): Promise<Judgement> {
  if (arrived.kind === "till" && arrived.event.type === "void")
    await loadVoidedTransaction(deps, arrived.locationId, arrived.event);
  const [row] = await deps.db.query({
    name: "ingest/find-event",
    sql: loadQuery("ingest/find-event"),
    params: { event_id: eventId },
    row: z.object({ body_hash: z.string() }),
  });
  if (row === undefined) return "unknown";
  return row.body_hash === hash.toString() ? "same" : "other";
}

async function loadVoidedTransaction(
  { db, book }: TakeStockEventDeps,
  locationId: string,
  { terminalId, transactionId, voids }: TillEvent,
): Promise<void> {
  const earlier = await findTransaction(db, locationId, terminalId, voids?.transactionId ?? transactionId);
  if (earlier !== null) book.loadTransaction(locationId, earlier.event, earlier.ledger);
}

/**
 * Takes one judged stock event into the batch, exactly once: a repeat is answered `duplicate`, another content under a
 * known id `id_conflict`. Every event gets a receipt.
 */
export function takeStockEvent(
  deps: TakeStockEventDeps,
  batch: Batch,
  arrived: ArrivedEvent,
  judged: { judgement: Judgement; eventId: string; hash: bigint },
): void {
  const { eventId, hash } = judged;
  const answer = (status: Receipt["status"], code: string | null, detail: string | null) => {
    if (status === "duplicate") deps.metrics.duplicates.inc();
    if (status === "rejected") deps.metrics.refusals.inc({ code: code ?? "" });
    batch.receipts.push({
      client: arrived.client,
      receipt: {
        eventId,
        status,
        code,
        detail,
        topic: arrived.topic,
        recordedAt: new Date(arrived.nowMs).toISOString(),
      },
    });
  };
  if (judged.judgement === "same") return answer("duplicate", null, null);
  if (judged.judgement === "other") {
    return answer(
      "rejected",
      "id_conflict",
      `Event ${eventId} was recorded before with another content; stock is unchanged. Send a correction under an id of its own.`,
    );
  }
  const occurredAtMs = Date.parse(arrived.event.occurredAt);
  if (occurredAtMs < arrived.nowMs - deps.limits.maxPastMs) {
    return answer(
      "rejected",
      "too_old",
      "The event is older than is taken live; stock is unchanged. Import it as history.",
    );
  }
  if (occurredAtMs > arrived.nowMs + deps.limits.maxFutureMs) {
    return answer(
      "rejected",
      "in_future",
      "The event's time is in the future; stock is unchanged. Set the sender's clock.",
    );
  }
  if (arrived.kind === "till") {
    for (const silence of deps.clocks.passed(arrived.locationId, occurredAtMs, arrived.nowMs)) {
      batch.addEvent(silence, deps.nextOrdinal(), 0n);
    }
  }
  const applied = apply(deps.book, arrived, eventId);
  if (!applied.ok) return answer("rejected", applied.code, applied.detail);
  deps.knownEvents.remember(eventId, hash);
  noteEvidence(deps.sightings, applied.value);
  batch.addEvent(applied.value, deps.nextOrdinal(), hash);
  return isCompensated(applied.value)
    ? answer(
        "late",
        null,
        "What is known of a later time, such as a count, stands: the event is recorded, and what it would change twice is taken back in the same step.",
      )
    : answer("accepted", null, null);
}

/** The event came after something that judged a later time. A void takes back on purpose, and a count tells its own difference. */
function isCompensated({ eventType, movements }: LedgerEvent): boolean {
  if (eventType === "void" || eventType === "count_ended" || eventType === "count_decided") return false;
  return movements.some((line) => line.reason === "reversed" || line.reason === "counted");
}

const EVIDENCE: ReadonlySet<string> = new Set(["sale", "return", "receipt", "transfer_in"]);

/** Goods that were sold, brought back or received were in somebody's hands. A book or a correction is no evidence. */
function noteEvidence(sightings: Sightings, { eventType, movements, occurredAtMs }: LedgerEvent): void {
  if (!EVIDENCE.has(eventType)) return;
  for (const { locationId, gtin } of movements) sightings.seen(locationId, gtin, occurredAtMs);
}

function apply(book: StockBook, arrived: ArrivedEvent, eventId: string) {
  const { locationId, source } = arrived;
  const body = JSON.stringify(arrived.event);
  return arrived.kind === "till"
    ? book.applyTillEvent(locationId, source, arrived.event, eventId, body)
    : book.applyStockEvent(locationId, source, arrived.event, body);
}
