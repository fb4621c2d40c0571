import { afterAll, beforeAll, expect, test } from "vitest";
import type { Customer } from "../../domain/customers/customer.ts";
import type { Issue, Offer, Redemption } from "../../domain/offers/offer.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

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

const as = "storefront" as const;
const DAY_MS = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const setOffer = (offerId: string, body: Record<string, unknown>) =>
  at.ask<Offer>("PUT", `/v1/offers/${offerId}`, 200, {
    as: "merchandiser",
    body: { label: "10 % off knitwear", channel: "app", validFrom: day(-1), ...body },
  });
const issue = (offerId: string, body: Record<string, unknown>, status = 201) =>
  at.ask<Issue>("POST", `/v1/offers/${offerId}/issues`, status, { as, body });
const redeem = (offerId: string, body: Record<string, unknown>, status = 201) =>
  at.ask<Redemption & { code?: string; reason?: string }>(
    "POST",
    `/v1/offers/${offerId}/redemptions`,
    status,
    {
      as,
      body,
    },
  );

test("a code that one channel issued is redeemed in any other, once, and a repeat counts once", async () => {
  await setOffer("knit", {});
  const issued = await issue("knit", { issueId: "i-1", channel: "e-mail" });
  expect(await issue("knit", { issueId: "i-1", channel: "e-mail" }, 200)).toEqual(issued);
  const wish = { redemptionId: "r-1", channel: "store", code: issued.code!.toLowerCase(), orderId: "o-1" };
  const redeemed = await redeem("knit", wish);
  expect(redeemed).toMatchObject({ issueId: "i-1", issuingChannel: "e-mail", redeemingChannel: "store" });
  expect(await redeem("knit", wish, 200)).toEqual(redeemed);
  expect(await redeem("knit", { ...wish, channel: "web" }, 409)).toMatchObject({ code: "offer_id_reused" });
  const again = await redeem("knit", { ...wish, redemptionId: "r-2", channel: "web" }, 409);
  expect(again).toMatchObject({ code: "offer_refused", reason: "redeemed_before" });
  expect(await issue("knit", { issueId: "i-9", code: issued.code }, 409)).toMatchObject({
    code: "offer_id_reused",
  });
  expect(await at.ask("GET", "/v1/offers/knit", 200, { as })).toMatchObject({
    issued: 1,
    redeemed: 1,
    channels: [{ issuingChannel: "e-mail", redeemingChannel: "store", redemptions: 1 }],
  });
});

test("an offer to one record of a person may be redeemed with the other, and by nobody else", async () => {
  await setOffer("personal", {});
  const identify = async (...values: string[]) =>
    (
      await at.ask<Customer>("POST", "/v1/customers", values.length === 1 ? 201 : 200, {
        as,
        body: { identifiers: values.map((value) => ({ kind: "loyalty", value })) },
      })
    ).customerId;
  const [card, app, stranger] = [await identify("card"), await identify("app"), await identify("other")];
  await issue("personal", { issueId: "i-1", customerId: card });
  const asApp = { redemptionId: "r-1", channel: "web", customerId: app };
  expect(await redeem("personal", asApp, 409)).toMatchObject({ reason: "not_issued" });
  await identify("card", "app");
  expect(await redeem("personal", asApp)).toMatchObject({ issueId: "i-1", issuingChannel: "app" });
  const other = { redemptionId: "r-2", channel: "web", customerId: stranger };
  expect(await redeem("personal", other, 409)).toMatchObject({ reason: "not_issued" });
});

test("no more are redeemed than there may be, however many ask at once, and none outside its time", async () => {
  await setOffer("few", { isOpen: true, maxRedemptions: 3 });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      at.request("POST", "/v1/offers/few/redemptions", {
        as,
        body: { redemptionId: `r-${n}`, channel: n % 2 === 0 ? "store" : "app" },
      }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
  await setOffer("future", { isOpen: true, validFrom: day(1) });
  await setOffer("past", { isOpen: true, validUntil: day(-0.5) });
  expect(await redeem("future", { redemptionId: "r", channel: "web" }, 409)).toMatchObject({
    reason: "not_begun",
  });
  expect(await redeem("past", { redemptionId: "r", channel: "web" }, 409)).toMatchObject({
    reason: "has_ended",
  });
  expect(await redeem("none", { redemptionId: "r", channel: "web" }, 404)).toMatchObject({
    code: "offer_not_found",
  });
});

test("redemptions of all offers are counted by where they were issued and redeemed", async () => {
  const answer = await at.ask<{
    items: { issuingChannel: string; redeemingChannel: string; redemptions: number }[];
    redemptions: number;
    crossChannelShare: number;
  }>("GET", "/v1/offer-channels", 200, { as: "merchandiser" });
  const of = (issuing: string, redeeming: string) =>
    answer.items.find((row) => row.issuingChannel === issuing && row.redeemingChannel === redeeming)
      ?.redemptions ?? 0;
  expect([of("e-mail", "store"), of("app", "web"), of("app", "store") + of("app", "app")]).toEqual([1, 1, 3]);
  expect(answer.redemptions).toBe(5);
  expect(answer.crossChannelShare).toBeCloseTo((2 + of("app", "store")) / 5, 10);
  const none = await at.ask("GET", `/v1/offer-channels?to=${day(-1)}`, 200, { as: "merchandiser" });
  expect(none).toEqual({ items: [], redemptions: 0, crossChannelShare: null });
});
