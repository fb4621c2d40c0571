import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Customer, CustomerExport } from "../../domain/customers/customer.ts";
import type { Issue, Offer, Redemption } from "../../domain/offers/offer.ts";
import { everyText } from "../support/every-text.ts";
import { importText } from "../support/import-text.ts";
import { type OrderSystem, startOrderSystem } from "../support/order-system.ts";

const SCARF = "04006381333931";
const as = "storefront" as const;
let at: OrderSystem;

beforeAll(async () => {
  at = await startOrderSystem();
  await at.stock("S01", SCARF, 50);
});
afterAll(async () => {
  await at?.stop();
});

const identify = (...identifiers: Record<string, string>[]) =>
  at
    .at()
    .request("POST", "/v1/customers", { as, body: { identifiers } })
    .then(async (answer) => (await answer.json()) as Customer);
const card = (value: string) => ({ kind: "loyalty", value });
const account = (value: string) => ({ kind: "account", value });

async function buy(orderId: string, channel: string, customerId: string, offerId?: string): Promise<void> {
  const line = { gtin: SCARF, quantity: 1, method: "pickup", locationId: "S01", unitPrice: "10.00" };
  await at.place({
    orderId,
    channel,
    customerId,
    lines: [{ ...line, ...(offerId === undefined ? {} : { offerId }) }],
  });
}

/** What a report counts over the imported past and the live orders, of these sources and orders. */
async function figures(
  prefix: string,
): Promise<{ orders: number; units: number; buyers: number; repeaters: number }> {
  const [row] = await at.db.query({
    name: "test/figures",
    sql: `SELECT sum(own_orders) AS orders, sum(own_units) AS units, count() AS buyers, countIf(own_orders > 1) AS repeaters
          FROM
          (
              SELECT
                  if(keys.person_id = '', concat(lines.source, '/', lines.customer_id), keys.person_id) AS person,
                  uniqExact(lines.order_id) AS own_orders,
                  sum(lines.quantity) AS own_units
              FROM all_order_lines AS lines
              LEFT JOIN customer_keys AS keys ON keys.customer_id = lines.customer_id
                  AND keys.source = if(startsWith(lines.customer_id, 'cus_'), '', lines.source)
              WHERE lines.customer_id != '' AND startsWith(lines.order_id, {prefix:String})
              GROUP BY person
          )`,
    params: { prefix },
    row: z.object({
      orders: z.number(),
      units: z.number(),
      buyers: z.number(),
      repeaters: z.number(),
    }),
  });
  return row!;
}

test("C16 one customer across channels is counted once, with the imported past, and a merge is undone without a loss", async () => {
  await importText(at.db, "customers", "customerId,country\n17850,France\n", { source: "old-shop" });
  await importText(
    at.db,
    "orders",
    "orderId,code,quantity,orderedAt,unitPrice,customerId\nc16-old,A,2,2026-01-02T10:00:00Z,9.50,17850\n",
    { source: "old-shop", currency: "EUR" },
  );
  const till = await identify(card("c16-card"));
  const web = await identify(account("c16-web"));
  await buy("c16-store", "store", till.customerId);
  await buy("c16-web", "web", web.customerId);
  expect(await figures("c16-")).toEqual({ orders: 3, units: 4, buyers: 3, repeaters: 0 });

  // Signed in, she types the number of her card; at the counter she names her old customer number.
  const joined = await identify(account("c16-web"), card("c16-card"));
  expect(joined).toMatchObject({ customerId: till.customerId, recordIds: [till.customerId, web.customerId] });
  expect(await figures("c16-")).toEqual({ orders: 3, units: 4, buyers: 2, repeaters: 1 });
  await identify(card("c16-card"), { kind: "external", source: "old-shop", value: "17850" });
  expect(await figures("c16-")).toEqual({ orders: 3, units: 4, buyers: 1, repeaters: 1 });
  await buy("c16-app", "app", web.customerId);

  // The card was another person's after all.
  const { mergeId } = joined.merges[0]!;
  await at.at().ask("DELETE", `/v1/customers/${web.customerId}/merges/${mergeId}`, 200, { as: "admin" });
  expect(await figures("c16-")).toEqual({ orders: 4, units: 5, buyers: 2, repeaters: 2 });
  const { recordIds } = await at
    .at()
    .ask<Customer>("GET", `/v1/customers/${web.customerId}`, 200, { as: "admin" });
  expect(recordIds).toEqual([web.customerId]);
  await at.restart();
  expect(await figures("c16-")).toEqual({ orders: 4, units: 5, buyers: 2, repeaters: 2 });
  expect((await identify(account("c16-web"))).customerId).toBe(web.customerId);
});

