import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ErpDifference } from "../../domain/api/erp.ts";
import type { Unmatched } from "../../domain/api/unmatched.ts";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { untilAsync } from "../support/until.ts";

const SCARF = "04006381333931";
const HAT = "04006381333948";
const GLOVES = "04006381333955";
/** A good GTIN that nobody ever imported. */
const STRANGER = "09506000134352";
/** A tag of somebody else's system. */
const FOREIGN_TAG = "E2801160600002054CC2096F";
const HOUR_MS = 3_600_000;
const PLACES = ["S01", "S02"];
/** The sources of orders that practice C18 names. */
const CHANNELS = ["store", "web", "app", "kiosk", "social", "phone", "catalogue", "marketplace"];

let db: Database;
let running: IngestInProcess;
let at: TestServer;
let steps = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  running = await startIngestInProcess({ db });
  at = await startTestServer({ db, deps: { bus: running.bus } });
  const zones = [{ zoneId: "floor", name: "Floor", kind: "sales_floor" }];
  for (const locationId of PLACES) {
    await at.ask("PUT", `/v1/locations/${locationId}`, 200, {
      as: "admin",
      body: { name: locationId, zones },
    });
  }
  await importFile("products", "erp", `gtin,sku,name,cost\n${SCARF},SC-1,Scarf,4.50\n${HAT},HA-1,Hat,2\n`);
});
afterAll(async () => {
  await at?.stop();
  await running?.stop();
  await db?.close();
});

/** Sends a file as `onhand import` does, and gives its report. */
async function importFile(
  kind: string,
  source: string,
  text: string,
  query = "",
): Promise<Record<string, unknown>> {
  const response = await at.server.app.request(`/v1/admin/imports/${kind}?source=${source}${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${at.tokens.admin}` },
    body: text,
  });
  const lines = (await response.text()).trim().split("\n");
  return JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;
}

/** Tells what happened in a store and waits until it is in the ledger. */
async function tell(locationId: string, body: Record<string, unknown>): Promise<Receipt> {
  steps += 1;
  const event = { eventId: `step-${steps}`, locationId, occurredAt: new Date().toISOString(), ...body };
  const { receipts } = await at.ask<{ receipts: Receipt[] }>("POST", "/v1/events", 200, {
    as: "admin",
    body: event,
  });
  expect(receipts[0]).toMatchObject({ status: "accepted" });
  return receipts[0]!;
}

const receive = (locationId: string, gtin: string, quantity: number, occurredAt = new Date().toISOString()) =>
  tell(locationId, { type: "receipt", occurredAt, lines: [{ gtin, quantity }] });
const sell = (locationId: string, gtin: string, quantity: number, occurredAt = new Date().toISOString()) =>
  tell(locationId, {
    type: "sale",
    terminalId: "till-1",
    transactionId: `T-${steps}`,
    occurredAt,
    lines: [{ lineNo: 1, gtin, quantity }],
  });
const setRule = (ruleId: string, body: Record<string, unknown>) =>
  at.ask("PUT", `/v1/rules/${ruleId}`, 200, { as: "merchandiser", body });

async function itemOf(gtin: string, locationId: string, channel: string) {
  const query = `gtin=${gtin}&location=${locationId}&channel=${channel}`;
  const { items } = await at.ask<AvailabilityAnswer>("GET", `/v1/availability?${query}`, 200, {
    as: "storefront",
  });
  return items[0]!;
}
const promised = async (gtin: string, channel: string, locationId = "S01") =>
  (await itemOf(gtin, locationId, channel)).available;

async function reserve(gtin: string, quantity: number, channel: string, status: number, locationId = "S01") {
  steps += 1;
  return await at.ask<{ reservationId: string }>("POST", "/v1/reservations", status, {
    as: "storefront",
    headers: { "idempotency-key": `wish-number-${steps}` },
    body: { channel, orderId: `order-${steps}`, lines: [{ gtin, quantity, locationId }] },
  });
}
const change = (reservationId: string, step: string) =>
  at.ask("POST", `/v1/reservations/${reservationId}/${step}`, 200, {
    as: "storefront",
    headers: { "idempotency-key": `${step}-${reservationId}` },
    body: {},
  });

