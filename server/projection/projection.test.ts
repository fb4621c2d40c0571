import { eventually } from "../../test/support/eventually.ts";
import fc from "fast-check";
import { pino } from "pino";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import type { Database, QueryOptions } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { openTestDatabase } from "../../test/support/start-test-server.ts";
import { createTestLedger } from "../../test/support/test-ledger.ts";
import { createProjection, type Projection } from "./projection.ts";

const A = 4_006_381_333_931;
const B = 4_006_381_333_948;
let db: Database;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  return () => db.close();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const table of ["events", "snapshots", "position_snapshots", "sightings"]) {
    await db.command({ name: "test/truncate", sql: `TRUNCATE TABLE ${table}` });
  }
});

function create(bus: MemoryBus, database: Database = db): Projection {
  const projection = createProjection({
    db: database,
    bus,
    root: "onhand",
    logger: pino({ level: "silent" }),
    nowMs: Date.now,
    firstRetryDelayMs: 5,
  });
  stops.push(() => projection.stop());
  return projection;
}

/** The same database, where reading the ledger first waits for the test or fails as it says. */
function withReads(before: (name: string) => Promise<void>): Database {
  return {
    ...db,
    query: async <Row>(options: QueryOptions<Row>) => {
      await before(options.name);
      return await db.query(options);
    },
    async *stream<Row>(options: QueryOptions<Row>) {
      await before(options.name);
      yield* db.stream(options);
      await before(`${options.name}/end`);
    },
  };
}

function sellable(projection: Projection, locationId: string, gtin: number): number | undefined {
  return projection.table().get(locationId, gtin)?.sellable;
}

/** Every position equals the sum of the ledger's movements. */
async function expectEqualToLedger(projection: Projection): Promise<void> {
  const rows = await db.query({
    name: "test/positions",
    sql: "SELECT location_id, gtin, state, sum(quantity) AS quantity FROM movements GROUP BY location_id, gtin, state",
    row: z.object({
      location_id: z.string(),
      gtin: z.number(),
      state: z.enum(STOCK_STATES),
      quantity: z.number(),
    }),
  });
  let cells = 0;
  for (const row of rows) {
    expect(projection.table().get(row.location_id, row.gtin)?.[row.state]).toBe(row.quantity);
    cells += row.quantity;
  }
  let held = 0;
  for (let row = 0; row < projection.table().size; row += 1) held += projection.table().onHandAt(row);
  expect(held).toBe(cells);
}

describe("recovery", () => {
  test("movements before, during and after the load count once each", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    await ledger.commit("S01", [{ gtin: A, quantity: 5 }]);
    let during = async () => {};
    const projection = create(
      bus,
      withReads(async (name) => {
        if (name.startsWith("projection/load-positions")) await during();
      }),
    );
    // Once before the scan and once after it: the first is in the scan and in the buffer, the second in the buffer alone.
    during = async () => {
      await ledger.commit("S01", [
        { gtin: A, quantity: 10 },
        { gtin: B, quantity: 1, state: "damaged" },
      ]);
    };
    await projection.start();
    expect(projection.isLoaded()).toBe(true);
    await ledger.commit("S01", [{ gtin: A, quantity: -2 }]);
    expect(sellable(projection, "S01", A)).toBe(23);
    await expectEqualToLedger(projection);
    expect(projection.lag()).toBe(0);
  });

  test("starts from the newest finished snapshot, and reads only what is later", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    await ledger.commit("S01", [{ gtin: A, quantity: 5 }]);
    const columns = ["snapshot_id", "location_id", "last_sequence", "gtin", "state", "quantity"];
    // 100 instead of 5 shows that the snapshot was used; the unfinished newer one was not.
    await db.insert({
      name: "test/snapshot",
      table: "position_snapshots",
      columns,
      rows: [[1, "S01", 1, A, "sellable", 100]],
    });
    await db.insert({
      name: "test/snapshot",
      table: "position_snapshots",
      columns,
      rows: [[9, "S01", 1, A, "sellable", 777]],
    });
    await db.insert({
      name: "test/snapshot",
      table: "snapshots",
      columns: ["snapshot_id", "taken_at", "positions", "items"],
      rows: [[1, new Date().toISOString(), 1, 0]],
    });
    await ledger.commit("S01", [{ gtin: A, quantity: 3 }]);
    await ledger.commit("S02", [{ gtin: A, quantity: 4 }]);
    const projection = create(bus);
    await projection.start();
    expect(sellable(projection, "S01", A)).toBe(103);
    expect(sellable(projection, "S02", A)).toBe(4);
    await ledger.commit("S01", [{ gtin: A, quantity: 1 }]);
    expect(sellable(projection, "S01", A)).toBe(104);
  });

  test("a load that breaks off in the middle starts again and counts nothing twice", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    await ledger.commit("S01", [{ gtin: A, quantity: 5 }]);
    let failures = 2;
    const projection = create(
      bus,
      withReads(async (name) => {
        if (name === "projection/load-positions/end" && failures > 0) {
          failures -= 1;
          throw new Error("connection lost");
        }
      }),
    );
    await projection.start();
    expect(failures).toBe(0);
    expect(sellable(projection, "S01", A)).toBe(5);
  });

  test("the age of truth is loaded and followed; a sight of what has no record makes none", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    await ledger.commit("S01", [{ gtin: A, quantity: 5 }]);
    const seenAt = "2026-01-02T03:04:05.678Z";
    await db.insert({
      name: "test/sightings",
      table: "sightings",
      columns: ["location_id", "gtin", "last_seen_at"],
      rows: [
        ["S01", A, seenAt],
        ["S01", B, seenAt],
      ],
    });
    const projection = create(bus);
    await projection.start();
    const row = projection.table().find("S01", A);
    expect(projection.table().lastSeenAt(row)).toBe(Date.parse(seenAt));
    expect(projection.table().find("S01", B)).toBe(-1);
    const seen = (lastSeenAt: string) =>
      bus.publish(
        "onhand/S01/sightings",
        JSON.stringify({ locationId: "S01", at: seenAt, seen: [{ gtin: gtinFromNumber(A), lastSeenAt }] }),
      );
    const before = projection.revision();
    await seen("2026-02-01T00:00:00.000Z");
    await seen("2025-01-01T00:00:00.000Z");
    expect(projection.table().lastSeenAt(row)).toBe(Date.parse("2026-02-01T00:00:00.000Z"));
    expect(projection.revision()).toBeGreaterThan(before);
  });
});

