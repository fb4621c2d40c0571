import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { type ServerProcess, startServerProcess } from "../../test/support/start-server-process.ts";
import { startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { migratedDirectory } from "../../test/support/migrated-directory.ts";
import { untilAsync } from "../../test/support/until.ts";

// Two servers on one ClickHouse server, which a process with chDB stands in for.
const GTIN = "00000096385074";
const bus = new MemoryBus();
let clickHouse: ServerProcess;
let db: Database;
let first: TestServer;
let second: TestServer;

beforeAll(async () => {
  clickHouse = await startServerProcess(migratedDirectory("writers"));
  db = await openDatabase({ url: clickHouse.url });
  await migrate(db);
  const config = { grantLeaseSeconds: 8 };
  first = await startTestServer({ db, bus, config });
  await first.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 10 }]);
  await untilAsync("the first grants", async () => (await hold(first, "warm-up")).status === 201);
  second = await startTestServer({ db, bus, config, tokens: first.tokens });
}, 120_000);
afterAll(async () => {
  await second?.stop();
  await first?.stop();
  await db?.close();
  await clickHouse?.stop();
});

function hold(at: TestServer, key: string): Promise<Response> {
  return at.request("POST", "/v1/reservations", {
    as: "storefront",
    headers: { "idempotency-key": key },
    body: { lines: [{ gtin: GTIN, quantity: 1, locationId: "S01" }] },
  });
}
async function reservedAt(at: TestServer): Promise<number> {
  const path = `/v1/availability?gtin=${GTIN}&location=S01`;
  const { items } = await at.ask<{ items: { reserved: number }[] }>("GET", path, 200, { as: "admin" });
  return items[0]?.reserved ?? -1;
}
async function renewLease(lead: number, holder: string): Promise<void> {
  const [row] = await db.query({
    name: "test/epoch",
    sql: "SELECT max(epoch) AS epoch FROM leases WHERE name = 'grants'",
    row: z.object({ epoch: z.number() }),
  });
  await db.insert({
    name: "test/lease",
    table: "leases",
    columns: ["name", "epoch", "holder"],
    rows: [["grants", (row?.epoch ?? 0) + lead, holder]],
  });
}

/** The one that grants now, with its answer to this key, and the other one. */
async function granted(key: string): Promise<{ writer: TestServer; other: TestServer; body: Reservation }> {
  let found: { writer: TestServer; other: TestServer; body: Reservation } | null = null;
  const pairs = [
    { writer: first, other: second },
    { writer: second, other: first },
  ];
  await untilAsync(`one of them grants ${key}`, async () => {
    for (const pair of pairs) {
      const answer = await hold(pair.writer, key);
      if (answer.status === 201) found = { ...pair, body: (await answer.json()) as Reservation };
      if (found !== null) return true;
    }
    return false;
  });
  if (found === null) throw new Error("nobody grants");
  return found;
}

test("a server that is not the writer follows the holds, and refuses wishes with where to go on", async () => {
  const { writer, other, body } = await granted("followed");
  await untilAsync(
    "the other knows it",
    async () => (await reservedAt(other)) === (await reservedAt(writer)),
  );
  const seen = await other.ask("GET", `/v1/reservations/${body.reservationId}`, 200, { as: "admin" });
  expect(seen).toEqual(body);
  const refused = await hold(other, "at-the-wrong-one");
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).not.toBeNull();
  expect(await refused.json()).toMatchObject({ code: "not_the_writer" });
});

test("a writer whose epoch is not the newest steps down before it answers, and the wish is granted once in the end", async () => {
  const { writer } = await granted("before");
  const before = await reservedAt(writer);
  // Another process took the lease while this one did not look.
  await renewLease(1, "another");
  const unanswered = await hold(writer, "overtaken");
  expect(unanswered.status).toBe(503);
  expect(await unanswered.json()).toMatchObject({ code: "not_the_writer" });
  // It goes away again, and one of the two takes over.
  await renewLease(0, "");
  const answer = await granted("overtaken");
  expect((await granted("overtaken")).body).toEqual(answer.body);
  await untilAsync("both count it once", async () => {
    const counts = [await reservedAt(first), await reservedAt(second)];
    return counts.every((count) => count === before + 1);
  });
});
