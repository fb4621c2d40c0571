import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migrate } from "../../sql/migrate.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { type ServerProcess, startServerProcess } from "../../test/support/start-server-process.ts";
import { startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { untilAsync } from "../../test/support/until.ts";

// Two servers on one ClickHouse server, which a process with chDB stands in for.
const GTIN = "00000096385074";
const bus = new MemoryBus();
let clickHouse: ServerProcess;
let db: Database;
let first: TestServer;
let second: TestServer;

beforeAll(async () => {
  clickHouse = await startServerProcess(temporaryDirectory("writers"));
  db = await openDatabase({ url: clickHouse.url });
  await migrate(db);
  const config = { grantLeaseSeconds: 2 };
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

test("a server that is not the writer follows the holds, and refuses wishes with where to go on", async () => {
  const granted = (await (await hold(first, "followed")).json()) as Reservation;
  await untilAsync(
    "the second knows it",
    async () => (await reservedAt(second)) === (await reservedAt(first)),
  );
  const seen = await second.ask("GET", `/v1/reservations/${granted.reservationId}`, 200, { as: "admin" });
  expect(seen).toEqual(granted);
  const refused = await hold(second, "at-the-wrong-one");
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).not.toBeNull();
  expect(await refused.json()).toMatchObject({ code: "not_the_writer" });
});

test("a writer whose epoch is not the newest steps down before it answers, and the wish is granted once in the end", async () => {
  const before = await reservedAt(first);
  // Another process took the lease while this one did not look.
  await renewLease(1, "another");
  const unanswered = await hold(first, "overtaken");
  expect(unanswered.status).toBe(503);
  expect(await unanswered.json()).toMatchObject({ code: "not_the_writer" });
  // It goes away again, and one of the two takes over.
  await renewLease(0, "");
  const answers: Response[] = [];
  await untilAsync(
    "one of them grants",
    async () => {
      for (const at of [first, second]) answers.push(await hold(at, "overtaken"));
      return answers.some((answer) => answer.status === 201);
    },
    30_000,
  );
  const again = await untilGranted();
  const granted = answers.find((answer) => answer.status === 201);
  expect(again).toEqual(await granted?.json());
  await untilAsync("both count it once", async () => {
    const counts = [await reservedAt(first), await reservedAt(second)];
    return counts.every((count) => count === before + 1);
  });
}, 60_000);

/** The answer to the same key, from whoever grants now. */
async function untilGranted(): Promise<unknown> {
  for (;;) {
    for (const at of [first, second]) {
      const answer = await hold(at, "overtaken");
      if (answer.status === 201) return await answer.json();
    }
  }
}
