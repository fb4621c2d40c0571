import { eventually } from "../../test/support/eventually.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Webhook } from "../../domain/webhooks/webhook.ts";
import type { UnitsAtRisk } from "../reservations/find-alternatives.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { validGtins } from "../../test/support/valid-gtins.ts";
import { startWebhookReceiver } from "../../test/support/webhook-receiver.ts";

const [A = 0] = validGtins(1);
const CONFIG = { webhooks: { allowPrivate: true, tickMs: 50, firstRetryMs: 20 } };
const bus = new MemoryBus();
let db: Database;
let at: TestServer;
let keys = 0;
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, bus, config: CONFIG });
  for (const locationId of ["S01", "S02", "S03"])
    await at.ledger.commit(locationId, [{ gtin: A, quantity: 9 }]);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

async function post(path: string, body: Record<string, unknown> = {}): Promise<Reservation> {
  keys += 1;
  const headers = { "idempotency-key": `key-${keys}` };
  const response = await at.request("POST", `/v1/reservations${path}`, { as: "storefront", headers, body });
  expect([200, 201]).toContain(response.status);
  return (await response.json()) as Reservation;
}

const hold = (
  more: { locationId?: string; quantity?: number; ttlSeconds?: number; channel?: string } = {},
) => {
  const { locationId = "S01", quantity = 1, ...wish } = more;
  return post("", { lines: [{ gtin: gtinFromNumber(A), quantity, locationId }], ...wish });
};

async function follow(wish: Record<string, unknown>) {
  const receiver = await startWebhookReceiver();
  cleanUps.push(receiver.stop);
  const body = { url: receiver.url, ...wish };
  const { webhookId } = await at.ask<Webhook>("POST", "/v1/webhooks", 201, { as: "admin", body });
  cleanUps.push(async () => {
    await at.request("DELETE", `/v1/webhooks/${webhookId}`, { as: "admin" });
  });
  return receiver;
}

/** What was told, each once, as `type reservation`. */
const told = ({ received }: Awaited<ReturnType<typeof startWebhookReceiver>>) =>
  [
    ...new Map(
      received.map(({ type, data, headers }) => [
        headers["webhook-id"],
        `${type} ${(data["reservation"] as Reservation).reservationId}`,
      ]),
    ).values(),
  ].sort();
const line = (type: string, { reservationId }: Reservation) => `${type} ${reservationId}`;

test("each change of a reservation is told once, of the types, places and channels that were asked for", async () => {
  await hold();
  const all = await follow({
    eventTypes: ["hold.*", "reservation.*"],
    filter: { locations: ["S01", "S02"] },
  });
  const some = await follow({ eventTypes: ["hold.granted"], filter: { locations: ["S02"], channel: "web" } });
  const none = await follow({ eventTypes: ["hold.*"], filter: { channel: "kiosk" } });
  const one = await hold();
  const two = await hold({ locationId: "S02" });
  const three = await hold({ locationId: "S02", channel: "store" });
  await post(`/${one.reservationId}/confirm`);
  await post(`/${two.reservationId}/release`);
  await at.ledger.commit("S02", [{ gtin: A, quantity: -9 }]);
  const expected = [
    line("hold.granted", one),
    line("hold.granted", two),
    line("hold.granted", three),
    line("hold.at_risk", three),
    line("hold.released", two),
    line("reservation.confirmed", one),
  ];
  await eventually(() => expect(told(all)).toEqual(expected.sort()));
  await eventually(() => expect(told(some)).toEqual([line("hold.granted", two)]));
  expect(told(none)).toEqual([]);
  const risk = all.received.find(({ type }) => type === "hold.at_risk");
  expect(risk?.data).toMatchObject({
    atRisk: [{ locationId: "S02", gtin: gtinFromNumber(A), units: 1, alternatives: expect.any(Array) }],
  });
  const [atRisk] = (risk?.data["atRisk"] ?? []) as UnitsAtRisk[];
  expect(atRisk?.alternatives.map(({ locationId }) => locationId)).toContain("S03");
});

test("an end by the clock is told once, with the status expired; one that was put off or given back is not", async () => {
  const receiver = await follow({ eventTypes: ["hold.expired"] });
  const lapsed = await hold({ ttlSeconds: 1 });
  const extended = await hold({ ttlSeconds: 60 });
  await post(`/${extended.reservationId}/extend`, { ttlSeconds: 3000 });
  const released = await hold({ ttlSeconds: 60 });
  await post(`/${released.reservationId}/release`);
  at.clock.aheadMs += 120_000;
  await eventually(() => expect(told(receiver)).toContain(line("hold.expired", lapsed)));
  expect(receiver.received[0]?.data).toMatchObject({ reservation: { status: "expired" } });
  expect(told(receiver)).not.toContain(line("hold.expired", extended));
  at.clock.aheadMs += 3_600_000;
  await eventually(() => expect(told(receiver)).toContain(line("hold.expired", extended)));
  expect(told(receiver)).not.toContain(line("hold.expired", released));
});

test("what happened before a stop and was not told is told after the start, ends too", async () => {
  let isOpen = false;
  const receiver = await startWebhookReceiver(() => (isOpen ? 200 : 500));
  cleanUps.push(receiver.stop);
  const body = { url: receiver.url, eventTypes: ["hold.*"], filter: { locations: ["S03"] } };
  await at.ask<Webhook>("POST", "/v1/webhooks", 201, { as: "admin", body });
  const one = await hold({ locationId: "S03", ttlSeconds: 1 });
  const { aheadMs } = at.clock;
  await at.stop();
  isOpen = true;
  at = await startTestServer({ db, bus, config: CONFIG });
  at.clock.aheadMs = aheadMs + 10_000;
  await eventually(() =>
    expect(told(receiver)).toEqual([line("hold.expired", one), line("hold.granted", one)]),
  );
}, 40_000);
