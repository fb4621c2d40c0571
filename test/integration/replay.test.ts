import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type ReplayOptions,
  replayOptionsSchema,
  type ReplayReport,
} from "../../domain/api/tracking-replays.ts";
import type { ZoneKind } from "../../domain/location.ts";
import { importOptionsSchema } from "../../server/import/import-options.ts";
import { importRecords } from "../../server/import/import-records.ts";
import { runReplay } from "../../ingest/replay/run-replay.ts";
import { createTrackingSettingsStore } from "../../server/settings/tracking-settings-store.ts";
import { dryRun } from "../../simulators/dry-run.ts";
import { createRandom } from "../../simulators/random.ts";
import { small } from "../../simulators/scenarios/small.ts";
import { createSimulation } from "../../simulators/simulation.ts";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { insertMasterData } from "../support/insert-master-data.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const seed = Number(process.env["ONHAND_SEED"] ?? Date.now() % 1_000_000);
const isLong = process.env["ONHAND_LONG"] === "1";
const HOUR_MS = 3_600_000;

describe(`a replay of a simulated hour (ONHAND_SEED=${seed})`, () => {
  const dataDirectory = migratedDirectory("replay");
  let db: Database;
  let ingest: IngestInProcess;
  let startedAtMs = 0;
  /** When the second half of the hour began to be taken in. */
  let middleMs = 0;
  let endedAtMs = 0;

  beforeAll(async () => {
    db = await openDatabase({ dataDirectory });
    const startsAtMs = Date.now() - HOUR_MS - 60_000;
    const scenario = {
      ...small,
      theftProbability: 0.2,
      startsAt: new Date(startsAtMs).toISOString(),
      // Readers that look less often: the hour is shorter to take in, and as rich in events.
      ...(isLong
        ? {}
        : { reading: fewerReads(), unitsPerStore: 80, floorAntennas: 2, shoppersPerStoreHour: 60 }),
    };
    const simulation = createSimulation({ scenario, seed, durationMs: HOUR_MS });
    await insertMasterData(db, simulation);
    startedAtMs = Date.now();
    ingest = await startIngestInProcess({ db, settings: { tracking: { exitSilenceMs: 20_000 } } });
    const messages = [...dryRun(simulation, "onhand")].flatMap((line) =>
      line.kind === "message" ? [line] : [],
    );
    const half = messages.length / 2;
    await publish(late(messages.slice(0, half)));
    middleMs = Date.now();
    await set({ exitSilenceMs: 45_000, minReads: 3 });
    await publish(late(messages.slice(half)));
    endedAtMs = Date.now() + 1;
  }, 120_000);
  afterAll(async () => {
    await ingest?.stop();
    await db?.close();
  });

  const random = createRandom(seed, "late");
  /** Some readers' messages come up to 2,000 messages late: far beyond what is put back in order. */
  function late<Message extends { topic: string }>(messages: readonly Message[]): Message[] {
    return messages
      .map((message, i) => {
        const isLate = message.topic.includes("/rfid/") && random.chance(0.05);
        return { message, place: i + (isLate ? random.int(2000) : 0) };
      })
      .sort((a, b) => a.place - b.place)
      .map(({ message }) => message);
  }

  async function publish(messages: readonly { topic: string; payload: string }[]): Promise<void> {
    for (let i = 0; i < messages.length; i += 4000) {
      const sent = messages.slice(i, i + 4000);
      await Promise.all(
        sent.map(({ topic, payload }) => ingest.device.publishAsync(topic, payload, { qos: 1 })),
      );
    }
  }

  function fewerReads(): typeof small.reading {
    const of = (kind: ZoneKind) => {
      return { ...small.reading[kind], looksPerSecond: small.reading[kind].looksPerSecond / 40 };
    };
    return {
      dock: of("dock"),
      backroom: of("backroom"),
      sales_floor: of("sales_floor"),
      fitting_room: of("fitting_room"),
      pos: of("pos"),
      exit: of("exit"),
    };
  }

  async function set(settings: Record<string, number>): Promise<void> {
    const store = createTrackingSettingsStore({ db, nextVersion: () => 1, nowMs: Date.now });
    await store.save({ locationId: "", readerId: "", antenna: -1 }, settings, {
      changedBy: "test",
      note: "",
    });
    const message = JSON.stringify({ revision: 1, changed: ["tracking"] });
    await ingest.device.publishAsync("onhand/settings", message, { qos: 1 });
    await untilAsync("ingest uses it", async () => (await count("tracker_changes")) === 3);
  }

  async function count(what: string): Promise<number> {
    const [row] = await db.query({
      name: "test/count",
      sql: `SELECT count() AS rows FROM ${what}`,
      row: z.object({ rows: z.number() }),
    });
    return row?.rows ?? 0;
  }

  const replay = (options: Partial<z.input<typeof replayOptionsSchema>> = {}): Promise<ReplayReport> => {
    const whole: ReplayOptions = replayOptionsSchema.parse({
      from: new Date(startedAtMs).toISOString(),
      to: new Date(endedAtMs).toISOString(),
      warmUpSeconds: 0,
      ...options,
    });
    return runReplay({ db, nowMs: Date.now, onProgress: () => {}, breathe: async () => {} }, whole);
  };

  it("reproduces the ledger exactly: every event, line and sequence, every item and position", async () => {
    const report = await replay();
    expect(report.ledger).toMatchObject({ isExact: true, onlyInLedger: 0, onlyInReplay: 0, examples: [] });
    expect(report.items).toEqual({ differing: 0, examples: [] });
    expect(report.positions).toEqual({ differing: 0, examples: [] });
    expect(report.movements).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.ledger.same).toBe(await count("events"));
    expect(report.taken.reads).toBe(await count("reads"));
    const types = await db.query({
      name: "test/types",
      sql: "SELECT DISTINCT event_type FROM events",
      row: z.object({ event_type: z.string() }),
    });
    // Otherwise the hour has shown little.
    expect(types.map((row) => row.event_type)).toEqual(
      expect.arrayContaining(["sale", "receipt", "item_seen", "item_moved", "item_exiting", "item_left"]),
    );
  });

  it("from the middle of the hour reproduces the rest of it, after a warm-up over the first half", async () => {
    const report = await replay({ from: new Date(middleMs).toISOString(), warmUpSeconds: 3600 });
    expect(report.ledger).toMatchObject({ isExact: true });
    expect(report.ledger.same).toBeGreaterThan(100);
    expect(report.ledger.same).toBeLessThan(await count("events"));
    expect(report.items.differing + report.positions.differing).toBe(0);
  });

  it("from the middle without a warm-up says in what it differs, and counts no difference of settings as one of theirs", async () => {
    const report = await replay({ from: new Date(middleMs).toISOString(), set: { minReads: 3 } });
    // The settings asked for are those that were in force: two replays that begin alike end alike.
    expect(report.items.differing + report.positions.differing).toBe(0);
    expect(report.movements).toEqual([]);
    expect(report.ledger.same).toBeGreaterThan(0);
  });

  it("with other settings shows which items and figures would differ", async () => {
    const patient = await replay({ set: { exitSilenceMs: HOUR_MS } });
    expect(patient.ledger.isExact).toBe(true);
    const left = patient.movements.find((line) => line.reason === "left");
    // An item that leaves may settle a sale that took it before: then no line says so.
    expect(left?.before.lines ?? 0).toBe(await count("movements WHERE reason = 'left'"));
    expect(left?.after.lines ?? 0).toBe(0);
    expect(patient.items.differing).toBeGreaterThan(0);
    const isAnyLeft = (await count("items WHERE status = 'left'")) > 0;
    expect(patient.items.examples.some(({ before }) => before?.status === "left")).toBe(isAnyLeft);
    expect(patient.items.examples.some(({ after }) => after?.status === "left")).toBe(false);
  });

  it("with a rule of a read point lets its stray reads say nothing", async () => {
    const [reader] = await db.query({
      name: "test/reader",
      sql: "SELECT location_id, reader_id FROM reads WHERE verdict = 'accepted' GROUP BY ALL ORDER BY count() DESC LIMIT 1",
      row: z.object({ location_id: z.string(), reader_id: z.string() }),
    });
    const rule = { minReads: 255, windowMs: 1000, minRssiDbm: null, antenna: null };
    const readPoint = { locationId: reader?.location_id ?? "", readerId: reader?.reader_id ?? "", ...rule };
    const report = await replay({ readPoints: [readPoint] });
    expect(report.items.differing).toBeGreaterThan(0);
  });

  it("takes imported reads of the past when it is asked to, and else is the ledger all the same", async () => {
    const [one] = await db.query({
      name: "test/read",
      sql: "SELECT location_id, reader_id, antenna, substring(epc, 1, 18) AS stem FROM reads WHERE verdict = 'accepted' AND zone_id LIKE '%floor%' LIMIT 1",
      row: z.object({
        location_id: z.string(),
        reader_id: z.string(),
        antenna: z.number(),
        stem: z.string(),
      }),
    });
    if (one === undefined) throw new Error("no read on a floor");
    const times = [1, 2, 3, 4, 5, 6].map((i) => new Date(middleMs + i * 3000).toISOString());
    const lines = times.map((at) => `${one.stem}ABCDEF,${at},${one.reader_id},${one.antenna}`);
    const file = ["epc,time,reader,antenna", ...lines].join("\n");
    const imported = await importRecords(
      "reads",
      Readable.from([Buffer.from(file)]),
      importOptionsSchema.parse({ location: one.location_id }),
      {
        db,
        publishEvent: () => Promise.reject(new Error("reads are no events")),
        now: Date.now,
        onProgress: () => {},
        writeRejected: () => {},
      },
    );
    expect(imported).toMatchObject({ accepted: 6, failure: null });
    expect((await replay()).ledger.isExact).toBe(true);
    const to = new Date(endedAtMs + 60_000).toISOString();
    const report = await replay({ includeImported: true, to });
    expect(report.taken.readsByVerdict).toMatchObject({ historical: 6 });
    // It claims a unit of its product, which may change what is believed of another.
    expect(report.items.examples).toContainEqual({
      epc: expect.stringMatching(/ABCDEF$/),
      gtin: expect.any(String),
      before: null,
      after: expect.objectContaining({ status: "present" }),
    });
  });

  it("leaves the ledger, the reads and all else as they are", async () => {
    const tables = ["events", "read_batches", "tracker_changes", "receipts", "dead_letters", "audit_log"];
    const before = await Promise.all(tables.map(count));
    await replay({ set: { minReads: 1, minWindows: 1 } });
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  it("is ended by a breath that is refused", async () => {
    const options = replayOptionsSchema.parse({
      from: new Date(startedAtMs).toISOString(),
      to: new Date(endedAtMs).toISOString(),
    });
    const breathe = () => Promise.reject(new Error("enough"));
    const ended = runReplay({ db, nowMs: Date.now, onProgress: () => {}, breathe }, options);
    await expect(ended).rejects.toThrow("enough");
  });
});
