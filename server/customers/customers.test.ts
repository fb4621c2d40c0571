import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Customer, CustomerExport, Erasure } from "../../domain/customers/customer.ts";
import type { CustomerPurchases } from "../../domain/customers/customer-purchases.ts";
import type { Database } from "../../sql/database.ts";
import { importText } from "../../test/support/import-text.ts";
import { everyText } from "../../test/support/every-text.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";
import { startWebhookReceiver } from "../../test/support/webhook-receiver.ts";
import { createCustomerStore } from "./customer-store.ts";
import { createVersionClock } from "../master-data/version-clock.ts";

let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({
    db,
    config: { customersKey: "a key of the test", webhooks: { allowPrivate: true, tickMs: 20 } },
  });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

type Wish = Parameters<TestServer["ask"]>[3];
const loyalty = (value: string) => ({ kind: "loyalty", value });
const account = (value: string) => ({ kind: "account", value });
const as = "storefront" as const;
const identify = (status: number, identifiers: unknown[], wish: Wish = {}) =>
  at.ask<Customer>("POST", "/v1/customers", status, { as, body: { identifiers }, ...wish });
const lookup = (identifier: unknown, status = 200, wish: Wish = {}) =>
  at.ask<Customer>("POST", "/v1/customers/lookup", status, { as, body: { identifier }, ...wish });
const merge = (customerId: string, otherId: string) =>
  at.ask<Customer>("POST", `/v1/customers/${customerId}/merges`, 200, { as: "admin", body: { otherId } });
const unmerge = (customerId: string, mergeId: string, status = 200) =>
  at.ask<Customer>("DELETE", `/v1/customers/${customerId}/merges/${mergeId}`, status, { as: "admin" });

/** Each record with its person, as SQL has it. */
async function personsInSql(customerIds: readonly string[]): Promise<Record<string, string>> {
  const rows = await db.query({
    name: "test/persons",
    sql: "SELECT customer_id, person_id FROM customer_persons WHERE customer_id IN {ids:Array(String)}",
    params: { ids: customerIds },
    row: z.object({ customer_id: z.string(), person_id: z.string() }),
  });
  return Object.fromEntries(rows.map((row) => [row.customer_id, row.person_id]));
}

describe("identities", () => {
  test("the same identifiers lead to the same customer, however often and at whichever channel", async () => {
    const first = await identify(201, [loyalty("L-1"), { kind: "email", value: " Ada@Example.com " }]);
    const again = await identify(200, [loyalty("L-1")]);
    const more = await identify(200, [
      { kind: "email", value: "ada@example.COM" },
      { kind: "external", source: "shopify", value: "7001" },
    ]);
    expect([again.customerId, more.customerId]).toEqual([first.customerId, first.customerId]);
    const found = await lookup({ kind: "external", source: "shopify", value: "7001" });
    expect(found).toEqual(more);
    expect(more.identities.map(({ kind, value }) => [kind, value])).toEqual([
      ["loyalty", "L-1"],
      ["email_hash", "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72"],
      ["external", "7001"],
    ]);
    expect((await lookup(loyalty("L-unknown"), 404)) as unknown).toMatchObject({
      code: "customer_not_found",
    });
  });

  test("many who ask at once for the same new customer get one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        at.request("POST", "/v1/customers", {
          as,
          body: { identifiers: [loyalty("L-crowd"), account(`crowd-${n}`)] },
        }),
      ),
    );
    const customers = await Promise.all(answers.map(async (answer) => (await answer.json()) as Customer));
    expect(new Set(customers.map(({ customerId }) => customerId)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await lookup(loyalty("L-crowd"))).identities).toHaveLength(9);
  });

  test("a request that names two customers merges them, and the merge can be taken back after later ones", async () => {
    const shop = await identify(201, [account("web-2")]);
    const till = await identify(201, [loyalty("L-2")]);
    const app = await identify(201, [account("app-2")]);
    const joined = await identify(200, [account("web-2"), loyalty("L-2")]);
    expect(joined).toMatchObject({
      customerId: shop.customerId,
      recordIds: [shop.customerId, till.customerId],
    });
    await merge(till.customerId, app.customerId);
    const all = [shop.customerId, till.customerId, app.customerId];
    expect(Object.values(await personsInSql(all))).toEqual(all.map(() => shop.customerId));

    const { mergeId } = joined.merges[0]!;
    const apart = await unmerge(till.customerId, mergeId);
    expect(apart).toMatchObject({
      customerId: till.customerId,
      recordIds: [till.customerId, app.customerId],
    });
    expect(await unmerge(till.customerId, mergeId)).toEqual(apart);
    expect(await personsInSql(all)).toEqual({
      [shop.customerId]: shop.customerId,
      [till.customerId]: till.customerId,
      [app.customerId]: till.customerId,
    });
    expect((await lookup(account("web-2"))).recordIds).toEqual([shop.customerId]);

    const refused = await at.ask("POST", "/v1/customers", 409, {
      as,
      body: { identifiers: [account("web-2"), loyalty("L-2")] },
    });
    expect(refused["code"]).toBe("customer_kept_apart");
    expect((await merge(shop.customerId, till.customerId)).recordIds).toEqual(all);
    expect((await unmerge(shop.customerId, "no-such", 404)) as unknown).toMatchObject({
      code: "merge_not_found",
    });
  });

  test("what SQL says of persons and identifiers is what the API says, over random merges", async () => {
    const customers: string[] = [];
    for (let n = 0; n < 5; n += 1) customers.push((await identify(201, [loyalty(`R-${n}`)])).customerId);
    const merges: { customerId: string; mergeId: string }[] = [];
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const steps = fc.sample(
      fc.record({ isUndone: fc.boolean(), a: fc.nat(4), b: fc.nat(4), nth: fc.nat(30) }),
      { numRuns: 16, seed },
    );
    for (const { isUndone, a, b, nth } of steps) {
      const known = merges[nth % Math.max(1, merges.length)];
      if (isUndone && known !== undefined) await unmerge(known.customerId, known.mergeId);
      else {
        const customerId = customers[a]!;
        const { merges: all } = await merge(customerId, customers[b]!);
        // By the merge's own record: what is undone later may take it away from the other.
        for (const one of all) merges.push({ customerId: one.customerId, mergeId: one.mergeId });
      }
    }
    const inSql = await personsInSql(customers);
    for (const [n, one] of customers.entries()) {
      const shown = await at.ask<Customer>("GET", `/v1/customers/${one}`, 200, { as: "admin" });
      expect([inSql[one], `seed ${seed}`]).toEqual([shown.customerId, `seed ${seed}`]);
      expect((await lookup(loyalty(`R-${n}`))).customerId).toBe(shown.customerId);
    }
  });
});

