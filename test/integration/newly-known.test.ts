import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTagMappingStore } from "../../server/master-data/tag-mapping-store.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { freshEpc, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const locationId = "store-1";
const [gtin, otherGtin] = LOAD_GTINS;
/** A tag of somebody else's system. */
const foreign = "E2801160600002054CC2096F";
/** A returnable asset: decodable, but of no product. Its key has filter 0, the tag has 3. */
const asset = "3474257BF40000000000162E";
const assetKey = "3414257BF40000000000162E";

describe("reads of a product that is not known yet", () => {
  const dataDirectory = migratedDirectory("newly-known");
  let db: Database;
  let running: IngestInProcess;
  let version = Date.now() * 1000;
  const nextVersion = () => (version += 1);
  const mappings = () => createTagMappingStore({ db, nextVersion });

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    const insert = (table: string, columns: string[], row: (string | number)[]) =>
      db.insert({ name: `test/${table}`, table, columns, rows: [row] });
    const zones = JSON.stringify([{ zoneId: "dock", name: "Dock", kind: "dock" }]);
    await insert("locations", ["location_id", "zones"], [locationId, zones]);
    await insert(
      "readers",
      ["location_id", "reader_id", "antennas"],
      [locationId, "reader-1", JSON.stringify({ 1: "dock" })],
    );
    running = await startIngestInProcess({ db });
  });
  afterAll(async () => {
    await running?.stop();
    await db?.close();
  });

  const saveProduct = async (product: string) =>
    await db.insert({
      name: "test/products",
      table: "products",
      columns: ["gtin", "version"],
      rows: [[Number(product), nextVersion()]],
    });
  const announce = async (area: string) => {
    const message = JSON.stringify({ revision: nextVersion(), changed: [area] });
    await running.device.publishAsync("onhand/settings", message, { qos: 1 });
  };
  const read = async (epc: string, atMs = Date.now()) => {
    const { topic, payload } = readMessage(locationId, epc, atMs, 1);
    await running.device.publishAsync(topic, payload, { qos: 1 });
  };
  const onHand = async (product: string) => {
    const [row] = await db.query({
      name: "test/on-hand",
      sql: "SELECT sum(quantity) AS quantity FROM movements WHERE gtin = {gtin:UInt64}",
      params: { gtin: Number(product) },
      row: z.object({ quantity: z.number() }),
    });
    return row?.quantity ?? 0;
  };
  const verdicts = async (epc: string) => {
    const rows = await db.query({
      name: "test/verdicts",
      sql: "SELECT verdict FROM reads WHERE epc = {epc:String} ORDER BY observed_at",
      params: { epc },
      row: z.object({ verdict: z.string() }),
    });
    return rows.map(({ verdict }) => verdict);
  };

  it("are kept with a verdict of their own, and count when the product is imported, at the time they were read", async () => {
    const epc = freshEpc(gtin);
    const readAtMs = Date.now() - 60_000;
    await read(epc, readAtMs);
    expect(await verdicts(epc)).toEqual(["unknown_product"]);
    await saveProduct(gtin);
    await announce("products");
    await untilAsync("it is on hand", async () => (await onHand(gtin)) === 1);
    const [item] = await db.query({
      name: "test/items",
      sql: "SELECT toUnixTimestamp64Milli(first_seen_at) AS first_seen_at_ms FROM items WHERE gtin = {gtin:UInt64}",
      params: { gtin: Number(gtin) },
      row: z.object({ first_seen_at_ms: z.number() }),
    });
    expect(item?.first_seen_at_ms).toBe(readAtMs);
    await read(epc);
    expect(await verdicts(epc)).toEqual(["unknown_product", "accepted"]);
    expect(await onHand(gtin)).toBe(1);
  });

  it("of foreign tags count when these are mapped, as whatever the reader wrote them", async () => {
    await read(foreign);
    await read(asset);
    expect(await verdicts(foreign)).toEqual(["no_product"]);
    await mappings().save([
      { epc: foreign, gtin, note: "" },
      { epc: assetKey, gtin, note: "" },
    ]);
    await announce("tags");
    await untilAsync("both are on hand", async () => (await onHand(gtin)) === 3);
    await read(foreign);
    expect(await verdicts(foreign)).toEqual(["no_product", "accepted"]);
    expect(await onHand(gtin)).toBe(3);
  });

  it("of a mapped tag are sold by the tag alone", async () => {
    const sale = {
      schema: "pos-scan/1",
      eventId: "sale-1",
      type: "sale",
      locationId,
      terminalId: "T01",
      transactionId: "T01-1",
      occurredAt: new Date().toISOString(),
      lines: [{ lineNo: 1, type: "sale", epc: foreign, quantity: 1 }],
    };
    await running.device.publishAsync(`onhand/${locationId}/pos/T01`, JSON.stringify(sale), { qos: 1 });
    await untilAsync("it is sold", async () => (await onHand(gtin)) === 2);
  });

  it("count after a stop too, whatever came first: the mapping, or the product it names", async () => {
    const tag = "AD99160040AAC99525000025";
    await read(tag);
    await mappings().save([{ epc: tag, gtin: otherGtin, note: "" }]);
    await announce("tags");
    // Nothing tells when a reload has changed nothing: the next read of the tag carries its product.
    await untilAsync("ingest knows the mapping", async () => {
      await read(tag);
      return (await verdicts(tag)).at(-1) === "unknown_product";
    });
    expect(await onHand(otherGtin)).toBe(0);
    await running.stop();
    await saveProduct(otherGtin);
    running = await startIngestInProcess({ db });
    // What it caught up with is committed like anything else: a moment later, as commits keep a distance.
    await untilAsync("it is on hand", async () => (await onHand(otherGtin)) === 1);
    const changes = await db.query({
      name: "test/changes",
      sql: "SELECT detail FROM tracker_changes WHERE kind = 'took_newly_known' ORDER BY ordinal",
      row: z.object({ detail: z.string() }),
    });
    expect(changes.map(({ detail }) => JSON.parse(detail))).toEqual([
      { news: { gtins: [Number(gtin)], tags: [] } },
      { news: { gtins: [], tags: expect.arrayContaining([assetKey, foreign]) } },
      { news: { gtins: [], tags: [tag] } },
      { news: null },
    ]);
  });
});
