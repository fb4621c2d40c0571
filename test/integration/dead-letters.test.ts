import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type {
  DeadLetterDetail,
  DeadLetterGroups,
  DeadLetterStepAnswer,
  DeadLettersPage,
  ReplayJob,
} from "../../domain/api/dead-letters.ts";
import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { untilAsync } from "../support/until.ts";

const GTIN = "80614141123458";
/** Units without identity, which no item's read may claim. */
const OTHER_GTIN = "04006381333931";
const DAY_MS = 24 * 3_600_000;
let db: Database;
let serverDb: Database;
let ingest: IngestInProcess;
let at: TestServer;
let serials = 0;

beforeAll(async () => {
  ({ db } = await prepare());
  ingest = await startIngestInProcess({ db });
  at = await startTestServer({
    db: serverDb,
    deps: { bus: ingest.bus },
  });
});
afterAll(async () => {
  await at?.stop();
  await ingest?.stop();
  await db?.close();
});
beforeEach(async () => {
  // What the test before left open is none of the next one's.
  for (const { deadLetterId } of (await list("?limit=1000")).items) {
    await at.ask("POST", `/v1/dead-letters/${deadLetterId}/discard`, 200, {
      as: "admin",
      body: { note: "of another test" },
    });
  }
});

async function prepare() {
  const opened = await openTestDatabase();
  serverDb = opened;
  const setUp = await startTestServer({ db: opened });
  await setUp.ask("PUT", `/v1/products/${GTIN}`, 200, { as: "admin", body: { gtin: GTIN, name: "Scarf" } });
  await setUp.ask("PUT", "/v1/locations/S01", 200, {
    as: "admin",
    body: { locationId: "S01", name: "Old Town", zones: [{ zoneId: "dock", name: "Dock", kind: "dock" }] },
  });
  for (const reader of ["r1", "r2", "silent"]) {
    await setUp.ask("PUT", `/v1/readers/S01/${reader}`, 200, {
      as: "admin",
      body: { defaultZoneId: "dock" },
    });
  }
  await setUp.stop();
  return { db: opened };
}

const list = (query: string) =>
  at.ask<DeadLettersPage>("GET", `/v1/dead-letters${query}`, 200, { as: "admin" });
const detail = (id: string) =>
  at.ask<DeadLetterDetail>("GET", `/v1/dead-letters/${id}`, 200, { as: "admin" });
const replay = (id: string, historical = false) =>
  at.ask<DeadLetterStepAnswer>("POST", `/v1/dead-letters/${id}/replay`, 200, {
    as: "admin",
    body: { historical },
  });
const jobOf = (jobId: string) =>
  at.ask<ReplayJob>("GET", `/v1/dead-letters/replays/${jobId}`, 200, { as: "admin" });
const idOf = (topic: string, payload: string) =>
  createHash("sha256").update(topic).update("\0").update(payload).digest("hex").slice(0, 32);

function newRead(observedAtMs = Date.now()) {
  serials += 1;
  const epc = epcOfGtin({ gtin: GTIN, prefixDigits: 7, serial: String(serials), filter: 1 });
  if (!epc.ok) throw new Error(epc.detail);
  return { epc: epc.value, lastSeenAt: new Date(observedAtMs).toISOString(), antenna: 1 };
}

/** A dead letter that an Onhand of before, or one without a mapping for it, wrote of a message that is good today. */
async function store(topic: string, payload: string, receivedAtMs = Date.now()): Promise<string> {
  const deadLetterId = idOf(topic, payload);
  const [, locationId = "", , sourceId = ""] = topic.split("/");
  await db.insert({
    name: "test/dead-letter",
    table: "dead_letters",
    columns: [
      "dead_letter_id",
      "received_at",
      "topic",
      "location_id",
      "source_id",
      "code",
      "detail",
      "payload",
    ],
    rows: [
      [
        deadLetterId,
        new Date(receivedAtMs).toISOString(),
        topic,
        locationId,
        sourceId,
        "message_format_unknown",
        "not known then",
        Buffer.from(payload).toString("base64"),
      ],
    ],
  });
  return deadLetterId;
}

async function onHand(): Promise<number> {
  const rows = await db.query({
    name: "test/on-hand",
    sql: "SELECT toInt64(sum(quantity)) AS quantity FROM movements",
    row: z.object({ quantity: z.number() }),
  });
  return rows[0]?.quantity ?? 0;
}

async function rows(table: string): Promise<number> {
  const found = await db.query({
    name: "test/rows",
    sql: `SELECT count() AS count FROM ${table}`,
    row: z.object({ count: z.number() }),
  });
  return found[0]?.count ?? 0;
}