describe("who may see what", () => {
  test("a storefront sees what it gave itself, a merchandiser no contact facts, an admin everything", async () => {
    const wish = { as: "admin" as const };
    const { customerId } = await identify(201, [loyalty("L-3")], wish);
    await identify(200, [loyalty("L-3"), account("web-3")]);
    const contact = { name: "Ada Lovelace", email: "ada3@example.com", phone: "" };
    const path = `/v1/customers/${customerId}`;
    await at.ask("PUT", `${path}/contact`, 200, { as, body: contact });
    const [storefront, merchandiser, admin] = await Promise.all(
      (["storefront", "merchandiser", "admin"] as const).map((role) =>
        at.ask<Customer>("GET", path, 200, { as: role }),
      ),
    );
    expect(storefront?.identities.map(({ value }) => value)).toEqual([null, "web-3"]);
    expect(merchandiser?.identities.map(({ value }) => value)).toEqual(["L-3", "web-3"]);
    expect([storefront?.contact, merchandiser?.contact, admin?.contact]).toEqual([null, null, contact]);
    expect((await everyText(db)).filter((text) => text.includes("Lovelace"))).toEqual([]);
    await at.ask("PUT", `${path}/contact`, 200, { as, body: {} });
    expect((await at.ask<Customer>("GET", path, 200, { as: "admin" })).contact).toBeNull();
  });

  test("contact facts are kept by no server that cannot encrypt them", async () => {
    const { customerId } = await identify(201, [loyalty("L-4")]);
    const plain = await startTestServer({ db, tokens: at.tokens });
    const body = { name: "Nobody" };
    const answer = await plain.ask("PUT", `/v1/customers/${customerId}/contact`, 409, { as, body });
    await plain.stop();
    expect(answer["code"]).toBe("contact_not_kept");
  });
});

test("the last word on a purpose holds, across the records of a person", async () => {
  const one = await identify(201, [loyalty("L-5")]);
  const other = await identify(201, [account("web-5")]);
  await merge(one.customerId, other.customerId);
  const say = (customerId: string, isGranted: boolean, instant: string) =>
    at.ask<Customer>("POST", `/v1/customers/${customerId}/consents`, 200, {
      as,
      body: { purpose: "newsletter", isGranted, source: "web", at: instant },
    });
  await say(one.customerId, true, "2026-06-02T10:00:00.000Z");
  const late = await say(other.customerId, false, "2026-06-01T10:00:00.000Z");
  expect(late.consents).toMatchObject([{ isGranted: true, at: "2026-06-02T10:00:00.000Z" }]);
  const last = await say(other.customerId, false, "2026-06-03T10:00:00.000Z");
  expect(last.consents).toEqual([
    { purpose: "newsletter", isGranted: false, source: "web", at: "2026-06-03T10:00:00.000Z" },
  ]);
});

