import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import { missingSharedData, readSharedBytes, readSharedJson, sharedPath } from "../support/shared-data.ts";
import { type SplitSystem, startSplitSystem } from "../support/split-system.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const run = promisify(execFile);
const missing = missingSharedData("rfid/readers/expected.json");

type Expected = {
  file: string;
  expect: {
    kind: string;
    reads: {
      epcHex: string;
      observedAt: string;
      rssiDbm: number | null;
      antenna: number | null;
      readCount?: number;
    }[];
  };
};

const readRow = z.object({
  epc: z.string(),
  observed_at: z.string(),
  rssi_dbm: z.number().nullable(),
  antenna: z.number(),
  read_count: z.number(),
  verdict: z.string(),
});

describe.skipIf(missing !== null)("messages as readers send them, published with mosquitto_pub", () => {
  const dataDirectory = migratedDirectory("reader-samples");
  const samples = missing === null ? (readSharedJson("rfid/readers/expected.json") as Expected[]) : [];
  let system: SplitSystem;
  let api: Api;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory);
    api = createApi(system);
    await seedStore(api, { locationId: "store-1", readerId: "known" });
  });
  afterAll(async () => system?.stop());

  const publish = (topic: string, source: readonly string[]) =>
    run("mosquitto_pub", ["-p", String(system.mosquitto.port), "-q", "1", "-V", "5", "-t", topic, ...source]);
  const readerOf = (file: string) => file.replaceAll(/[^A-Za-z0-9]+/g, "-");
  const readsOf = (readerId: string) =>
    system.db.query({
      name: "test/reads",
      sql: `SELECT epc, observed_at, if(isFinite(rssi_dbm), rssi_dbm, NULL) AS rssi_dbm, antenna, read_count, verdict
            FROM reads WHERE reader_id = {reader:String} ORDER BY epc`,
      params: { reader: readerId },
      row: readRow,
    });

  it("there are samples of every vendor", () => {
    expect(new Set(samples.map(({ file }) => file.split("/")[0])).size).toBeGreaterThanOrEqual(6);
    expect(samples.filter(({ file }) => file.startsWith("impinj/")).length).toBeGreaterThan(5);
    expect(samples.filter(({ file }) => file.startsWith("zebra/")).length).toBeGreaterThan(5);
  });

  it.each(samples)(
    "$file gives its reads in ClickHouse, or the stated sign",
    async ({ file, expect: expected }) => {
      const readerId = readerOf(file);
      await publish(`onhand/store-1/rfid/${readerId}`, ["-f", sharedPath(`rfid/readers/${file}`)]);
      await untilAsync(
        "its reads are in ClickHouse",
        async () => (await readsOf(readerId)).length === expected.reads.length,
      );
      const reads = await readsOf(readerId);
      for (const [index, read] of [...expected.reads]
        .sort((a, b) => (a.epcHex < b.epcHex ? -1 : 1))
        .entries()) {
        const stored = reads[index]?.rssi_dbm ?? null;
        expect({ ...reads[index], rssi_dbm: stored === null ? null : Math.fround(stored) }).toMatchObject({
          epc: read.epcHex,
          observed_at: read.observedAt,
          antenna: read.antenna ?? -1,
          read_count: read.readCount ?? 1,
          // Stored as Float32.
          rssi_dbm: read.rssiDbm === null ? null : Math.fround(read.rssiDbm),
        });
      }
    },
  );

  it("every reader that was heard is on the readers' list, with its reads and nothing rejected as malformed", async () => {
    type Row = { readerId: string; isAssigned: boolean; health: { reads: number } | null };
    const list = async () => (await api<{ items: Row[] }>("GET", "/v1/readers?limit=100")).items;
    for (const { file, expect: expected } of samples) {
      await untilAsync(`${file} is listed`, async () => {
        const reader = (await list()).find(({ readerId }) => readerId === readerOf(file));
        return reader?.health?.reads === expected.reads.length;
      });
    }
    const letters = await system.db.query({
      name: "test/dead-letters",
      sql: "SELECT count() AS count FROM dead_letters",
      row: z.object({ count: z.number() }),
    });
    expect(letters[0]?.count).toBe(0);
  });

  it.each([
    "impinj/tag-inventory-full.json",
    "impinj/tag-inventory-base64-only.json",
    "zebra/inventory-fxr60.json",
    "zebra/inventory-array-2023.json",
  ])(
    "%s, stamped with the present time, an EPC of a known product and a dock antenna, is one unit available",
    async (file) => {
      const gtin = "80614141123458";
      const serial = String(samples.findIndex((sample) => sample.file === file) + 1);
      const epc = epcOfGtin({ gtin, prefixDigits: 7, serial, filter: 1 });
      if (!epc.ok) throw new Error(epc.detail);
      const before = await availableOf(api, gtin);
      const message = stamp(readSharedBytes(`rfid/readers/${file}`).toString("utf8"), epc.value);
      await publish("onhand/store-1/rfid/known", ["-m", message]);
      await untilAsync("one more is available", async () => (await availableOf(api, gtin)) === before + 1);
    },
  );
});

async function availableOf(api: Api, gtin: string): Promise<number> {
  const answer = await api<AvailabilityAnswer>("GET", `/v1/availability?gtin=${gtin}&location=store-1`);
  return answer.items[0]?.available ?? 0;
}

/** The same message with the time of now, antenna 1 and another tag. */
function stamp(text: string, epcHex: string): string {
  const now = new Date().toISOString();
  const base64 = Buffer.from(epcHex, "hex").toString("base64url");
  return text
    .replace(/"epc": "[^"]*"/g, `"epc": "${base64}"`)
    .replace(/"epcHex": "[^"]*"/g, `"epcHex": "${epcHex}"`)
    .replace(/"idHex": "[^"]*"/g, `"idHex": "${epcHex.toLowerCase()}"`)
    .replace(/"(timestamp|lastSeenTime)": "[^"]*"/g, `"$1": "${now}"`)
    .replace(/"(antenna|antennaPort)": \d+/g, '"$1": 1');
}
