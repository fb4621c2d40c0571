import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const GTIN = "00000096385074";
let db: Database;
let at: TestServer;
/** What becomes of the next INSERT of reservations: the network's failures. */
let beforeInsert: () => Promise<void> = async () => {};
let afterInsert: () => Promise<void> = async () => {};

beforeAll(async () => {
  db = await openTestDatabase();
  const grantsDb: Database = {
    ...db,
    async insert(options) {
      await beforeInsert();
      await db.insert(options);
      await afterInsert();
    },
  };
  at = await startTestServer({ db, deps: { grantsDb }, config: { grantTimeoutMs: 2000 } });
  await at.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 10 }]);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

function hold(key: string, locationId = "S01"): Promise<Response> {
  return at.request("POST", "/v1/reservations", {
    as: "storefront",
    headers: { "idempotency-key": key },
    body: { lines: [{ gtin: GTIN, quantity: 1, locationId }] },
  });
}
async function rowsOf(key: string): Promise<number> {
  const [row] = await db.query({
    name: "test/rows",
    sql: "SELECT count() AS rows FROM reservation_events WHERE idempotency_key = {key:String}",
    params: { key },
    row: z.object({ rows: z.number() }),
  });
  return row?.rows ?? -1;
}

test("clients that come back at once share their commits: each group has nearly all of them", async () => {
  const clients = 12;
  let inserts = 0;
  beforeInsert = async () => {
    inserts += 1;
    // A commit takes a while on any disk.
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const rounds = 10;
  // There is none at S09: refusals are made durable like grants.
  const client = async (name: number): Promise<void> => {
    // Half of them begin while the first commit is on its way.
    if (name % 2 === 1) await new Promise((resolve) => setTimeout(resolve, 10));
    for (let round = 0; round < rounds; round += 1) {
      await hold(`shared-${name}-${round}`, "S09");
      // As over a socket.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, name) => client(name)));
  beforeInsert = async () => {};
  // Two halves that take turns would need twice as many as there are rounds.
  expect(inserts).toBeLessThan(rounds * 1.6);
});

test("an insert whose answer is lost is repeated and counts once, before anything behind it", async () => {
  let lost = 0;
  afterInsert = async () => {
    lost += 1;
    if (lost <= 2) throw new Error("the answer was lost");
  };
  const first = hold("lost");
  const second = hold("behind");
  expect([(await first).status, (await second).status]).toEqual([201, 201]);
  afterInsert = async () => {};
  expect(lost).toBeGreaterThan(2);
  expect([await rowsOf("lost"), await rowsOf("behind")]).toEqual([1, 1]);
});

test("past the deadline it is unknown what became of it, and the same key gets the first answer", async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  beforeInsert = () => held;
  const late = await hold("late");
  expect(late.status).toBe(504);
  expect(await late.json()).toMatchObject({ code: "outcome_unknown" });
  // Its unit is nobody else's meanwhile, and nobody is shown what is not durable.
  const path = `/v1/availability?gtin=${GTIN}&location=S01`;
  const { items } = await at.ask<{ items: { reserved: number }[] }>("GET", path, 200, { as: "admin" });
  expect(items[0]?.reserved).toBe(3);
  const listed = await at.ask<{ items: Reservation[] }>("GET", "/v1/reservations", 200, { as: "admin" });
  expect(listed.items).toHaveLength(2);
  const again = hold("late");
  beforeInsert = async () => {};
  letGo();
  const answer = await again;
  expect(answer.status).toBe(201);
  const granted = (await answer.json()) as Reservation;
  expect(await (await hold("late")).json()).toEqual(granted);
  expect(await rowsOf("late")).toBe(1);
});