describe("looking at dead letters", () => {
  test("a message that nobody understands is listed with its reason, its beginning and its shape, and grouped with others alike", async () => {
    for (const reader of ["r1", "r2"]) {
      await ingest.device.publishAsync(`onhand/S01/rfid/${reader}`, '{"tag":"x","when":"now"}', { qos: 1 });
    }
    await ingest.device.publishAsync("onhand/S01/rfid/r1", Buffer.from([0xff, 0xfe, 0x00]), { qos: 1 });
    await untilAsync("three are listed", async () => (await list("")).total === 3);
    const page = await list("?limit=2");
    expect(page.items).toHaveLength(2);
    const next = await list(`?limit=2&cursor=${page.nextCursor}`);
    expect(next).toMatchObject({ nextCursor: null, total: 3 });
    const all = [...page.items, ...next.items];
    expect(new Set(all.map((letter) => letter.deadLetterId)).size).toBe(3);
    expect(all.find((letter) => letter.preview === null)).toMatchObject({ shape: "binary", sizeBytes: 3 });
    expect(all.find((letter) => letter.sourceId === "r2")).toMatchObject({
      state: "open",
      topic: "onhand/S01/rfid/r2",
      kind: "rfid",
      locationId: "S01",
      code: "message_format_unknown",
      shape: "object: tag, when",
      preview: '{"tag":"x","when":"now"}',
      arrivals: 1,
      lastStep: null,
    });
    const { items } = await at.ask<DeadLetterGroups>("GET", "/v1/dead-letters/groups", 200, { as: "admin" });
    expect(items[0]).toMatchObject({ shape: "object: tag, when", kind: "rfid", letters: 2, topicCount: 2 });
    expect(items[0]?.topics).toContainEqual({ topic: "onhand/S01/rfid/r1", letters: 1 });
    expect(await list("?source=r2")).toMatchObject({ total: 1 });
    expect(await list("?shape=binary&kind=rfid&location=S01&code=message_not_json")).toMatchObject({
      total: 1,
    });
    expect(await list("?to=2020-01-01T00:00:00Z")).toMatchObject({ total: 0, items: [] });
  });

  test("all bytes are there, as base64, as text where they are text, and as hex", async () => {
    const text = "Käse 🧀 ".repeat(200);
    const id = await store("onhand/S01/rfid/r1", text);
    expect(await detail(id)).toMatchObject({
      text,
      payloadBase64: Buffer.from(text).toString("base64"),
      sizeBytes: Buffer.byteLength(text),
      steps: [],
    });
    expect((await detail(id)).hex.split("\n")[0]).toBe(
      "00000000  4b c3 a4 73 65 20 f0 9f a7 80 20 4b c3 a4 73 65  K..se .... K..se",
    );
    const binary = await store("onhand/S01/rfid/r1", "\u0000");
    expect((await detail(binary)).text).toBe("\u0000");
    await at.ask("GET", `/v1/dead-letters/${"0".repeat(32)}`, 404, { as: "admin" });
  });
});