/** An order of scarves, as a marketplace sends it. */
async function order(orderId: string, channel: string, quantity: number, status: number) {
  const line = { gtin: SCARF, quantity, method: "ship_from_store", locationId: "S01" };
  return await at.ask("POST", "/v1/orders", status, {
    as: "storefront",
    headers: { "idempotency-key": `order-${orderId}` },
    body: { orderId, channel, source: channel, lines: [line] },
  });
}

/** SKU to the cells of a marketplace's feed. */
async function stockFeed(channel: string, query = ""): Promise<Map<string, string[]>> {
  const response = await at.request("GET", `/v1/feeds/${channel}/stock.csv${query}`, { as: "storefront" });
  const [header, ...lines] = (await response.text()).trim().split("\n");
  expect(header).toBe("sku,gtin,quantity,quantity_at_one_location,location_id");
  return new Map(lines.map((line) => [line.split(",")[0] ?? "", line.split(",")]));
}

describe("C12 and C20 stock kept for a channel", () => {
  test("C12 is granted to nobody else until its release, and then to all", async () => {
    const keep = (releaseAt: string) =>
      setRule("kept-for-app", {
        kind: "allocation",
        quantity: 4,
        scope: { channel: "app", gtin: HAT },
        releaseAt,
      });
    await receive("S01", HAT, 10);
    await untilAsync("hats are there", async () => (await promised(HAT, "web")) === 10);
    await keep(new Date(Date.now() + HOUR_MS).toISOString());
    expect([await promised(HAT, "web"), await promised(HAT, "app")]).toEqual([6, 10]);
    await reserve(HAT, 7, "web", 409);
    const web = await reserve(HAT, 6, "web", 201);
    expect([await promised(HAT, "web"), await promised(HAT, "app")]).toEqual([0, 4]);
    // The channel takes from what is kept for it, which is less from then on, and nobody gets what it left.
    const app = await reserve(HAT, 3, "app", 201);
    expect([await promised(HAT, "web"), await promised(HAT, "app")]).toEqual([0, 1]);
    await change(app.reservationId, "confirm");
    await change(app.reservationId, "fulfil");
    await untilAsync(
      "the hand-over is in the ledger",
      async () => (await itemOf(HAT, "S01", "app")).onHand === 7,
    );
    expect([await promised(HAT, "web"), await promised(HAT, "app")]).toEqual([0, 1]);
    await change(web.reservationId, "release");
    // What was sold to the channel is read from the ledger every second: until then more is kept than need be, never less.
    await untilAsync("what the app sold is counted", async () => (await promised(HAT, "web")) === 6);
    await keep(new Date(Date.now() + 300).toISOString());
    await untilAsync("the allocation is released", async () => (await promised(HAT, "web")) === 7);
    expect(await promised(HAT, "app")).toBe(7);
    await reserve(HAT, 7, "web", 201);
  });

  test("C20 a marketplace is sent exactly what it may sell: its allocation is there, and nothing of others", async () => {
    await receive("S01", SCARF, 8);
    await receive("S02", SCARF, 5);
    await untilAsync("scarves are there", async () => (await promised(SCARF, "web", "S02")) === 5);
    await setRule("bazaar", {
      kind: "allocation",
      quantity: 3,
      scope: { channel: "bazaar", gtin: SCARF, locationId: "S01" },
    });
    await setRule("own-shop", {
      kind: "allocation",
      quantity: 4,
      scope: { channel: "web", gtin: SCARF, locationId: "S01" },
    });
    await setRule("bazaar-sees", {
      kind: "cap",
      quantity: 2,
      scope: { channel: "bazaar", locationId: "S02" },
    });
    // 8 less 4 of the shop at S01, 2 shown of 5 at S02.
    expect((await stockFeed("bazaar")).get("SC-1")).toEqual(["SC-1", SCARF, "6", "4", "S01"]);
    expect((await stockFeed("bazaar", "?location=S02")).get("SC-1")).toEqual([
      "SC-1",
      SCARF,
      "2",
      "2",
      "S02",
    ]);
    expect((await stockFeed("other")).get("SC-1")?.[2]).toBe("6");

    // Others cannot take what is kept for it: of 8 the shop's own 4 and 1 of the pool are all that the web may have.
    await reserve(SCARF, 6, "web", 409);
    await reserve(SCARF, 5, "web", 201);
    expect((await stockFeed("bazaar", "?location=S01")).get("SC-1")?.[2]).toBe("3");
    // What the feed offers can be had, and not one unit more; then it offers none.
    await order("bazaar-1", "bazaar", 4, 409);
    const placed = await order("bazaar-2", "bazaar", 3, 201);
    expect(placed).toMatchObject({ channel: "bazaar", status: "allocated" });
    expect((await stockFeed("bazaar", "?location=S01")).get("SC-1")?.slice(2)).toEqual(["0", "0", ""]);
    const shipped = await at.ask("POST", "/v1/orders/bazaar-2/fulfilments/f1/ship", 200, {
      as: "store",
      body: { carrier: "DHL" },
    });
    expect(shipped).toMatchObject({ status: "shipped" });
    await untilAsync(
      "the shipped units have left the ledger",
      async () => (await itemOf(SCARF, "S01", "bazaar")).onHand === 5,
    );
    expect((await stockFeed("bazaar", "?location=S01")).get("SC-1")?.[2]).toBe("0");
    const runs = await at.ask("GET", "/v1/feeds/runs?feed=stock/bazaar&limit=1", 200, { as: "merchandiser" });
    expect(runs).toMatchObject({
      items: [{ feed: "stock/bazaar", channel: "bazaar", kind: "full", state: "sent", rows: 2 }],
    });
  });
});

