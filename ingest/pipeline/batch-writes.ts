import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { Batch, DeadLetter } from "./batch.ts";
import { EVENT_COLUMNS, eventRow } from "./event-rows.ts";
import { READ_COLUMNS } from "./read-rows.ts";
import { TRACKER_CHANGE_COLUMNS, trackerChangeRow } from "./tracker-change.ts";

/** One INSERT of a batch: one block into one table, there whole or not at all. */
export type BatchWrite = {
  table: "read_batches" | "events" | "receipts" | "dead_letters" | "tracker_changes";
  /** A retry carries the same and counts once. */
  token: string;
  insert(token: string): Promise<void>;
  /** Looks whether a row of the block is in its table. */
  isThere(): Promise<boolean>;
};

/** The raw reads of a batch; null when it has none. */
export function readsWrite(db: Database, batch: Batch, recordedAtMs: number): BatchWrite | null {
  if (batch.reads.size === 0) return null;
  const rows = batch.reads.toTabSeparated(recordedAtMs);
  const [location_id, reader_id] = rows.split("\t", 2);
  return {
    table: "read_batches",
    token: `${batch.token}-reads`,
    insert: (deduplicationToken) =>
      db.insert({
        name: "ingest/insert-reads",
        table: "read_batches",
        columns: READ_COLUMNS,
        rows,
        deduplicationToken,
      }),
    isThere: () => hasRows(db, "has-reads", { location_id, reader_id, received_at: new Date(recordedAtMs) }),
  };
}

/** The events of a batch; null when it has none. `token` names the event before them. */
export function eventsWrite(
  db: Database,
  batch: Batch,
  recordedAtMs: number,
  token: string,
): BatchWrite | null {
  const last = batch.events.at(-1);
  if (last === undefined) return null;
  const rows = batch.events.map((event) => eventRow(event, recordedAtMs));
  return {
    table: "events",
    token,
    insert: (deduplicationToken) =>
      db.insert({
        name: "ingest/insert-events",
        table: "events",
        columns: EVENT_COLUMNS,
        rows,
        deduplicationToken,
      }),
    isThere: () =>
      hasRows(db, "has-event", {
        location_id: last.event.locationId,
        ordinal: last.ordinal,
        event_id: last.event.eventId,
      }),
  };
}

/** The receipts of a batch but those of accepted events, which are the rows of `events`; null when it has none. */
export function receiptsWrite(db: Database, batch: Batch): BatchWrite | null {
  const refused = batch.receipts.filter(({ receipt }) => receipt.status !== "accepted");
  const first = refused[0]?.receipt;
  if (first === undefined) return null;
  const rows = refused.map(({ client, receipt }) => [
    receipt.eventId,
    receipt.status,
    receipt.code ?? "",
    receipt.detail ?? "",
    receipt.topic,
    client,
    receipt.recordedAt,
  ]);
  return {
    table: "receipts",
    token: `${batch.token}-receipts`,
    insert: (deduplicationToken) =>
      db.insert({
        name: "ingest/insert-receipts",
        table: "receipts",
        columns: ["event_id", "status", "code", "detail", "topic", "client_id", "recorded_at"],
        rows,
        deduplicationToken,
      }),
    isThere: () =>
      hasRows(db, "has-receipt", { recorded_at: new Date(first.recordedAt), event_id: first.eventId }),
  };
}

/** The dead letters of a batch; null when it has none. */
export function deadLettersWrite(db: Database, batch: Batch): BatchWrite | null {
  const [first] = batch.deadLetters;
  if (first === undefined) return null;
  const rows = batch.deadLetters.map(deadLetterRow);
  return {
    table: "dead_letters",
    token: `${batch.token}-dead-letters`,
    insert: (deduplicationToken) =>
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
        deduplicationToken,
      }),
    isThere: () =>
      hasRows(db, "has-dead-letter", {
        received_at: new Date(first.receivedAtMs),
        dead_letter_id: first.deadLetterId,
      }),
  };
}

/** What changed for the tracker within a batch; null when nothing did. */
export function trackerChangesWrite(db: Database, batch: Batch, recordedAtMs: number): BatchWrite | null {
  const [first] = batch.trackerChanges;
  if (first === undefined) return null;
  const rows = batch.trackerChanges.map((change) => trackerChangeRow(change, recordedAtMs));
  return {
    table: "tracker_changes",
    token: `${batch.token}-tracker-changes`,
    insert: (deduplicationToken) =>
      db.insert({
        name: "ingest/insert-tracker-changes",
        table: "tracker_changes",
        columns: TRACKER_CHANGE_COLUMNS,
        rows,
        deduplicationToken,
      }),
    isThere: () => hasRows(db, "has-tracker-change", { ordinal: first.ordinal }),
  };
}

async function hasRows(db: Database, query: string, params: Record<string, unknown>): Promise<boolean> {
  const name = `ingest/${query}`;
  const [row] = await db.query({
    name,
    sql: loadQuery(name),
    params,
    row: z.object({ rows: z.number() }),
  });
  return row !== undefined && row.rows > 0;
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
