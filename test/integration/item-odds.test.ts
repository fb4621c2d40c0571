import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { presenceOfLevel } from "../../domain/confidence/presence-level.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { freshEpc, insertLoadData, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const locationId = "store-1";
const [gtin, goneGtin] = LOAD_GTINS;
const SALES_FLOOR = 3;

const oddsRow = z.object({
  gtin: z.number(),
  levels: z.array(z.number()),
  counts: z.array(z.number()),
  unidentified: z.number(),
});

describe("how sure it is that items are there", () => {
  const dataDirectory = migratedDirectory("item-odds");
  let db: Database;
  let running: IngestInProcess;

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    await insertLoadData(db, [locationId]);
    running = await startIngestInProcess({ db });
  });
  afterAll(async () => {
    await running?.stop();
    await db?.close();
  });

  async function oddsOf(product: string) {
    const rows = await db.query({
      name: "test/odds",
      sql: `SELECT gtin, levels, counts, unidentified FROM item_odds FINAL WHERE gtin = {gtin:UInt64}`,
      params: { gtin: Number(product) },
      row: oddsRow,
    });
    return rows[0] ?? null;
  }

  test("is written for each position whose items were just read, each of them all but sure", async () => {
    for (let unit = 0; unit < 3; unit++) {
      const epc = freshEpc(gtin);
      for (const antenna of [1, SALES_FLOOR]) {
        const { topic, payload } = readMessage(locationId, epc, Date.now(), antenna);
        await running.device.publishAsync(topic, payload, { qos: 1 });
      }
    }
    await untilAsync(
      "the odds of three items",
      async () => (await oddsOf(gtin))?.counts.reduce((sum, count) => sum + count, 0) === 3,
    );
    const odds = await oddsOf(gtin);
    expect(odds?.unidentified).toBe(0);
    for (const level of odds?.levels ?? []) expect(presenceOfLevel(level)).toBeGreaterThan(0.9);
  });

  test("is there again after a restart, and what the table says of items that are gone is taken back", async () => {
    await running.stop();
    await db.insert({
      name: "test/odds",
      table: "item_odds",
      columns: ["location_id", "gtin", "levels", "counts", "unidentified", "version"],
      rows: [[locationId, Number(goneGtin), [60], [4], 0, Date.now() * 1000]],
    });
    running = await startIngestInProcess({ db });
    await untilAsync("odds without items", async () => (await oddsOf(goneGtin))?.levels.length === 0);
    expect((await oddsOf(gtin))?.counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});
