import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { createOrderStore } from "../orders/order-store.ts";
import { createKeyLookup } from "./key-lookup.ts";
import { loadKeys } from "./load-keys.ts";
import { createReservationStore } from "../reservations/reservation-store.ts";

const GTIN = "00000096385074";
let db: Database;
let at: TestServer;
beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
  await at.ledger.commit("S01", [{ gtin: Number(GTIN), quantity: 2 }]);
  for (const key of ["one", "two", "three"]) {
    await at.request("POST", "/v1/reservations", {
      as: "storefront",
      headers: { "idempotency-key": key },
      body: { lines: [{ gtin: GTIN, quantity: 1, locationId: "S01" }] },
    });
  }
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

test("keys that memory has forgotten are found in ClickHouse, many callers in two queries; no other sender's", async () => {
  let queries = 0;
  const counting: Database = {
    ...db,
    query: (options) => {
      queries += 1;
      return db.query(options);
    },
  };
  const book = await loadKeys(createReservationStore({ db }), { nowMs: Date.now(), maxKeys: 1_000 });
  const scope = await scopeOf("one");
  const find = createKeyLookup({ store: createReservationStore({ db: counting }), nowMs: Date.now });
  const asked = ["one", "two", "three", "four", "one", "three"];
  const found = await Promise.all(asked.map((key) => find(scope, key)));
  expect(found.map((known) => known?.status ?? null)).toEqual([201, 201, 409, null, 201, 409]);
  expect(found[0]).toEqual(book.get(scope, "one"));
  expect(await find("another key", "one")).toBe(null);
  expect(queries).toBe(3);

  const tomorrow = createKeyLookup({
    store: createReservationStore({ db }),
    nowMs: () => Date.now() + 25 * 3_600_000,
  });
  expect(await tomorrow(scope, "one")).toBe(null);
});

test("the keys of orders are found in the same way", async () => {
  const body = { orderId: "o1", lines: [{ gtin: GTIN, quantity: 1, method: "pickup", locationId: "S09" }] };
  const headers = { "idempotency-key": "of-an-order" };
  expect((await at.request("POST", "/v1/orders", { as: "storefront", headers, body })).status).toBe(409);
  const store = createOrderStore({ db });
  const find = createKeyLookup({ store, nowMs: Date.now });
  const scope = await scopeOf("one");
  const [known, unknown] = await Promise.all([find(scope, "of-an-order"), find(scope, "one")]);
  expect([known?.status, unknown]).toEqual([409, null]);
  const book = await loadKeys(store, { nowMs: Date.now(), maxKeys: 1_000 });
  expect(book.get(scope, "of-an-order")).toEqual(known);
  expect(await store.answerAt(known!.ordinal)).toMatchObject({ status: 409 });
});

async function scopeOf(key: string): Promise<string> {
  for await (const rows of createReservationStore({ db }).keys(0, 100)) {
    const row = rows.find((each) => each.idempotency_key === key);
    if (row !== undefined) return row.key_scope;
  }
  throw new Error(`${key} is not there`);
}
