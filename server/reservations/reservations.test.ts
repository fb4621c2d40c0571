import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { alertSchema } from "../../domain/alert.ts";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { gtinCheckDigit, gtinFromNumber } from "../../domain/gtin.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { until } from "../../test/support/until.ts";
import { z } from "zod";

let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

let products = 0;
/** A product with so many sellable units at each of these locations, that no other test knows. */
async function stocked(units: Record<string, number>): Promise<number> {
  products += 1;
  const body = 400_000_000_000 + products;
  const gtin = body * 10 + gtinCheckDigit(body);
  for (const [locationId, quantity] of Object.entries(units)) {
    await at.ledger.commit(locationId, [{ gtin, quantity }]);
  }
  return gtin;
}
let keys = 0;
function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

type Lines = { gtin: number; quantity: number; locationId?: string }[];
function wish(lines: Lines, more: Record<string, unknown> = {}) {
  return {
    lines: lines.map(({ gtin, quantity, locationId = "S01" }) => ({
      gtin: gtinFromNumber(gtin),
      quantity,
      locationId,
    })),
    ...more,
  };
}
function hold<Answer = Reservation>(
  lines: Lines,
  status = 201,
  more: Record<string, unknown> = {},
  key = newKey(),
) {
  return at.ask<Answer>("POST", "/v1/reservations", status, {
    as: "storefront",
    headers: { "idempotency-key": key },
    body: wish(lines, more),
  });
}
function change<Answer = Reservation>(
  one: Reservation,
  name: string,
  status = 200,
  body?: unknown,
  key?: string,
) {
  return at.ask<Answer>("POST", `/v1/reservations/${one.reservationId}/${name}`, status, {
    as: "storefront",
    ...(body === undefined ? {} : { body }),
    ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
  });
}
const get = (one: Reservation) =>
  at.ask<Reservation>("GET", `/v1/reservations/${one.reservationId}`, 200, { as: "storefront" });
async function availableOf(gtin: number, locationId = "S01") {
  const path = `/v1/availability?gtin=${gtinFromNumber(gtin)}&location=${locationId}`;
  const { items } = await at.ask<AvailabilityAnswer>("GET", path, 200, { as: "admin" });
  return items[0]!;
}
/** What the table says of it: the live units now, without what memory knows. */
async function reservedInSql(gtin: number, atMs = Date.now() + at.clock.aheadMs): Promise<number> {
  const rows = await db.query({
    name: "test/reserved",
    sql: loadQuery("reservations/reserved-units"),
    params: { at: instantParameter(atMs) },
    row: z.object({ gtin: z.number(), reserved: z.number() }),
  });
  return rows.filter((row) => row.gtin === gtin).reduce((sum, row) => sum + row.reserved, 0);
}