test("C19 the same offer is redeemed in every channel, once each, and counted by where it was issued and redeemed", async () => {
  const body = { label: "10 % off scarves", channel: "app", validFrom: "2026-01-01T00:00:00Z" };
  await at.at().ask<Offer>("PUT", "/v1/offers/scarves", 200, { as: "merchandiser", body });
  const issue = (wish: Record<string, string>) =>
    at.at().ask<Issue>("POST", "/v1/offers/scarves/issues", 201, { as, body: wish });
  const redeem = (wish: Record<string, unknown>, status = 201) =>
    at.at().ask<Redemption & { reason?: string }>("POST", "/v1/offers/scarves/redemptions", status, {
      as: wish["channel"] === "store" ? "store" : as,
      body: wish,
    });
  const owner = await identify(account("c19-app"), card("c19-card"));
  await issue({ issueId: "c19-1", customerId: owner.customerId });
  const { code } = await issue({ issueId: "c19-2", channel: "e-mail" });

  // Issued in the app, redeemed at the till with the card; issued by e-mail, redeemed on the web.
  const atTill = await identify(card("c19-card"));
  await buy("c19-store", "store", atTill.customerId, "scarves");
  const inStore = {
    redemptionId: "c19-store-1",
    channel: "store",
    customerId: atTill.customerId,
    orderId: "c19-store",
  };
  const redeemed = await redeem(inStore);
  expect(redeemed).toMatchObject({ issueId: "c19-1", issuingChannel: "app", redeemingChannel: "store" });
  const guest = await identify({ kind: "email", value: "c19@example.com" });
  await buy("c19-web", "web", guest.customerId, "scarves");
  const onWeb = { redemptionId: "c19-web-1", channel: "web", code: code!, orderId: "c19-web" };
  expect(await redeem(onWeb)).toMatchObject({ issuingChannel: "e-mail", redeemingChannel: "web" });

  expect(await redeem(inStore, 200)).toEqual(redeemed);
  expect(await redeem({ ...onWeb, redemptionId: "c19-app-1", channel: "app" }, 409)).toMatchObject({
    reason: "redeemed_before",
  });
  expect(await at.at().ask("GET", "/v1/offer-channels", 200, { as: "merchandiser" })).toEqual({
    items: [
      { issuingChannel: "app", redeemingChannel: "store", redemptions: 1 },
      { issuingChannel: "e-mail", redeemingChannel: "web", redemptions: 1 },
    ],
    redemptions: 2,
    crossChannelShare: 1,
  });
  const lines = await at.db.query({
    name: "test/offer-lines",
    sql: `SELECT order_lines_live.channel AS channel, offer_events.issuing_channel AS issued_in
          FROM order_lines_live
          INNER JOIN offer_events ON offer_events.offer_id = order_lines_live.offer_id
              AND offer_events.order_id = order_lines_live.order_id AND offer_events.kind = 'redeemed'
          ORDER BY channel`,
    row: z.object({ channel: z.string(), issued_in: z.string() }),
  });
  expect(lines).toEqual([
    { channel: "store", issued_in: "app" },
    { channel: "web", issued_in: "e-mail" },
  ]);
});

test("C23 a person's consent is kept, their data are handed out, and erasing them leaves every figure and no trace", async () => {
  const person = await identify(account("c23-web"), { kind: "email", value: "c23@example.com" });
  await buy("c23-1", "web", person.customerId);
  await buy("c23-2", "app", person.customerId);
  await at.at().ask("POST", `/v1/customers/${person.customerId}/consents`, 200, {
    as,
    body: { purpose: "c23-newsletter", isGranted: true, source: "web" },
  });
  const path = `/v1/customers/${person.customerId}`;
  const exported = await at.at().ask<CustomerExport>("GET", `${path}/export`, 200, { as: "admin" });
  expect(exported.orders.map((order) => order["orderId"])).toEqual(["c23-1", "c23-2"]);
  expect(exported.customer.consents).toMatchObject([{ purpose: "c23-newsletter", isGranted: true }]);
  const before = await figures("c23-");
  expect(before).toEqual({ orders: 2, units: 2, buyers: 1, repeaters: 1 });

  await at.at().ask("DELETE", path, 200, { as: "admin" });
  const hash = exported.customer.identities.find(({ kind }) => kind === "email_hash")!.value!;
  const words = ["c23-web", "c23@example.com", hash, "c23-newsletter"];
  const texts = await everyText(at.db);
  expect(words.filter((word) => texts.some((text) => text.includes(word)))).toEqual([]);
  expect(await figures("c23-")).toEqual(before);
  expect((await at.get("c23-1")).customerId).toBe(person.customerId);
  expect((await identify(account("c23-web"))).customerId).not.toBe(person.customerId);
});
