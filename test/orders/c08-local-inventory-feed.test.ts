import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FeedRun } from "../../domain/api/feeds.ts";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import type { FeedAudit } from "../../domain/feeds/feed-audit.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { presenceLevel } from "../../domain/confidence/presence-level.ts";
import { lintLocalInventory } from "../../domain/feeds/lint-local-inventory.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { untilAsync } from "../support/until.ts";
import { validGtins } from "../support/valid-gtins.ts";

const FEED = "/v1/feeds/google-local-inventory.tsv";
const STORES = ["S01", "S02", "S03"];
const GTINS = validGtins(130).map(gtinFromNumber);
const [SCARF = "", HAT = "", SHARED = "", OTHER_SHARED = "", LONG = ""] = GTINS;
const DOUBTED = GTINS[12] ?? "";
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  const skuOf = (gtin: string, index: number) =>
    gtin === SHARED || gtin === OTHER_SHARED ? "SHARED" : gtin === LONG ? "L".repeat(60) : `SKU-${index}`;
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin", "sku", "name", "kind", "price", "currency", "is_tagged", "version"],
    rows: GTINS.map((gtin, index) => [
      Number(gtin),
      skuOf(gtin, index),
      `Product ${index}`,
      "merchandise",
      "19.9",
      "EUR",
      gtin === DOUBTED,
      1,
    ]),
  });
  // Of the 5 units at S01 readers have lost one, and see the others.
  const version = Date.now() * 1000;
  await db.insert({
    name: "test/item-odds",
    table: "item_odds",
    columns: ["location_id", "gtin", "levels", "counts", "unidentified", "version"],
    rows: [
      ["S01", Number(DOUBTED), [presenceLevel(0.5), presenceLevel(0.9999)], [1, 4], 0, version],
      ["S01", 0, [], [], 0, version],
    ],
  });
  at = await startTestServer({ db });
  const put = (path: string, body: unknown) => at.ask("PUT", path, 200, { as: "admin", body });
  for (const locationId of STORES) {
    await put(`/v1/locations/${locationId}`, {
      name: locationId,
      timeZone: "Europe/Berlin",
      openingHours: "Mo-Su 09:00-20:00",
      pickup: { isOffered: locationId !== "S03", leadMinutes: 60, lastOrderMinutes: 60 },
    });
  }
  await put("/v1/locations/W01", { name: "Warehouse", kind: "warehouse" });
  for (const [place, locationId] of [...STORES, "W01"].entries()) {
    await at.ledger.commit(
      locationId,
      GTINS.slice(0, GTINS.length - 1).map((gtin, index) => ({
        gtin: Number(gtin),
        quantity: (index + place) % 7,
      })),
    );
  }
  await put("/v1/rules/web-safety", {
    kind: "safety_stock",
    quantity: 1,
    scope: { channel: "web", locationId: "S01" },
  });
  await put("/v1/rules/web-cap", { kind: "cap", quantity: 4, scope: { channel: "web", locationId: "S02" } });
  await put("/v1/rules/kept", { kind: "allocation", quantity: 2, scope: { channel: "store", gtin: HAT } });
  await at.ask("POST", "/v1/reservations", 201, {
    as: "storefront",
    headers: { "idempotency-key": "held-for-the-feed" },
    body: { channel: "web", lines: [{ gtin: SCARF, quantity: 1, locationId: "S03" }] },
  });
  // The odds are read from their table every few seconds.
  const doubted = `/v1/availability?gtin=${DOUBTED}&location=S01&channel=web&confidence=0.9`;
  await untilAsync("the readers' doubt counts", async () => {
    const { items } = await at.ask<AvailabilityAnswer>("GET", doubted, 200, { as: "storefront" });
    return items[0]?.available === 3;
  });
});
afterAll(async () => {
  await at?.stop();
  await db?.close();
});

async function fetchFeed(query = ""): Promise<{ text: string; rows: Map<string, string[]>; runId: string }> {
  const response = await at.request("GET", `${FEED}${query}`, { as: "storefront" });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  const rows = text
    .split("\n")
    .slice(1, -1)
    .map((line) => line.split("\t"));
  return {
    text,
    rows: new Map(rows.map((cells) => [`${cells[0]} ${cells[1]}`, cells])),
    runId: response.headers.get("onhand-feed-run") ?? "",
  };
}
const runOf = (runId: string) =>
  at.ask<FeedRun>("GET", `/v1/feeds/runs/${runId}`, 200, { as: "merchandiser" });
