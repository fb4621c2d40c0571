import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import type { ReaderHealth, ReaderNotice } from "../../domain/reader.ts";
import { readerMappingSchema } from "../../domain/reader-mapping.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import { type SplitSystem, startSplitSystem } from "../support/split-system.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const GTIN = "80614141123458";
const MINUTE_MS = 60_000;
type Listed = { readerId: string; isAssigned: boolean; isGateway?: boolean; health: ReaderHealth | null };

describe("readers as they really are", () => {
  const dataDirectory = migratedDirectory("readers");
  let system: SplitSystem;
  let api: Api;
  let device: MqttClient;
  let serial = 0;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory);
    api = createApi(system);
    await seedStore(api, { locationId: "store-1", readerId: "dock" });
    device = await connectAsync(`mqtt://127.0.0.1:${system.mosquitto.port}`, { protocolVersion: 5 });
  });
  afterAll(async () => {
    await device?.endAsync(true);
    await system?.stop();
  });

  const tell = (readerId: string, message: unknown) =>
    device.publishAsync(
      `onhand/store-1/rfid/${readerId}`,
      typeof message === "string" ? message : JSON.stringify(message),
      { qos: 1 },
    );
  const newEpc = (): string => {
    serial += 1;
    const epc = epcOfGtin({ gtin: GTIN, prefixDigits: 7, serial: String(serial), filter: 1 });
    if (!epc.ok) throw new Error(epc.detail);
    return epc.value;
  };
  const readers = async () => (await api<{ items: Listed[] }>("GET", "/v1/readers?limit=100")).items;
  const reader = async (readerId: string) => (await readers()).find((each) => each.readerId === readerId);
  const available = async () => {
    const answer = await api<AvailabilityAnswer>("GET", `/v1/availability?gtin=${GTIN}&location=store-1`);
    return answer.items[0]?.available ?? 0;
  };
  const readsOf = (readerId: string) =>
    system.db.query({
      name: "test/reads",
      sql: `SELECT epc, reads.verdict AS verdict, format, toUnixTimestamp64Milli(observed_at) AS at_ms
            FROM reads WHERE reader_id = {reader:String} ORDER BY at_ms`,
      params: { reader: readerId },
      row: z.object({ epc: z.string(), verdict: z.string(), format: z.string(), at_ms: z.number() }),
    });

  it("a message that names another reader than its topic stays the topic's", async () => {
    const before = await available();
    await tell("dock", {
      eventType: "tagInventory",
      hostname: "impinj-16-0a-01",
      tagInventoryEvent: { epcHex: newEpc(), antennaPort: 1, lastSeenTime: new Date().toISOString() },
    });
    await untilAsync("it is available", async () => (await available()) === before + 1);
    expect(await reader("impinj-16-0a-01")).toBeUndefined();
  });

  it("a gateway's reads belong to the readers that it names; each is assigned for itself", async () => {
    const report = (deviceName: string) => ({
      deviceName,
      readings: [
        {
          objectValue: {
            TagReportData: [
              {
                EPC96: { EPC: Buffer.from(newEpc(), "hex").toString("base64") },
                AntennaID: 1,
                FirstSeenUTC: Date.now() * 1000,
              },
            ],
          },
        },
      ],
    });
    await api("PUT", "/v1/readers/store-1/edgex", { name: "Gateway", isGateway: true });
    expect((await reader("edgex"))?.isGateway).toBe(true);
    // Ingest reads master data again when it is told of the change: until then the topic's reader gets the reads.
    await untilAsync("the gateway's reader is heard", async () => {
      await tell("edgex", report("SpeedwayR 19:FE:16"));
      return (await reader("SpeedwayR-19-FE-16")) !== undefined;
    });
    expect((await reader("SpeedwayR-19-FE-16"))?.isAssigned).toBe(false);
    const before = await available();
    const waiting = (await readsOf("SpeedwayR-19-FE-16")).length;
    await api("PUT", "/v1/readers/store-1/SpeedwayR-19-FE-16", { antennas: { "1": "dock" } });
    await untilAsync(
      "what waited is available",
      async () => (await available()) >= before + waiting && waiting > 0,
    );
    await tell("edgex", [report("r7"), report("r8")]);
    await untilAsync("both are heard", async () => Boolean((await reader("r7")) && (await reader("r8"))));
  });

  it("a clock that is ten minutes ahead is measured, and its reads are corrected and counted", async () => {
    const before = await available();
    for (let message = 0; message < 4; message += 1) {
      const lastSeenAt = new Date(Date.now() + 10 * MINUTE_MS).toISOString();
      await tell("dock", { epc: newEpc(), antenna: 1, lastSeenAt });
    }
    await untilAsync("those after the second are available", async () => (await available()) === before + 2);
    const rows = await readsOf("dock");
    expect(rows.filter(({ verdict }) => verdict === "in_future")).toHaveLength(2);
    const corrected = rows.findLast(({ verdict }) => verdict === "accepted");
    expect(Math.abs((corrected?.at_ms ?? 0) - Date.now())).toBeLessThan(MINUTE_MS);
    await untilAsync("its skew is told", async () => {
      const skewMs = (await reader("dock"))?.health?.skewMs ?? 0;
      return Math.abs(skewMs - 10 * MINUTE_MS) < 5_000;
    });
    const [row] = await system.db.query({
      name: "test/correction",
      sql: "SELECT min(clock_correction_ms) AS ms FROM read_batches WHERE reader_id = 'dock'",
      row: z.object({ ms: z.number() }),
    });
    expect(row?.ms).toBeLessThan(-9 * MINUTE_MS);
  });

  it("what a reader loses and says of itself is in its health and in its notices", async () => {
    await tell("dock", { eventType: "overflow", overflowEvent: { eventsPurged: 77 } });
    await tell("dock", { component: "RG", type: "error", data: "radio lost", eventNum: 1 });
    await untilAsync("its health tells", async () => (await reader("dock"))?.health?.lostMessages === 77);
    const notices = async (query = "") =>
      (await api<{ items: ReaderNotice[] }>("GET", `/v1/readers/store-1/dock/notices${query}`)).items;
    await untilAsync("the table has them", async () =>
      (await notices()).some(({ kind }) => kind === "error"),
    );
    expect(await notices("?kind=overflow")).toMatchObject([{ kind: "overflow", count: 77 }]);
    await tell("dock", "connection lost");
    await untilAsync("it is offline", async () => (await reader("dock"))?.health?.status === "offline");
  });

  it("a form of its own is a dead letter until a mapping describes it, and again when that is taken back", async () => {
    const message = () => ({ gate: { tags: [{ id: newEpc(), seen: Date.now(), port: 1 }] } });
    const letters = async () => {
      const rows = await system.db.query({
        name: "test/dead-letters",
        sql: "SELECT count() AS count FROM dead_letters WHERE code = 'message_format_unknown'",
        row: z.object({ count: z.number() }),
      });
      return rows[0]?.count ?? 0;
    };
    await tell("gate", message());
    await untilAsync("it is a dead letter", async () => (await letters()) === 1);
    const mapping = { reads: "gate.tags", epc: "id", time: "seen", antenna: "port" };
    await api("PUT", "/v1/reader-mappings/gate", { locationId: "store-1", mapping });
    await untilAsync("its reads are taken", async () => {
      await tell("gate", message());
      return (await readsOf("gate")).some(({ format }) => format === "mapping:gate");
    });
    const { items } = await api<{ items: { name: string }[] }>("GET", "/v1/reader-mappings");
    expect(items).toMatchObject([
      { name: "gate", locationId: "store-1", readerId: null, mapping: readerMappingSchema.parse(mapping) },
    ]);
    await api("DELETE", "/v1/reader-mappings/gate");
    const before = await letters();
    await untilAsync("it is a dead letter again", async () => {
      await tell("gate", message());
      return (await letters()) > before;
    });
    await expect(api("PUT", "/v1/reader-mappings/gate", { mapping: { epc: "id" } })).rejects.toThrow(/time/);
    const audit = await system.db.query({
      name: "test/audit",
      sql: "SELECT action FROM audit_log WHERE subject = 'gate' ORDER BY at",
      row: z.object({ action: z.string() }),
    });
    expect(audit.map(({ action }) => action)).toEqual(["reader_mapping.save", "reader_mapping.delete"]);
  });
});
