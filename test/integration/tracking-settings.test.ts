import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { trackingConfigurationSchema } from "../../domain/tracking/tracking-configuration.ts";
import { createTrackingSettingsStore } from "../../server/settings/tracking-settings-store.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { freshEpc, LOAD_GTINS, readMessage } from "../support/stock-load.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const locationId = "store-1";
const FLOOR = 2;

describe("a setting of tracking that is changed while ingest runs", () => {
  const dataDirectory = migratedDirectory("tracking-settings");
  let db: Database;
  let running: IngestInProcess;
  let version = 0;
  const store = () => createTrackingSettingsStore({ db, nextVersion: () => (version += 1), nowMs: Date.now });

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    const zones = [
      { zoneId: "dock", name: "Dock", kind: "dock" },
      { zoneId: "floor", name: "Floor", kind: "sales_floor" },
    ];
    const insert = (table: string, columns: string[], row: (string | number)[]) =>
      db.insert({ name: `test/${table}`, table, columns, rows: [row] });
    await insert("products", ["gtin"], [Number(LOAD_GTINS[0])]);
    await insert("locations", ["location_id", "zones"], [locationId, JSON.stringify(zones)]);
    const antennas = JSON.stringify({ 1: "dock", [FLOOR]: "floor" });
    await insert("readers", ["location_id", "reader_id", "antennas"], [locationId, "reader-1", antennas]);
    running = await startIngestInProcess({ db, settings: { tracking: { minWindows: 1 } } });
  });
  afterAll(async () => {
    await running?.stop();
    await db?.close();
  });

  const inUse = async () => {
    const rows = await db.query({
      name: "test/tracker-changes",
      sql: "SELECT ordinal, detail FROM tracker_changes WHERE kind = 'configured' ORDER BY ordinal",
      row: z.object({ ordinal: z.number(), detail: z.string() }),
    });
    return rows.map(({ ordinal, detail }) => ({
      ordinal,
      configuration: trackingConfigurationSchema.parse(JSON.parse(detail)),
    }));
  };

  /** As the server does it: stored, then announced; resolves when ingest has noted that it holds. */
  async function set(place: { readerId?: string; antenna?: number }, settings: Record<string, unknown>) {
    const before = (await inUse()).length;
    const whole = { locationId, readerId: "", antenna: -1, ...place };
    await store().save(whole, settings, { changedBy: "test", note: "" });
    const message = JSON.stringify({ revision: version, changed: ["tracking"] });
    await running.device.publishAsync("onhand/settings", message, { qos: 1 });
    await untilAsync("ingest uses it", async () => (await inUse()).length > before);
  }

  async function read(epc: string, times: number) {
    const startMs = Date.now();
    for (let i = 0; i < times; i += 1) {
      const { topic, payload } = readMessage(locationId, epc, startMs + i, FLOOR);
      await running.device.publishAsync(topic, payload, { qos: 1 });
    }
  }

  const isItem = async (epc: string) => {
    const [row] = await db.query({
      name: "test/items",
      sql: "SELECT count() AS items FROM items WHERE epc = {epc:String}",
      params: { epc: identityOfEpc(epc) },
      row: z.object({ items: z.number() }),
    });
    return row?.items === 1;
  };

  it("counts for what is taken from then on, not for what was taken before", async () => {
    const [before, after] = [freshEpc(LOAD_GTINS[0]), freshEpc(LOAD_GTINS[0])];
    await read(before, 1);
    expect(await isItem(before)).toBe(false);
    await set({}, { minReads: 1 });
    await read(after, 1);
    expect(await isItem(after)).toBe(true);
    expect(await isItem(before)).toBe(false);
  });

  it("is noted with the ordinal from which on it counted, over the values of the environment", async () => {
    const [first, second] = await inUse();
    expect(first?.configuration).toEqual({ base: { minWindows: 1 }, overrides: [], readPoints: [] });
    expect(second?.configuration.overrides).toEqual([{ locationId, overrides: { minReads: 1 } }]);
    const [read1] = await db.query({
      name: "test/reads",
      sql: "SELECT min(taken_ordinal) AS first, max(taken_ordinal) AS last FROM read_batches",
      row: z.object({ first: z.number(), last: z.number() }),
    });
    expect(second?.ordinal).toBeGreaterThan(read1?.first ?? 0);
    expect(second?.ordinal).toBeLessThan(read1?.last ?? 0);
  });

  it("of a read point tells its near reads from stray ones", async () => {
    await set({ readerId: "reader-1", antenna: FLOOR }, { minReads: 3, windowMs: 30_000, minRssiDbm: null });
    const [stray, near] = [freshEpc(LOAD_GTINS[0]), freshEpc(LOAD_GTINS[0])];
    await read(stray, 2);
    await read(near, 3);
    expect(await isItem(near)).toBe(true);
    expect(await isItem(stray)).toBe(false);
  });
});