describe("POST /v1/reservations", () => {
  test("holds units, which nobody else can have, and makes it durable before it answers", async () => {
    const gtin = await stocked({ S01: 5 });
    const one = await hold([{ gtin, quantity: 3 }]);
    expect(one).toMatchObject({ status: "held", version: 1, lines: [{ quantity: 3, requested: 3 }] });
    expect(await reservedInSql(gtin)).toBe(3);
    expect(await availableOf(gtin)).toMatchObject({ available: 2, reserved: 3, sellable: 5 });
    expect(await get(one)).toEqual(one);
  });

  test("sums lines of one product before it checks them", async () => {
    const gtin = await stocked({ S01: 5 });
    const problem = await hold<{ lines: unknown[] }>(
      [
        { gtin, quantity: 3 },
        { gtin, quantity: 3 },
      ],
      409,
    );
    expect(problem.lines).toMatchObject([{ requested: 6, available: 5 }]);
    expect(
      await hold([
        { gtin, quantity: 3 },
        { gtin, quantity: 2 },
      ]),
    ).toMatchObject({ lines: [{ quantity: 5 }] });
  });

  test("refuses whole what is not all there, with what is available and where else", async () => {
    const gtin = await stocked({ S01: 1, S02: 4, S03: 9 });
    const other = await stocked({ S01: 7 });
    const problem = await hold<{ code: string; lines: unknown[] }>(
      [
        { gtin, quantity: 2 },
        { gtin: other, quantity: 1 },
      ],
      409,
    );
    expect(problem).toMatchObject({
      code: "insufficient_availability",
      lines: [
        {
          gtin: gtinFromNumber(gtin),
          requested: 2,
          available: 1,
          alternatives: [
            { locationId: "S03", available: 9 },
            { locationId: "S02", available: 4 },
          ],
        },
      ],
    });
    expect((await availableOf(other)).reserved).toBe(0);
  });

  test("with partial it holds what there is, and refuses only nothing at all", async () => {
    const gtin = await stocked({ S01: 1 });
    const other = await stocked({ S01: 2 });
    const lines = [
      { gtin, quantity: 3 },
      { gtin: other, quantity: 2 },
    ];
    const one = await hold(lines, 201, { partial: true });
    expect(one.lines.map((line) => [line.requested, line.quantity])).toEqual([
      [3, 1],
      [2, 2],
    ]);
    await hold(lines, 409, { partial: true });
  });

  test("never grants more than there is to many who ask at once", async () => {
    const gtin = await stocked({ S01: 20 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        at.request("POST", "/v1/reservations", {
          as: "storefront",
          headers: { "idempotency-key": newKey() },
          body: wish([{ gtin, quantity: 1 }]),
        }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(20);
    expect(statuses.filter((status) => status === 409)).toHaveLength(80);
    expect(await reservedInSql(gtin)).toBe(20);
  });

  test("needs a key, and a code that can be a GTIN", async () => {
    const gtin = await stocked({ S01: 1 });
    const body = wish([{ gtin, quantity: 1 }]);
    const problem = await at.ask("POST", "/v1/reservations", 400, { as: "storefront", body });
    expect(problem).toMatchObject({ code: "idempotency_key_missing" });
    await hold([{ gtin: gtin + 1, quantity: 1 }], 400);
  });

  test("a publishable key may hold a basket and not a store", async () => {
    const gtin = await stocked({ S01: 500 });
    const key = await at.keys.create({
      role: "storefront",
      name: "shop",
      locationId: null,
      origins: ["https://shop.example"],
    });
    const ask = (quantity: number, peer: string) =>
      at.request("POST", "/v1/reservations", {
        token: key.token,
        peer,
        headers: { origin: "https://shop.example", "idempotency-key": newKey() },
        body: wish([{ gtin, quantity }]),
      });
    expect((await ask(11, "10.1.1.1")).status).toBe(409);
    for (let each = 0; each < 20; each += 1) expect((await ask(1, "10.1.1.1")).status).toBe(201);
    const refused = await ask(1, "10.1.1.1");
    expect(await refused.json()).toMatchObject({ code: "publishable_limit" });
    expect((await ask(1, "10.1.1.2")).status).toBe(201);
  });
});

describe("Idempotency-Key", () => {
  test("the same request gets the first answer, granted or refused, and another one is refused", async () => {
    const gtin = await stocked({ S01: 1 });
    const key = newKey();
    const first = await hold([{ gtin, quantity: 1 }], 201, {}, key);
    expect(await hold([{ gtin, quantity: 1 }], 201, {}, key)).toEqual(first);
    const refusedKey = newKey();
    const refused = await hold([{ gtin, quantity: 1 }], 409, {}, refusedKey);
    await change(first, "release");
    expect(await hold([{ gtin, quantity: 1 }], 409, {}, refusedKey)).toEqual(refused);
    expect(await hold([{ gtin, quantity: 2 }], 422, {}, key)).toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  test("twins that come at the same time hold once", async () => {
    const gtin = await stocked({ S01: 9 });
    const key = newKey();
    const twins = await Promise.all(
      Array.from({ length: 5 }, () => hold([{ gtin, quantity: 1 }], 201, {}, key)),
    );
    expect(new Set(twins.map((twin) => twin.reservationId)).size).toBe(1);
    expect((await availableOf(gtin)).reserved).toBe(1);
  });

  test("two callers may use the same key", async () => {
    const gtin = await stocked({ S01: 9 });
    const key = newKey();
    const one = await hold([{ gtin, quantity: 1 }], 201, {}, key);
    const other = await at.ask<Reservation>("POST", "/v1/reservations", 201, {
      as: "admin",
      headers: { "idempotency-key": key },
      body: wish([{ gtin, quantity: 1 }]),
    });
    expect(other.reservationId).not.toBe(one.reservationId);
  });
});

describe("the life of a reservation", () => {
  test("a hold counts until the instant of its expiry and not after, without anybody sweeping", async () => {
    const gtin = await stocked({ S01: 1 });
    const one = await hold([{ gtin, quantity: 1 }], 201, { ttlSeconds: 60 });
    at.clock.aheadMs += 59_000;
    await hold([{ gtin, quantity: 1 }], 409);
    at.clock.aheadMs += 1_000;
    expect((await availableOf(gtin)).available).toBe(1);
    expect(await get(one)).toMatchObject({ status: "expired" });
    expect(await change(one, "confirm", 409)).toMatchObject({ code: "reservation_state", state: "expired" });
    expect(await reservedInSql(gtin)).toBe(0);
  });

  test("an extension of what has lapsed is a new request: refused when the goods are gone", async () => {
    const gtin = await stocked({ S01: 1 });
    const one = await hold([{ gtin, quantity: 1 }], 201, { ttlSeconds: 60 });
    at.clock.aheadMs += 61_000;
    const other = await hold([{ gtin, quantity: 1 }]);
    expect(await change(one, "extend", 409)).toMatchObject({ code: "insufficient_availability" });
    await change(other, "release");
    expect(await change(one, "extend", 200, { ttlSeconds: 60 })).toMatchObject({ status: "held" });
    expect((await availableOf(gtin)).available).toBe(0);
  });

  test("a hold is extended to 4 hours after its creation and not beyond", async () => {
    const gtin = await stocked({ S01: 1 });
    const one = await hold([{ gtin, quantity: 1 }], 201, { ttlSeconds: 14_400 });
    at.clock.aheadMs += 3 * 3_600_000;
    const extended = await change(one, "extend", 200, { ttlSeconds: 14_400 });
    expect(Date.parse(extended.expiresAt!) - Date.parse(one.createdAt)).toBe(4 * 3_600_000);
    at.clock.aheadMs += 3_600_000;
    expect(await change(one, "extend", 409)).toMatchObject({ state: "expired" });
  });

  test("confirmed goods are kept until holdUntil, then picked, then released", async () => {
    const gtin = await stocked({ S01: 1 });
    const one = await hold([{ gtin, quantity: 1 }], 201, { ttlSeconds: 60 });
    const confirmed = await change(one, "confirm", 200, { orderId: "o1" });
    expect(confirmed).toMatchObject({ status: "confirmed", orderId: "o1", expiresAt: null, version: 2 });
    at.clock.aheadMs += 71 * 3_600_000;
    expect(await change(one, "pick")).toMatchObject({ status: "picked" });
    expect((await availableOf(gtin)).available).toBe(0);
    expect(await change(one, "release", 200, { reason: "cancelled" })).toMatchObject({ status: "released" });
    expect((await availableOf(gtin)).available).toBe(1);
    expect(await change(one, "release", 409)).toMatchObject({ state: "released" });
  });

  test("a transfer holds at the other location in the same step, or changes nothing", async () => {
    const gtin = await stocked({ S01: 2, S02: 1 });
    const one = await hold([{ gtin, quantity: 1 }]);
    const moved = await change(one, "transfer", 201, { toLocationId: "S02" });
    expect(moved).toMatchObject({
      status: "held",
      transferredFrom: one.reservationId,
      lines: [{ locationId: "S02" }],
    });
    expect(await get(one)).toMatchObject({ status: "transferred", transferredTo: moved.reservationId });
    expect([(await availableOf(gtin)).available, (await availableOf(gtin, "S02")).available]).toEqual([2, 0]);
    const other = await hold([{ gtin, quantity: 1 }]);
    await change(other, "transfer", 409, { toLocationId: "S02" });
    expect(await get(other)).toMatchObject({ status: "held", version: 1 });
  });

  test("what is short is held no longer, and the rest still is", async () => {
    const gtin = await stocked({ S01: 3 });
    const one = await hold([{ gtin, quantity: 3 }]);
    const lines = [{ gtin: gtinFromNumber(gtin), locationId: "S01", quantity: 1 }];
    expect(await change(one, "short", 200, { lines })).toMatchObject({
      status: "held",
      lines: [{ requested: 3, quantity: 2 }],
    });
    expect((await availableOf(gtin)).available).toBe(1);
    expect(await change(one, "short")).toMatchObject({ status: "short" });
    expect((await availableOf(gtin)).available).toBe(3);
  });

  test("404 for what never was", async () => {
    const nobody = { reservationId: "nobody" } as Reservation;
    expect(await change(nobody, "release", 404)).toMatchObject({ code: "reservation_not_found" });
  });
});

describe("the ledger and holds", () => {
  test("a movement that names the reservation lowers stock and hold in one step: never sold twice, never free", async () => {
    const gtin = await stocked({ S01: 2 });
    const one = await hold([{ gtin, quantity: 2 }]);
    await at.ledger.commit("S01", [{ gtin, quantity: -1, reservationId: one.reservationId }]);
    expect(await availableOf(gtin)).toMatchObject({ sellable: 1, reserved: 1, available: 0 });
    expect(await get(one)).toMatchObject({ status: "held", lines: [{ fulfilled: 1 }] });
    await at.ledger.commit("S01", [{ gtin, quantity: -1, reservationId: one.reservationId }]);
    expect(await availableOf(gtin)).toMatchObject({ sellable: 0, reserved: 0, available: 0 });
    expect(await get(one)).toMatchObject({ status: "fulfilled" });
    expect(await reservedInSql(gtin)).toBe(0);
  });

  test("a sale to somebody else puts the newest hold at risk, tells it, and goods that come cover it again", async () => {
    const gtin = await stocked({ S01: 2, S02: 3 });
    const older = await hold([{ gtin, quantity: 1 }]);
    const newer = await hold([{ gtin, quantity: 1 }]);
    await at.ledger.commit("S01", [{ gtin, quantity: -1 }]);
    expect(await get(older)).toMatchObject({ isAtRisk: false });
    expect(await get(newer)).toMatchObject({ isAtRisk: true, lines: [{ atRisk: 1 }] });
    const told = () =>
      at.bus.published.filter(
        ({ topic, payload }) => topic === "onhand/S01/alerts" && payload.includes(newer.reservationId),
      );
    await until("the alert is out", () => told().length === 1);
    expect(alertSchema.parse(JSON.parse(told()[0]!.payload))).toMatchObject({
      kind: "hold_at_risk",
      units: 1,
      alternatives: [{ locationId: "S02", available: 3 }],
    });
    const path = `/v1/reservations?atRisk=true&gtin=${gtinFromNumber(gtin)}`;
    const { items } = await at.ask<{ items: Reservation[] }>("GET", path, 200, { as: "merchandiser" });
    expect(items.map((one) => one.reservationId)).toEqual([newer.reservationId]);
    await at.ledger.commit("S01", [{ gtin, quantity: 1 }]);
    expect(await get(newer)).toMatchObject({ isAtRisk: false });
  });
});

test("the examples of the documentation are what the routes take and give", () => {
  const shown = at.server.routes.filter((route) => route.examples !== undefined);
  expect(shown.length).toBeGreaterThan(8);
  const isWrong = ({ body, answer, examples }: (typeof shown)[number]) =>
    (examples?.body !== undefined && body?.safeParse(examples.body).success !== true) ||
    (examples?.answer !== undefined && answer?.schema?.safeParse(examples.answer).success !== true);
  const wrong = shown.filter(isWrong).map((route) => route.path);
  expect(wrong).toEqual([]);
});

describe("what is stored of holds", () => {
  test("explains an availability with each hold, also as it was before", async () => {
    const gtin = await stocked({ S01: 4 });
    const one = await hold([{ gtin, quantity: 2 }]);
    const path = `/v1/availability/explain?gtin=${gtinFromNumber(gtin)}&location=S01`;
    type Explained = { answer: { available: number }; holds: { reservationId: string; units: number }[] };
    const before = await at.ask<Explained>("GET", path, 200, { as: "admin" });
    expect(before.holds).toMatchObject([{ reservationId: one.reservationId, units: 2 }]);
    expect(before.answer.available).toBe(2);
    const then = new Date(Date.now() + at.clock.aheadMs).toISOString();
    at.clock.aheadMs += 1_000;
    await change(one, "release");
    expect((await at.ask<Explained>("GET", path, 200, { as: "admin" })).holds).toEqual([]);
    const past = await at.ask<Explained>("GET", `${path}&at=${then}`, 200, { as: "admin" });
    expect(past.holds).toMatchObject([{ units: 2 }]);
  });

  test("a stored event is what the API says of a reservation", async () => {
    const gtin = await stocked({ S01: 4 });
    const one = await hold([{ gtin, quantity: 2 }]);
    await change(one, "confirm", 200, { orderId: "o3" });
    const [row] = await db.query({
      name: "test/as-of",
      sql: loadQuery("reservations/reservation-as-of"),
      params: { reservation_id: one.reservationId, through: Number.MAX_SAFE_INTEGER },
      row: z.object({ reservation: z.string() }),
    });
    expect(JSON.parse(row!.reservation)).toEqual(await get(one));
  });
});

describe("a restart", () => {
  test("knows every reservation, what was handed over of it, and every answer to a key", async () => {
    const gtin = await stocked({ S01: 5 });
    const key = newKey();
    const one = await hold([{ gtin, quantity: 3 }], 201, {}, key);
    const refusedKey = newKey();
    const refused = await hold([{ gtin, quantity: 30 }], 409, {}, refusedKey);
    await change(one, "confirm", 200, { orderId: "o2" });
    await at.ledger.commit("S01", [{ gtin, quantity: -1, reservationId: one.reservationId }]);
    const lapsed = await hold([{ gtin, quantity: 1 }], 201, { ttlSeconds: 1 });
    at.clock.aheadMs += 1_000;
    const before = await get(one);
    const { aheadMs } = at.clock;
    const { tokens } = at;
    await at.stop();
    at = await startTestServer({ db, bus: at.bus, aheadMs, tokens });
    expect(await get(one)).toEqual(before);
    expect(await get(lapsed)).toMatchObject({ status: "expired" });
    expect(await availableOf(gtin)).toMatchObject({ sellable: 4, reserved: 2 });
    expect(await hold([{ gtin, quantity: 3 }], 201, {}, key)).toEqual(one);
    expect(await hold([{ gtin, quantity: 30 }], 409, {}, refusedKey)).toEqual(refused);
    expect(await hold([{ gtin, quantity: 1 }], 422, {}, key)).toMatchObject({
      code: "idempotency_key_reused",
    });
  });
});