describe("C18 every channel and the books tie back to the stock", () => {
  const differencesOf = (query = "") =>
    at.ask<{ items: ErpDifference[]; totals: unknown }>(
      "GET",
      `/v1/erp/differences?source=sap&${query}`,
      200,
      {
        as: "merchandiser",
      },
    );

  test("what any channel hands over leaves the one stock, and all channels see it", async () => {
    await importFile("products", "erp", `gtin,sku,name,cost\n${GLOVES},GL-1,Gloves,3.25\n`);
    await receive("S02", GLOVES, 20);
    await untilAsync("gloves are there", async () => (await promised(GLOVES, "web", "S02")) === 20);
    for (const [sold, channel] of CHANNELS.entries()) {
      const { reservationId } = await reserve(GLOVES, 1, channel, 201, "S02");
      await change(reservationId, "confirm");
      await change(reservationId, "fulfil");
      await untilAsync(
        "the hand-over is in the ledger",
        async () => (await itemOf(GLOVES, "S02", channel)).onHand === 19 - sold,
      );
      for (const other of CHANNELS) expect(await promised(GLOVES, other, "S02")).toBe(19 - sold);
    }
  });

  test("a book is compared with the stock of its own time, and moves nothing", async () => {
    const bookAt = Date.now();
    const time = (minutes: number) => new Date(bookAt + minutes * 60_000).toISOString();
    // In the ledger: 12 gloves. Sold after the book's time: no difference. Sold before it and told later: none either.
    await sell("S02", GLOVES, 2, time(2));
    const book = `location;sku;gtin;on hand\nS02;GL-1;;12\nS02;SC-1;;9\nS02;NO-SUCH;;4\nS01;;${STRANGER};3\n`;
    const report = await importFile("book-stock", "sap", book, `&asOf=${encodeURIComponent(time(1))}`);
    expect(report).toMatchObject({ rows: 4, accepted: 3, rejected: 1, failure: null });

    const first = await differencesOf();
    expect(first.items).toMatchObject(
      [
        {
          locationId: "S02",
          sku: "SC-1",
          kind: "quantity",
          bookQuantity: 9,
          onHand: 5,
          difference: -4,
          value: "-18.00",
        },
        { locationId: "S01", sku: "SC-1", kind: "not_in_book", bookQuantity: 0, onHand: 5, difference: 5 },
        { locationId: "S01", sku: "HA-1", kind: "not_in_book", difference: 7 },
        { locationId: "S01", gtin: STRANGER, kind: "not_here", bookQuantity: 3, onHand: 0, difference: -3 },
      ].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
    );
    expect(first.totals).toEqual({ lines: 4, unitsMore: 12, unitsLess: 7 });
    await sell("S02", SCARF, 1, time(0));
    const [late] = (await differencesOf("location=S02")).items;
    expect(late).toMatchObject({ onHand: 4, difference: -5 });
    expect((await differencesOf("kind=not_here&minUnits=4")).items).toEqual([]);

    const csv = await at.request("GET", "/v1/erp/differences.csv?source=sap&location=S02", {
      as: "merchandiser",
    });
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect((await csv.text()).split("\n")).toEqual([
      "source,location_id,gtin,sku,name,kind,book_quantity,on_hand,difference,value_at_cost,currency,as_of",
      `sap,S02,${SCARF},SC-1,Scarf,quantity,9,4,-5,-22.50,EUR,${time(1)}`,
      "",
    ]);
    expect((await itemOf(GLOVES, "S02", "web")).onHand).toBe(10);
    expect((await itemOf(STRANGER, "S01", "web")).reasonCode).toBe("no_record");

    // The next book takes the place of this one, at its location alone.
    await importFile(
      "book-stock",
      "sap",
      "location,sku,quantity\nS02,SC-1,4\nS02,GL-1,10\n",
      `&asOf=${encodeURIComponent(time(4))}`,
    );
    expect((await differencesOf("location=S02")).items).toEqual([]);
    expect((await differencesOf("location=S01")).items).toHaveLength(3);
    const books = await at.ask("GET", "/v1/erp/books?source=sap", 200, { as: "merchandiser" });
    expect(books).toMatchObject({
      items: [
        { locationId: "S02", lines: 2, unmatched: 0, isNewest: true },
        { locationId: "S01", lines: 1, isNewest: true },
        { locationId: "S02", lines: 3, unmatched: 1, isNewest: false },
      ],
    });
  });
});

