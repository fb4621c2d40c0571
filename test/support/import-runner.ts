import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { z } from "zod";
import type { StockEvent } from "../../domain/events/stock-event.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { ok, refuse } from "../../domain/result.ts";
import { importOptionsSchema } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import type { ImportKind, ImportReport, RejectedRow } from "../../server/import/import-report.ts";
import type { Database } from "../../sql/database.ts";
import { emptyTables } from "./empty-tables.ts";
import { openTestDatabase } from "./start-test-server.ts";

/** Options as the command takes them, and how ingest answers each event; null is no answer. */
type Options = Record<string, unknown> & { receipt?: (event: StockEvent) => Receipt | null };

export type Published = { locationId: string; event: StockEvent };

/** Imports into one database of the test file, which is empty before each test. */
export function createImportRunner() {
  let own: Database;
  let db: Database;
  let nowMs = Date.UTC(2026, 10, 22);
  let rejected: RejectedRow[] = [];
  let published: Published[] = [];
  beforeAll(async () => {
    own = await openTestDatabase();
    db = own;
  });
  beforeEach(async () => {
    db = own;
    await emptyTables(db);
    rejected = [];
    published = [];
  });
  afterAll(async () => await own?.close());

  return {
    /** Rows that the last run refused. */
    rejected: () => rejected,
    /** Events that were published since the test began, or since this was asked last. */
    takePublished() {
      const taken = published;
      published = [];
      return taken;
    },
    /** Into another database until the test ends. */
    into(other: Database) {
      db = other;
    },
    async run(
      kind: ImportKind,
      content: string | Buffer | AsyncIterable<Uint8Array>,
      { receipt = acceptedReceipt, ...options }: Options = {},
    ): Promise<ImportReport> {
      nowMs += 1000;
      rejected = [];
      const stream =
        typeof content === "string" || Buffer.isBuffer(content)
          ? Readable.from([Buffer.from(content)])
          : content;
      return await importRecords(kind, stream, importOptionsSchema.parse(options), {
        db,
        publishEvent: (wish) => {
          if (wish.kind !== "stock") throw new Error("positions are stock events");
          published.push({ locationId: wish.locationId, event: wish.event });
          const answer = receipt(wish.event);
          return Promise.resolve(
            answer === null ? refuse("outcome_unknown", "No receipt within 30 s.") : ok(answer),
          );
        },
        now: () => nowMs,
        onProgress: () => undefined,
        writeRejected: (row) => {
          rejected.push(row);
        },
      });
    },
    rowsOf: async (sql: string): Promise<Record<string, unknown>[]> =>
      await db.query({ name: "test/rows", sql, row: z.record(z.string(), z.unknown()) }),
  };
}

export function acceptedReceipt(event: StockEvent, status: Receipt["status"] = "accepted"): Receipt {
  return {
    eventId: event.eventId,
    status,
    code: null,
    detail: null,
    topic: "",
    recordedAt: "2026-11-22T00:00:00Z",
  };
}

/** What became of the rows, without the report's other parts. */
export function rowCounts({ rows, accepted, updated, unchanged, rejected, failure }: ImportReport) {
  return { rows, accepted, updated, unchanged, rejected, failure };
}