const settle = (body: Record<string, unknown>) =>
  at.ask("PUT", "/v1/feeds/settings", 200, { as: "admin", body });

describe("C8 the local inventory feed", () => {
  test("says of every product and store what the storefront is answered, and passes its own lint", async () => {
    for (const confidence of [null, 0.9]) {
      await settle({ channel: "web", confidence });
      const feed = await fetchFeed();
      expect(lintLocalInventory(feed.text)).toMatchObject({
        isValid: true,
        errors: 0,
        warnings: 0,
        rows: feed.rows.size,
      });
      const answer = await at.ask<AvailabilityAnswer>("POST", "/v1/availability/query", 200, {
        as: "storefront",
        body: {
          gtins: GTINS,
          locations: STORES,
          channel: "web",
          ...(confidence === null ? {} : { confidence }),
        },
      });
      const wrong: string[] = [];
      let recorded = 0;
      for (const item of answer.items) {
        const isKnown = item.reasonCode !== "no_record";
        const isSound = item.gtin !== LONG;
        const id = [SHARED, OTHER_SHARED].includes(item.gtin)
          ? item.gtin
          : `SKU-${GTINS.findIndex((gtin) => gtin === item.gtin)}`;
        const row = feed.rows.get(`${item.locationId} ${id}`);
        if (!isKnown || !isSound) {
          if (row !== undefined) wrong.push(`${id} at ${item.locationId} should not be there`);
          continue;
        }
        recorded += 1;
        const word =
          item.available === 0
            ? "out_of_stock"
            : item.available < 3 && !item.isCapped
              ? "limited_availability"
              : "in_stock";
        const expected = [String(item.available), "19.90 EUR", word].join(" ");
        if (row?.slice(2, 5).join(" ") !== expected)
          wrong.push(`${id} at ${item.locationId}: ${row?.join(" ")} not ${expected}`);
      }
      expect(wrong).toEqual([]);
      expect(feed.rows.get("S01 SKU-12")?.[2]).toBe(confidence === null ? "4" : "3");
      expect(feed.rows.size).toBe(recorded);
      expect(recorded).toBe(128 * 3);
    }
  });

  test("names pickup as the stores keep it, and leaves out what its lint refuses", async () => {
    await settle({
      locations: [
        { locationId: "S02", storeCode: "city" },
        { locationId: "S03", storeCode: "village" },
      ],
    });
    const feed = await fetchFeed();
    expect(feed.rows.get("city SKU-10")?.slice(4)).toEqual(["in_stock", "reserve", "next_day"]);
    expect(feed.rows.get("village SKU-10")?.slice(4)).toEqual(["in_stock", "not supported", ""]);
    const run = await runOf(feed.runId);
    expect(run).toMatchObject({ kind: "full", state: "sent", rows: feed.rows.size, leftOut: 2 });
    expect(run.findings).toMatchObject([
      { column: "id", code: "too_long", severity: "error" },
      { column: "id", code: "too_long", severity: "error" },
    ]);
  });

  test("a delta is what changed since it was told, and its run says what was sent, byte by byte", async () => {
    await settle({});
    const full = await fetchFeed();
    expect((await fetchFeed("?kind=delta")).rows.size).toBe(0);
    await at.ledger.commit("S01", [{ gtin: Number(SCARF), quantity: 3 }]);
    await at.ask("PATCH", `/v1/products/${HAT}`, 200, { as: "admin", body: { price: "9.90" } });
    const delta = await fetchFeed("?kind=delta");
    expect([...delta.rows.keys()]).toEqual(["S01 SKU-0", "S01 SKU-1", "S02 SKU-1", "S03 SKU-1"]);
    expect(delta.rows.get("S01 SKU-0")?.[2]).toBe("2");
    expect(delta.rows.get("S02 SKU-1")?.[3]).toBe("9.90 EUR");
    // The answer was lost: the same again from the run that is known to have come.
    const again = await fetchFeed(`?since=${full.runId}`);
    expect(again.text).toBe(delta.text);
    expect((await fetchFeed("?kind=delta")).rows.size).toBe(0);

    for (const { runId, text } of [full, delta]) {
      const sent = await (
        await at.request("GET", `/v1/feeds/runs/${runId}/text`, { as: "merchandiser" })
      ).text();
      expect(sent).toBe(text);
      const run = await runOf(runId);
      expect(run.sha256).toBe(createHash("sha256").update(text).digest("hex"));
      expect(run.bytes).toBe(Buffer.byteLength(text));
    }
    // What leaves the feed is told to be gone: its last row would stand for ever.
    await settle({ locations: [{ locationId: "S01", storeCode: "S01" }] });
    const gone = await fetchFeed("?kind=delta");
    expect(gone.rows.get("S02 SKU-10")?.slice(2)).toEqual(["0", "19.90 EUR", "out_of_stock", "", ""]);
    expect([...gone.rows.keys()].some((key) => key.startsWith("S01"))).toBe(false);
    expect(lintLocalInventory(gone.text).errors).toBe(0);
  });

  test("a feed that is not read to its end counts as told to nobody", async () => {
    await settle({});
    await fetchFeed();
    await at.ledger.commit("S02", [{ gtin: Number(SCARF), quantity: -1 }]);
    const response = await at.request("GET", `${FEED}?kind=delta`, { as: "storefront" });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    const runId = response.headers.get("onhand-feed-run") ?? "";
    expect(await runOf(runId)).toMatchObject({ state: "broken" });
    await at.ask("GET", `${FEED}?since=${runId}`, 404, { as: "storefront" });
    expect([...(await fetchFeed("?kind=delta")).rows.keys()]).toEqual(["S02 SKU-0"]);
  });

  test("a rehearsal draws 100 products by its seed, and says whether the audit would pass", async () => {
    await settle({ auditPassShare: 0.98 });
    await fetchFeed();
    const draw = (body: Record<string, unknown>) =>
      at.ask<FeedAudit>("POST", "/v1/feeds/audits", 201, {
        as: "merchandiser",
        body: { locationId: "S01", ...body },
      });
    const audit = await draw({});
    expect(audit.rows).toHaveLength(100);
    expect(audit.result).toMatchObject({ checked: 0, shareRight: null, wouldPass: null });
    const same = await draw({ seed: audit.seed });
    expect(same.rows).toEqual(audit.rows);
    expect((await draw({ seed: audit.seed + 1 })).rows).not.toEqual(audit.rows);

    const take = (rows: FeedAudit["rows"], wrong: number) =>
      at.ask<FeedAudit>("POST", `/v1/feeds/audits/${audit.auditId}/found`, 200, {
        as: "store",
        body: {
          found: rows.map(({ gtin, claimed }, index) => ({
            gtin,
            quantity: claimed.quantity > 0 === index >= wrong ? 1 : 0,
            price: index === wrong ? "1.00 EUR" : claimed.price,
          })),
        },
      });
    const half = await take(audit.rows.slice(0, 50), 2);
    expect(half.result).toMatchObject({ checked: 50, wrongAvailability: 2, wrongPrice: 1, wouldPass: null });
    const whole = await take(audit.rows, 2);
    expect(whole.result).toMatchObject({ checked: 100, right: 97, shareRight: 0.97, wouldPass: false });
    expect(whole.rows.slice(0, 4).map(({ verdict }) => verdict)).toEqual([
      "availability",
      "availability",
      "price",
      "right",
    ]);
    expect((await take(audit.rows.slice(0, 3), -1)).result).toMatchObject({ right: 100, wouldPass: true });
    expect(await at.ask("GET", "/v1/feeds/audits?location=S01&limit=1", 200, { as: "admin" })).toMatchObject({
      items: [{ locationId: "S01" }],
    });
    await at.ask("POST", `/v1/feeds/audits/${audit.auditId}/found`, 400, {
      as: "merchandiser",
      body: { found: [{ gtin: "00000000000000", quantity: 1 }] },
    });
    const elsewhere = await draw({ locationId: "S02" });
    await at.ask("GET", `/v1/feeds/audits/${elsewhere.auditId}`, 403, { as: "store" });
    await at.ask("POST", "/v1/feeds/audits", 409, { as: "merchandiser", body: { locationId: "W01" } });
  });
});