describe("gaps", () => {
  test("a lost message is read from ClickHouse as soon as the next one shows the gap", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    const projection = create(bus);
    await projection.start();
    await ledger.store("S01", [
      { gtin: A, quantity: 5 },
      { gtin: B, quantity: 1 },
    ]);
    await ledger.commit("S01", [{ gtin: A, quantity: 2 }]);
    expect(projection.lag()).toBe(3);
    await eventually(() => expect(projection.lag()).toBe(0));
    expect(sellable(projection, "S01", A)).toBe(7);
    await expectEqualToLedger(projection);
  });

  test("the last message lost is noticed by the retained sequence", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    const projection = create(bus);
    await projection.start();
    await ledger.store("S01", [{ gtin: A, quantity: 5 }]);
    expect(sellable(projection, "S01", A)).toBeUndefined();
    await ledger.tellSequence("S01");
    await eventually(() => expect(sellable(projection, "S01", A)).toBe(5));
  });

  test("while ClickHouse is away it tries again, says that it lags, and guesses nothing", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    let failures = 3;
    const projection = create(
      bus,
      withReads(async (name) => {
        if (name === "projection/movements-after" && failures > 0) {
          failures -= 1;
          throw new Error("connection lost");
        }
      }),
    );
    await projection.start();
    await ledger.store("S01", [{ gtin: A, quantity: 5 }]);
    await ledger.commit("S01", [{ gtin: A, quantity: 2 }]);
    expect(sellable(projection, "S01", A)).toBeUndefined();
    expect(projection.lag()).toBe(2);
    await eventually(() => expect(sellable(projection, "S01", A)).toBe(7));
    expect(failures).toBe(0);
  });

  test("a message that is not understood is a gap too, not an error", async () => {
    const bus = new MemoryBus();
    const ledger = createTestLedger({ db, bus });
    const projection = create(bus);
    await projection.start();
    await ledger.store("S01", [{ gtin: A, quantity: 5 }]);
    await bus.publish("onhand/S01/movements", "{nonsense");
    await ledger.commit("S01", [{ gtin: A, quantity: 2 }]);
    await eventually(() => expect(sellable(projection, "S01", A)).toBe(7));
    expect(projection.counts().refused).toBe(1);
  });
});

test("whatever is lost, repeated or late on the way, the projection ends equal to the ledger", async () => {
  const step = fc.record({
    locationId: fc.constantFrom("S01", "S02"),
    gtin: fc.constantFrom(A, B),
    state: fc.constantFrom(...STOCK_STATES),
    quantity: fc.integer({ min: -5, max: 9 }),
    fate: fc.constantFrom("told", "told", "lost", "repeated", "late"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(24), async (steps, startAt) => {
      for (const table of ["events"])
        await db.command({ name: "test/truncate", sql: `TRUNCATE TABLE ${table}` });
      const bus = new MemoryBus();
      const ledger = createTestLedger({ db, bus });
      const projection = create(bus);
      const late: (() => Promise<void>)[] = [];
      let started: Promise<void> | null = null;
      for (const [index, { locationId, fate, ...line }] of steps.entries()) {
        if (index === Math.min(startAt, steps.length - 1)) started = projection.start();
        const movements = await ledger.store(locationId, [line]);
        if (fate === "late") late.push(() => ledger.tell(locationId, movements));
        else if (fate !== "lost") await ledger.tell(locationId, movements);
        if (fate === "repeated") await ledger.tell(locationId, movements);
      }
      await started;
      for (const tell of late) await tell();
      for (const locationId of ["S01", "S02"]) await ledger.tellSequence(locationId);
      await eventually(() => expect(projection.lag()).toBe(0));
      await expectEqualToLedger(projection);
      await projection.stop();
    }),
    { numRuns: 25, verbose: true },
  );
});
