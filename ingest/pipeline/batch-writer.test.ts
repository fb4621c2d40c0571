import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import { ALL_LOCATIONS } from "../../domain/shard.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase } from "../../test/support/open-test-database.ts";
import { LOCKED_BY_ENGINE } from "../../sql/leases/writer-lease.ts";
import { Batch } from "./batch.ts";
import { type BatchWriter, type BatchWriterDeps, createBatchWriter } from "./batch-writer.ts";

const { signal } = new AbortController();
let db: Database;

beforeEach(async () => {
  db = await openTestDatabase();
  return () => db.close();
});

function writerWith(deps: Partial<BatchWriterDeps> = {}): BatchWriter {
  return createBatchWriter({
    db,
    ledgerDb: db,
    lease: LOCKED_BY_ENGINE,
    shard: ALL_LOCATIONS,
    ownsLocation: () => true,
    logger: pino({ level: "silent" }),
    onBlocked: () => {},
    onOvertaken: () => {},
    ...deps,
  });
}

/** A batch of one unit that came, with this ordinal and sequence. */
function batchOf(ordinal: number, sequence: number, eventId = `event-${ordinal}`): Batch {
  const event: LedgerEvent = {
    locationId: "store-1",
    eventId,
    eventType: "receipt",
    source: "stock/test",
    body: "",
    occurredAtMs: Date.now(),
    movements: [
      {
        locationId: "store-1",
        sequence,
        gtin: 80614141123458,
        state: "sellable",
        quantity: 1,
        reason: "received",
        epc: "",
        reservationId: "",
        orderId: "",
      },
    ],
    items: [],
  };
  const batch = new Batch(`run-${eventId}`);
  batch.addEvent(event, ordinal, 0n);
  return batch;
}

const ledger = () =>
  db.query({
    name: "test/ledger",
    sql: "SELECT event_id, sequence FROM movements ORDER BY ordinal",
    row: z.object({ event_id: z.string(), sequence: z.number() }),
  });

/** A connection that does with one INSERT into `events` what `wrap` says, and all else as ever. */
function interfering(wrap: (insert: () => Promise<void>) => Promise<void>): Database {
  let isDone = false;
  return {
    ...db,
    insert: async (options) => {
      if (options.table !== "events" || isDone) return await db.insert(options);
      isDone = true;
      await wrap(() => db.insert(options));
    },
  };
}

describe("the batch writer", () => {
  it("repeats an insert whose answer was lost, and it counts once", async () => {
    const ledgerDb = interfering(async (insert) => {
      await insert();
      throw new Error("the connection broke before the answer");
    });
    const writer = writerWith({ ledgerDb });
    expect(await writer.write(batchOf(1, 1), Date.now(), signal)).toBe(true);
    expect(await writer.write(batchOf(2, 2), Date.now(), signal)).toBe(true);
    expect(await ledger()).toEqual([
      { event_id: "event-1", sequence: 1 },
      { event_id: "event-2", sequence: 2 },
    ]);
  });

  it("writes a block again whose token ClickHouse remembers without its rows", async () => {
    const ledgerDb = interfering(async (insert) => {
      await insert();
      // What a kill between the token's note and the part's place leaves behind.
      await db.command({ name: "test/lose", sql: "DELETE FROM events WHERE true" });
      throw new Error("the server was killed");
    });
    const writer = writerWith({ ledgerDb });
    expect(await writer.write(batchOf(1, 1), Date.now(), signal)).toBe(true);
    expect(await ledger()).toEqual([{ event_id: "event-1", sequence: 1 }]);
  });

  it("finds such a token of the run before it as well", async () => {
    await writerWith().write(batchOf(1, 1, "lost"), Date.now(), signal);
    await db.command({ name: "test/lose", sql: "DELETE FROM events WHERE true" });
    expect(await writerWith().write(batchOf(1, 1), Date.now(), signal)).toBe(true);
    expect(await ledger()).toEqual([{ event_id: "event-1", sequence: 1 }]);
  });
});

describe("two writers that continue after the same event", () => {
  let old: BatchWriter;
  let isOldHolder: boolean;
  beforeEach(async () => {
    isOldHolder = true;
    old = writerWith({ lease: { mayWrite: async () => true, isStillHeld: async () => isOldHolder } });
    await old.write(batchOf(1, 1), Date.now(), signal);
    // From here on it was paused, and another one took over.
    isOldHolder = false;
  });

  it("a late insert of the old one is dropped, and not acknowledged", async () => {
    const next = writerWith();
    next.continueAfter(1);
    expect(await next.write(batchOf(20, 2, "new"), Date.now(), signal)).toBe(true);
    expect(await old.write(batchOf(19, 2, "old"), Date.now(), signal)).toBe(false);
    expect(await next.write(batchOf(21, 3, "newer"), Date.now(), signal)).toBe(true);
    expect((await ledger()).map((row) => row.event_id)).toEqual(["event-1", "new", "newer"]);
  });

  it("where the old one came first, the new one finds out before it acknowledges, and stops", async () => {
    let overtaken = 0;
    const next = writerWith({
      onOvertaken: () => {
        overtaken += 1;
      },
    });
    next.continueAfter(1);
    await old.write(batchOf(19, 2, "old"), Date.now(), signal);
    expect(await next.write(batchOf(20, 2, "new"), Date.now(), signal)).toBe(false);
    expect(overtaken).toBe(1);
    expect((await ledger()).map((row) => row.event_id)).toEqual(["event-1", "old"]);
  });

  it("the old one writes nothing once its lease ran out", async () => {
    const late = writerWith({ lease: { mayWrite: async () => false, isStillHeld: async () => false } });
    late.continueAfter(1);
    expect(await late.write(batchOf(19, 2, "old"), Date.now(), signal)).toBe(false);
    expect(await ledger()).toHaveLength(1);
  });
});