describe("C21 product data in one place", () => {
  const unmatched = async (query = "") =>
    (await at.ask<{ items: Unmatched[] }>("GET", `/v1/lists/unmatched?${query}`, 200, { as: "merchandiser" }))
      .items;
  const told = (items: readonly Unmatched[]) =>
    items.map(({ seenIn, kind, code, suggestion }) => `${seenIn} ${kind} ${code} ${suggestion}`).sort();

  test("codes that no product has are on one list, wherever they were met, until they are matched", async () => {
    await at.ask("PUT", "/v1/readers/S01/r1", 200, {
      as: "admin",
      body: { name: "r1", defaultZoneId: "floor" },
    });
    await sell("S01", STRANGER, 2);
    await importFile(
      "book-stock",
      "wms",
      "location,sku,quantity\nS01,LOST-1,4\n",
      "&asOf=2026-01-01T00:00:00Z",
    );
    const epc = epcOfGtin({ gtin: STRANGER, prefixDigits: 7, serial: "77", filter: 1 });
    if (!epc.ok) throw new Error(epc.detail);
    for (const tag of [FOREIGN_TAG, epc.value]) {
      const read = { epc: tag, lastSeenAt: new Date().toISOString() };
      await running.device.publishAsync("onhand/S01/rfid/r1", JSON.stringify(read), { qos: 1 });
    }
    await untilAsync("both tags are listed", async () => (await unmatched("seenIn=reads")).length === 2);
    expect(told(await unmatched("location=S01"))).toEqual([
      "erp code LOST-1 give_product_this_sku",
      `erp gtin ${STRANGER} import_product`,
      `reads epc ${FOREIGN_TAG.slice(0, 8)} encode_tags`,
      `reads gtin ${STRANGER} import_product`,
      `sales gtin ${STRANGER} import_product`,
    ]);
    const [sale] = await unmatched("seenIn=sales");
    expect(sale).toMatchObject({ times: 1, units: 2, locations: ["S01"] });

    const products = `gtin,sku,name\n${STRANGER},LOST-1,Found again\n`;
    expect(await importFile("products", "erp", products)).toMatchObject({ accepted: 1 });
    expect(await importFile("tag-mappings", "erp", `epc,gtin\n${FOREIGN_TAG},${STRANGER}\n`)).toMatchObject({
      accepted: 1,
    });
    expect(await unmatched("location=S01")).toEqual([]);
    // GTIN, SKU and tag are one product now: a search by SKU finds the GTIN, the tag's item has both.
    const { items } = await at.ask<{ items: { gtin: string }[] }>("GET", "/v1/products?query=LOST-1", 200, {
      as: "storefront",
    });
    expect(items.map(({ gtin }) => gtin)).toEqual([STRANGER]);
    const mapping = await at.ask("GET", `/v1/tag-mappings/${FOREIGN_TAG}`, 200, { as: "merchandiser" });
    expect(mapping).toMatchObject({ gtin: STRANGER });
  });
});