describe("replaying one", () => {
  test("what nobody understands today either stays open, says why, and is no second dead letter", async () => {
    await ingest.device.publishAsync("onhand/S01/rfid/r1", '{"no":"read"}', { qos: 1 });
    await untilAsync("it is listed", async () => (await list("")).total === 1);
    const id = (await list("")).items[0]?.deadLetterId ?? "";
    const before = await rows("dead_letters");
    const answer = await replay(id);
    expect(answer).toMatchObject({
      state: "open",
      step: { action: "replay", status: "rejected", code: "message_format_unknown", by: expect.any(String) },
    });
    expect(await rows("dead_letters")).toBe(before);
    expect((await list("")).items[0]?.lastStep).toMatchObject({ status: "rejected" });
  });

  test("reads that are understood now count once, however often they are replayed", async () => {
    const id = await store("onhand/S01/rfid/r1", JSON.stringify(newRead()));
    const before = await onHand();
    expect(await replay(id)).toMatchObject({
      state: "replayed",
      step: { status: "accepted", detail: "Reads: accepted 1." },
    });
    expect(await onHand()).toBe(before + 1);
    expect(
      await at.ask("POST", `/v1/dead-letters/${id}/replay`, 409, { as: "admin", body: {} }),
    ).toMatchObject({
      code: "dead_letter_state",
    });
    await at.ask("POST", `/v1/dead-letters/${id}/reopen`, 200, { as: "admin", body: {} });
    expect((await list("")).total).toBe(1);
    expect(await replay(id)).toMatchObject({ state: "replayed" });
    expect(await onHand()).toBe(before + 1);
    expect((await detail(id)).steps.map((step) => step.action)).toEqual(["replay", "reopen", "replay"]);
  });

  test("an event counts once: a replay after it was taken in is a duplicate", async () => {
    const event = {
      type: "receipt",
      eventId: "asn-1",
      occurredAt: new Date().toISOString(),
      lines: [{ gtin: OTHER_GTIN, quantity: 5 }],
    };
    const id = await store("onhand/S01/stock/erp", JSON.stringify(event));
    const before = await onHand();
    expect(await replay(id)).toMatchObject({ state: "replayed", step: { status: "accepted" } });
    await at.ask("POST", `/v1/dead-letters/${id}/reopen`, 200, { as: "admin", body: {} });
    expect(await replay(id)).toMatchObject({ state: "replayed", step: { status: "duplicate" } });
    expect(await onHand()).toBe(before + 5);
  });

  test("of a message with good and bad reads the good ones, which counted when it came, count no second time", async () => {
    const before = await onHand();
    const message = JSON.stringify([newRead(), { ...newRead(), epc: "not hex" }]);
    await ingest.device.publishAsync("onhand/S01/rfid/r1", message, { qos: 1 });
    await untilAsync("it is listed", async () => (await list("")).total === 1);
    expect(await onHand()).toBe(before + 1);
    const id = idOf("onhand/S01/rfid/r1", message);
    expect(await replay(id)).toMatchObject({
      state: "open",
      step: { status: "rejected", code: "epc_bad_hex" },
    });
    expect(await onHand()).toBe(before + 1);
  });

  test("what lay here for too long is refused as too old, unless the replay says that it is historical", async () => {
    const then = Date.now() - 8 * DAY_MS;
    const id = await store("onhand/S01/rfid/r1", JSON.stringify(newRead(then)), then);
    const before = await onHand();
    expect(await replay(id)).toMatchObject({ state: "open", step: { status: "rejected", code: "too_old" } });
    expect(await onHand()).toBe(before);
    expect(await replay(id, true)).toMatchObject({
      state: "replayed",
      step: { status: "accepted", detail: expect.stringContaining("Without the limit on age") },
    });
    expect(await onHand()).toBe(before + 1);
  });

  test("a replay makes no silent reader look alive", async () => {
    const id = await store("onhand/S01/rfid/silent", JSON.stringify(newRead()));
    expect(await replay(id)).toMatchObject({ step: { status: "accepted", detail: "Reads: accepted 1." } });
    const read = JSON.stringify(newRead());
    await ingest.device.publishAsync("onhand/S01/rfid/r2", read, { qos: 1 });
    type Readers = { items: { readerId: string; health: unknown }[] };
    const healthOf = async (readerId: string) => {
      const { items } = await at.ask<Readers>("GET", "/v1/readers", 200, { as: "admin" });
      return items.find((reader) => reader.readerId === readerId)?.health ?? null;
    };
    await untilAsync("the other reader's health is told", async () => (await healthOf("r2")) !== null);
    expect(await healthOf("silent")).toBeNull();
  });
});

describe("mending the cause", () => {
  test("a gate whose form nobody knows: its messages wait as dead letters, a mapping is given, all of them count once", async () => {
    const before = await onHand();
    const tags = [newRead(), newRead(), newRead()];
    for (const { epc } of tags) {
      const message = JSON.stringify({ tag: epc, seen: Date.now(), port: 1 });
      await ingest.device.publishAsync("onhand/S01/rfid/r1", message, { qos: 1 });
    }
    await untilAsync("three are listed", async () => (await list("")).total === 3);
    const group = (await at.ask<DeadLetterGroups>("GET", "/v1/dead-letters/groups", 200, { as: "admin" }))
      .items[0];
    expect(group).toMatchObject({ letters: 3, shape: "object: port, seen, tag" });
    await at.ask("PUT", "/v1/reader-mappings/gate", 200, {
      as: "admin",
      body: { mapping: { epc: "tag", time: "seen", antenna: "port" } },
    });
    const { code, kind, shape } = group ?? {};
    await untilAsync("ingest knows the mapping, and all are taken in", async () => {
      const job = await at.ask<ReplayJob>("POST", "/v1/dead-letters/replay", 202, {
        as: "admin",
        body: { code, kind, shape },
      });
      await untilAsync("the job has ended", async () => (await jobOf(job.jobId)).state !== "running");
      return (await list("")).total === 0;
    });
    expect(await onHand()).toBe(before + 3);
    for (const { deadLetterId } of (await list("?state=replayed&limit=3")).items) {
      await at.ask("POST", `/v1/dead-letters/${deadLetterId}/reopen`, 200, { as: "admin", body: {} });
      expect(await replay(deadLetterId)).toMatchObject({ state: "replayed" });
    }
    expect(await onHand()).toBe(before + 3);
  });
});