test("webhooks are told of each change of a customer, by opaque ids alone", async () => {
  const receiver = await startWebhookReceiver();
  const body = { url: receiver.url, eventTypes: ["customer.*"] };
  const { webhookId } = await at.ask<{ webhookId: string }>("POST", "/v1/webhooks", 201, {
    as: "admin",
    body,
  });
  const one = await identify(201, [loyalty("told-1")]);
  const other = await identify(201, [account("told-2")]);
  const [merged] = (await merge(one.customerId, other.customerId)).merges;
  await unmerge(one.customerId, merged!.mergeId);
  await at.ask("POST", `/v1/customers/${one.customerId}/consents`, 200, {
    as,
    body: { purpose: "told-3", isGranted: true, source: "web" },
  });
  await merge(one.customerId, other.customerId);
  await at.ask("DELETE", `/v1/customers/${other.customerId}`, 200, { as: "admin" });
  const person = { customerId: one.customerId, recordIds: [one.customerId, other.customerId] };
  await expect.poll(() => receiver.of("customer.erased")).toEqual([person]);
  expect(receiver.of("customer.created")).toHaveLength(2);
  expect(receiver.of("customer.merged")).toHaveLength(2);
  expect(receiver.of("customer.merged")).toContainEqual({ ...person, mergeId: merged!.mergeId });
  expect(receiver.of("customer.unmerged")).toMatchObject([{ mergeId: merged!.mergeId }]);
  expect(receiver.of("customer.consented")).toEqual([
    { customerId: one.customerId, recordIds: [one.customerId] },
  ]);
  expect(receiver.received.filter(({ text }) => text.includes("told-"))).toEqual([]);
  await at.ask("DELETE", `/v1/webhooks/${webhookId}`, 204, { as: "admin" });
  await receiver.stop();
});