describe("when something breaks in between", () => {
  test("a replay that nobody answers leaves the letter open; its order taken later, and a replay again, count once", async () => {
    const id = await store("onhand/S01/rfid/r1", JSON.stringify(newRead()));
    const before = await onHand();
    // The receipt is lost: ingest commits, and the server dies, or never hears of it.
    const deaf = await startTestServer({ db: serverDb, config: { receiptTimeoutMs: 50 } });
    const orders: { topic: string; payload: string }[] = deaf.bus.published;
    const answer = await deaf.ask<DeadLetterStepAnswer>("POST", `/v1/dead-letters/${id}/replay`, 200, {
      as: "admin",
      body: {},
    });
    expect(answer).toMatchObject({ state: "open", step: { status: "unknown", code: "outcome_unknown" } });
    const order = orders.find(({ topic }) => topic.includes("/replay/"));
    await deaf.stop();
    await ingest.bus.publish(order?.topic ?? "", order?.payload ?? "");
    expect(await onHand()).toBe(before + 1);
    expect((await detail(id)).state).toBe("open");
    expect(await replay(id)).toMatchObject({ state: "replayed" });
    expect(await onHand()).toBe(before + 1);
  });

  test("an order whose bytes are not those of the letter it names is not taken in", async () => {
    const id = await store("onhand/S01/rfid/r1", JSON.stringify(newRead()));
    const before = await onHand();
    const forged = {
      replayId: "replay:x",
      deadLetterId: id,
      topic: "onhand/S01/rfid/r1",
      receivedAt: new Date().toISOString(),
      isHistorical: false,
      payloadBase64: Buffer.from(JSON.stringify(newRead())).toString("base64"),
    };
    await ingest.bus.publish(`onhand/S01/replay/${id}`, JSON.stringify(forged));
    expect(await onHand()).toBe(before);
    expect((await list("?code=unknown_topic")).total).toBe(1);
  });
});

describe("replaying many", () => {
  test("a job takes in all that match, the oldest first, and tells how far it is", async () => {
    const before = await onHand();
    const now = Date.now();
    for (let index = 0; index < 60; index += 1) {
      await store("onhand/S01/rfid/r1", JSON.stringify(newRead()), now - 1000 + index);
    }
    await store("onhand/S01/rfid/r1", '{"still":"rubbish"}', now);
    await store("onhand/S01/stock/other", '{"not":"asked for"}', now);
    const job = await at.ask<ReplayJob>("POST", "/v1/dead-letters/replay", 202, {
      as: "admin",
      body: { kind: "rfid", code: "message_format_unknown" },
    });
    await untilAsync("it has ended", async () => (await jobOf(job.jobId)).state !== "running");
    expect(await jobOf(job.jobId)).toMatchObject({
      state: "finished",
      total: 61,
      tried: 61,
      accepted: 60,
      rejected: 1,
      unknown: 0,
    });
    expect(await onHand()).toBe(before + 60);
    expect((await list("")).items.map((letter) => letter.preview ?? "").toSorted()).toEqual([
      '{"not":"asked for"}',
      '{"still":"rubbish"}',
    ]);
    // Letters of the tests before may have come in the same second.
    const { items: replayed } = await list("?state=replayed&limit=100");
    expect(replayed.filter(({ lastStep }) => lastStep?.jobId === job.jobId)).toHaveLength(60);
  });
});

describe("discarding", () => {
  test("it is kept with the note and can be opened again; both are in the audit log", async () => {
    const id = await store("onhand/S01/rfid/r1", '{"a":"test"}');
    const url = `/v1/dead-letters/${id}`;
    await at.ask("POST", `${url}/discard`, 400, { as: "admin", body: { note: " " } });
    expect(
      await at.ask("POST", `${url}/discard`, 200, { as: "merchandiser", body: { note: "a test of ours" } }),
    ).toMatchObject({
      state: "discarded",
      step: { action: "discard", detail: "a test of ours" },
    });
    expect((await list("")).total).toBe(0);
    expect((await list("?state=discarded&limit=1")).items[0]).toMatchObject({ deadLetterId: id });
    await at.ask("POST", `${url}/reopen`, 200, { as: "admin", body: {} });
    expect((await list("")).total).toBe(1);
    const actions = await db.query({
      name: "test/audit",
      sql: "SELECT action FROM audit_log WHERE subject = {id:String} ORDER BY at",
      params: { id },
      row: z.object({ action: z.string() }),
    });
    expect(actions.map(({ action }) => action)).toEqual(["dead-letter.discard", "dead-letter.reopen"]);
    await at.ask("POST", `${url}/discard`, 403, { as: "device", body: { note: "x" } });
  });

  test("a letter that was replayed and comes again as a dead letter is open again", async () => {
    const payload = JSON.stringify(newRead());
    const id = await store("onhand/S01/rfid/r1", payload);
    await replay(id);
    expect((await list("")).total).toBe(0);
    await store("onhand/S01/rfid/r1", payload, Date.now() + 1000);
    expect((await list("")).items[0]).toMatchObject({ deadLetterId: id, arrivals: 2, state: "open" });
  });
});