describe("an erased person", () => {
  const MAIL = "grace.hopper@example.com";

  /** One person with two records, a past in an imported source, consent, contact facts and an issued offer. */
  async function somebody(suffix: string): Promise<{ ids: string[]; secrets: string[] }> {
    const number = `17850-${suffix}`;
    const importCsv = (kind: "customers" | "orders", text: string) =>
      importText(db, kind, text, { source: "old-shop", currency: "EUR" });
    await importCsv(
      "customers",
      `customerId,country,fullName,loyaltyId\n${number},France,Grace ${suffix},L-${suffix}\n`,
    );
    await importCsv(
      "orders",
      `orderId,code,quantity,orderedAt,unitPrice,customerId\nO-${suffix}-1,A,2,2026-01-02T10:00:00Z,9.50,${number}\n` +
        `O-${suffix}-2,B,1,2026-02-02T10:00:00Z,3.00,${number}\n`,
    );
    const one = await lookup({ kind: "external", source: "old-shop", value: number });
    expect((await lookup(loyalty(`L-${suffix}`))).customerId).toBe(one.customerId);
    const other = await identify(201, [
      account(`web-${suffix}`),
      { kind: "email", value: `${suffix}.${MAIL}` },
    ]);
    await identify(200, [loyalty(`L-${suffix}`), account(`web-${suffix}`)]);
    const path = `/v1/customers/${other.customerId}`;
    const body = { purpose: `newsletter-${suffix}`, isGranted: true, source: "web" };
    await at.ask("POST", `${path}/consents`, 200, { as, body });
    await at.ask("PUT", `${path}/contact`, 200, { as, body: { name: `Grace ${suffix}` } });
    const hash = other.identities.find(({ kind }) => kind === "email_hash")?.value;
    return {
      ids: [one.customerId, other.customerId],
      secrets: [
        number,
        `L-${suffix}`,
        `web-${suffix}`,
        `${suffix}.${MAIL}`,
        hash!,
        `Grace ${suffix}`,
        `newsletter-${suffix}`,
      ],
    };
  }

  /** What reports count. */
  const figures = () =>
    db.query({
      name: "test/figures",
      sql: `SELECT count() AS orders, sum(quantity) AS units, toString(sum(quantity * unit_price)) AS revenue,
                   uniqExact(coalesce(nullIf(customer_keys.person_id, ''), order_lines.customer_id)) AS buyers
            FROM order_lines FINAL
            LEFT JOIN customer_keys ON customer_keys.customer_id = order_lines.customer_id
                AND customer_keys.source = if(startsWith(order_lines.customer_id, 'cus_'), '', order_lines.source)`,
      row: z.record(z.string(), z.union([z.string(), z.number()])),
    });
  /** Those of these words that stand anywhere. */
  async function found(secrets: readonly string[]): Promise<string[]> {
    const texts = await everyText(db);
    return secrets.filter((secret) => texts.some((text) => text.includes(secret)));
  }

  test("leaves every figure and no trace: not in any column of any table, nor in what the engine keeps of the deletion", async () => {
    const { ids, secrets } = await somebody("x1");
    await somebody("x2");
    const before = await figures();
    expect(await found(secrets)).toEqual(secrets.filter((secret) => !secret.includes("@")));
    const erasure = await at.ask<Erasure>("DELETE", `/v1/customers/${ids[1]}`, 200, { as: "admin" });
    expect(erasure).toMatchObject({
      customerId: ids[0],
      recordIds: ids,
      removed: { customers: 1, order_lines: 2 },
    });
    expect(await found(secrets)).toEqual([]);
    expect(await figures()).toEqual(before);
    expect(await personsInSql(ids)).toEqual({ [ids[0]!]: ids[0], [ids[1]!]: ids[0] });
    const gone = await at.ask("GET", `/v1/customers/${ids[0]}`, 410, { as: "admin" });
    expect(gone["code"]).toBe("customer_erased");
    await at.ask("POST", `/v1/customers/${ids[0]}/merges`, 410, { as: "admin", body: { otherId: ids[1] } });
    expect(await at.ask<Erasure>("DELETE", `/v1/customers/${ids[0]}`, 200, { as: "admin" })).toMatchObject({
      recordIds: ids,
      removed: { customer_events: 0 },
    });
    const anew = await identify(201, [loyalty("L-x1")]);
    expect(ids).not.toContain(anew.customerId);
    expect((await lookup(loyalty("L-x2"))).recordIds).toHaveLength(2);
  });

  test("is forgotten although the server was killed in the middle", async () => {
    const { ids, secrets } = await somebody("x3");
    const store = createCustomerStore({ db, nextVersion: createVersionClock(Date.now), nowMs: Date.now });
    const events = ids.map((customerId) => ({
      kind: "erased" as const,
      customerId,
      at: new Date().toISOString(),
    }));
    await store.append(await store.load(ids), { events, actor: "test" });
    const next = await startTestServer({ db, tokens: at.tokens });
    await expect.poll(() => found(secrets)).toEqual([]);
    await next.stop();
  });

  test("was handed all that is known before", async () => {
    const { ids } = await somebody("x4");
    const path = `/v1/customers/${ids[0]}/export`;
    const exported = await at.ask<CustomerExport>("GET", path, 200, { as: "admin" });
    expect(exported.customer).toMatchObject({ recordIds: ids, contact: { name: "Grace x4" } });
    expect(exported.imported).toEqual([
      { source: "old-shop", customerId: "17850-x4", country: "France", attributes: { fullName: "Grace x4" } },
    ]);
    expect(exported.orderLines.map((line) => line["order_id"])).toEqual(["O-x4-1", "O-x4-2"]);
    expect(exported.history.map(({ what }) => what)).toContain("consented");
  });
});

test("what a person bought is summed over records and channels by currency, and only for who may read it", async () => {
  const lines = [
    "orderId,code,quantity,orderedAt,unitPrice,customerId,channel,currency",
    "p1,B1,2,2026-01-05T10:00:00Z,10,p-7,web,EUR",
    "p2,B1,1,2026-02-05T10:00:00Z,30,p-7,store,EUR",
    "p3,B1,1,2026-02-06T10:00:00Z,5,p-8,store,USD",
    "p4,B1,1,2026-02-07T10:00:00Z,99,p-9,store,EUR",
  ];
  await importText(db, "orders", `${lines.join("\n")}\n`, { source: "past", timeZone: "UTC" });
  const one = await identify(201, [{ kind: "external", source: "past", value: "p-7" }]);
  const other = await identify(201, [{ kind: "external", source: "past", value: "p-8" }]);
  await merge(one.customerId, other.customerId);
  const path = `/v1/customers/${other.customerId}/purchases`;
  const bought = await at.ask<CustomerPurchases>("GET", path, 200, { as: "merchandiser" });
  expect(
    bought.values.map(({ currency, orders, net, channels }) => [currency, orders, Number(net), channels]),
  ).toEqual([
    ["EUR", 2, 50, ["store", "web"]],
    ["USD", 1, 5, ["store"]],
  ]);
  expect(bought.orders.map(({ orderId, isHere, units }) => [orderId, isHere, units])).toEqual([
    ["p3", false, 1],
    ["p2", false, 1],
    ["p1", false, 2],
  ]);
  await at.ask("GET", path, 403, { as: "store" });
});
