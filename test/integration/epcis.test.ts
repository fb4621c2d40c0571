import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createEpcisValidator } from "../../server/epcis/validate.ts";
import type { Database } from "../../sql/database.ts";
import { type IngestInProcess, startIngestInProcess } from "../support/ingest-in-process.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { untilAsync } from "../support/until.ts";

const GTIN = "80614141123458";
const GLN = "4012345000009";
const CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
const zones = ["dock", "backroom", "sales_floor", "pos"] as const;
const place = (zone: string) => ({ id: `https://id.gs1.org/414/${GLN}/254/${zone}` });
const epc = (serial: number) => `urn:epc:id:sgtin:0614141.812345.${serial}`;
const link = (serial: number) => `https://id.gs1.org/01/${GTIN}/21/${serial}`;

type Job = {
  running: boolean;
  success: boolean;
  errors: { event: number; detail: string }[];
  events: {
    eventID: string;
    status: string;
    published: { kind: string; status: string; eventId: string; code: string | null }[];
    left: { code: string }[];
  }[];
};
type Event = Record<string, unknown> & { eventID: string; epcList: string[]; bizStep: string };
type QueryDocument = { epcisBody: { queryResults: { resultsBody: { eventList: Event[] } } } };

let db: Database;
let ingest: IngestInProcess;
let at: TestServer;
let clockMs = Date.now() - 3_600_000;

const observe = (more: object) => {
  clockMs += 20_000;
  return {
    type: "ObjectEvent",
    eventTime: new Date(clockMs).toISOString(),
    eventTimeZoneOffset: "+00:00",
    action: "OBSERVE",
    epcList: [] as string[],
    ...more,
  };
};
const documentOf = (...eventList: object[]) => ({
  "@context": [CONTEXT],
  type: "EPCISDocument",
  schemaVersion: "2.0",
  creationDate: new Date(clockMs).toISOString(),
  epcisBody: { eventList },
});

async function capture(...events: object[]): Promise<Job> {
  const response = await at.request("POST", "/epcis/v2/capture", {
    as: "admin",
    body: documentOf(...events),
  });
  expect(response.status).toBe(202);
  const location = response.headers.get("location") ?? "";
  let job: Job | null = null;
  await untilAsync("the capture job ends", async () => {
    job = await at.ask<Job>("GET", location, 200, { as: "admin" });
    return !job.running;
  });
  return job as unknown as Job;
}

async function onHand(): Promise<number> {
  const answer = await at.ask<{ items: { onHand: number }[] }>(
    "GET",
    `/v1/availability?gtin=${GTIN}&location=store-1`,
    200,
    { as: "admin" },
  );
  return answer.items[0]?.onHand ?? 0;
}
const untilOnHand = (units: number) =>
  untilAsync(`${units} are on hand`, async () => (await onHand()) === units);

async function query(
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Event[]> {
  const text = new URLSearchParams(parameters).toString();
  const found = await at.ask<QueryDocument>("GET", `/epcis/v2/events?${text}`, 200, { as: "admin", headers });
  return found.epcisBody.queryResults.resultsBody.eventList;
}

beforeAll(async () => {
  db = await openTestDatabase();
  ingest = await startIngestInProcess({ db });
  at = await startTestServer({ db, deps: { bus: ingest.bus } });
  await at.ask("PUT", `/v1/products/${GTIN}`, 200, { as: "admin", body: { gtin: GTIN, name: "Scarf" } });
  for (const [locationId, gln] of [
    ["store-1", GLN],
    ["store-2", "4012345000016"],
  ]) {
    const body = { name: locationId, gln, zones: zones.map((kind) => ({ zoneId: kind, name: kind, kind })) };
    await at.ask("PUT", `/v1/locations/${locationId}`, 200, { as: "admin", body });
  }
});
afterAll(async () => {
  await at.stop();
  await ingest.stop();
  await db.close();
});

describe("captured events move stock", () => {
  it("receiving: goods come in, by EPC and by number, once however often it is told", async () => {
    const event = observe({
      bizStep: "receiving",
      epcList: [epc(1), link(2)],
      quantityList: [{ epcClass: `https://id.gs1.org/01/${GTIN}/10/lot`, quantity: 3 }],
      bizLocation: place("dock"),
    });
    const job = await capture(event);
    expect(job).toMatchObject({ success: true, errors: [], events: [{ status: "captured", left: [] }] });
    expect(job.events[0]?.published).toMatchObject([{ kind: "stock", status: "accepted" }]);
    await untilOnHand(5);
    const again = await capture({ ...event, epcList: [link(1), link(2)] });
    expect(again.events).toMatchObject([{ status: "duplicate", published: [], left: [] }]);
    expect(again.events[0]?.eventID).toBe(job.events[0]?.eventID);
    expect(await onHand()).toBe(5);
  });

  it("retail_selling is a sale, receiving with returned brings it back", async () => {
    await capture(observe({ bizStep: "retail_selling", epcList: [epc(1)], readPoint: place("pos") }));
    await untilOnHand(4);
    const job = await capture(
      observe({
        bizStep: "receiving",
        disposition: "returned",
        epcList: [epc(1)],
        bizLocation: place("pos"),
      }),
    );
    expect(job.events[0]?.published).toMatchObject([{ kind: "till", status: "accepted" }]);
    await untilOnHand(5);
  });

  it("stocking: the item is in the zone from then on", async () => {
    const job = await capture(
      observe({ bizStep: "stocking", epcList: [epc(1)], bizLocation: place("sales_floor") }),
    );
    expect(job.events[0]?.published).toMatchObject([{ kind: "reads", status: "sent" }]);
    const itemOf = (zone: string) =>
      db.query({
        name: "test/item",
        sql: "SELECT epc FROM items WHERE zone_id = {zone:String} AND status = 'present'",
        params: { zone },
        row: z.object({ epc: z.string() }),
      });
    await untilAsync(
      "the item is on the sales floor",
      async () => (await itemOf("sales_floor")).length === 1,
    );
  });

  it("an error declaration takes a sale back", async () => {
    const event = observe({
      eventID: "urn:uuid:sale-1",
      bizStep: "retail_selling",
      epcList: [epc(1)],
      readPoint: place("pos"),
    });
    await capture(event);
    await untilOnHand(4);
    const errorDeclaration = {
      declarationTime: new Date(clockMs + 1000).toISOString(),
      reason: "did_not_occur",
    };
    const job = await capture({ ...event, errorDeclaration });
    expect(job.events).toMatchObject([
      { status: "captured", published: [{ eventId: "urn:uuid:sale-1.reversed", status: "accepted" }] },
    ]);
    await untilOnHand(5);
    const both = await query({ EQ_eventID: "urn:uuid:sale-1" });
    expect(both.map((one) => one["errorDeclaration"])).toEqual([undefined, errorDeclaration]);
  });

  it("decommissioning takes off what is on hand, and what is not is left alone", async () => {
    const event = { action: "DELETE", bizStep: "decommissioning", readPoint: place("pos") };
    const job = await capture(observe({ ...event, epcList: [epc(1), epc(99)] }));
    expect(job.events[0]).toMatchObject({
      published: [{ status: "accepted" }],
      left: [{ code: "not_on_hand" }],
    });
    await untilOnHand(4);
  });

  it("shipping is a transfer, and receiving with the source brings it in", async () => {
    const transaction = {
      bizTransactionList: [{ type: "desadv", bizTransaction: "urn:epcglobal:cbv:bt:1:77" }],
    };
    const party = (gln: string) => `https://id.gs1.org/414/${gln}`;
    await capture(
      observe({
        ...transaction,
        bizStep: "shipping",
        disposition: "in_transit",
        epcList: [epc(2)],
        readPoint: place("dock"),
        destinationList: [{ type: "location", destination: party("4012345000016") }],
      }),
    );
    await untilOnHand(3);
    const job = await capture(
      observe({
        ...transaction,
        bizStep: "receiving",
        epcList: [epc(2)],
        bizLocation: { id: "urn:onhand:location:store-2" },
        sourceList: [{ type: "location", source: party(GLN) }],
      }),
    );
    expect(job.events[0]?.published).toMatchObject([{ status: "accepted" }]);
  });

  it("what is elsewhere, or says nothing of goods, is kept and moves nothing", async () => {
    const job = await capture(
      observe({
        bizStep: "receiving",
        epcList: [epc(5)],
        bizLocation: { id: "urn:epc:id:sgln:9999999.00000.0" },
      }),
      observe({ bizStep: "transporting", epcList: [epc(5)] }),
    );
    expect(job.events.map((one) => one.left)).toMatchObject([
      [{ code: "unknown_place" }],
      [{ code: "no_meaning" }],
    ]);
    expect(await query({ MATCH_epc: link(5) })).toHaveLength(2);
  });
});

describe("our own item events", () => {
  it("come out as EPCIS that is valid, by EPC, by place and by id; captured ones are not there twice", async () => {
    const observedAt = (ms: number) => new Date(ms).toISOString();
    await at.ask("PUT", "/v1/readers/store-1/reader-1", 200, {
      as: "admin",
      body: { antennas: { "1": "dock", "3": "sales_floor" } },
    });
    const hex = "3074257BF7194E4000001A85";
    const read = (antenna: number, ms: number) =>
      ingest.device.publishAsync(
        "onhand/store-1/rfid/reader-1",
        JSON.stringify({ epc: hex, antenna, lastSeenAt: observedAt(ms) }),
        { qos: 1 },
      );
    const startMs = Date.now() - 60_000;
    const mine = { MATCH_anyEPC: epc(6789), orderBy: "eventTime", orderDirection: "ASC" };
    const untilEvents = (count: number) =>
      untilAsync(`${count} item events are EPCIS`, async () => (await query(mine)).length >= count);
    await read(1, startMs);
    await untilEvents(1);
    for (const seconds of [20, 23, 26]) await read(3, startMs + seconds * 1000);
    await untilEvents(2);
    const sale = {
      type: "sale",
      eventId: "till-sale-1",
      terminalId: "T1",
      transactionId: "A/1",
      locationId: "store-1",
      occurredAt: observedAt(startMs + 40_000),
      lines: [{ lineNo: 1, gtin: GTIN, epc: hex, quantity: 1 }],
    };
    await at.ask("POST", "/v1/events", 200, { as: "admin", body: sale });
    await untilEvents(3);
    const events = await query(mine);
    expect(events.map((one) => [one.bizStep, one["disposition"]])).toEqual([
      ["receiving", "sellable_not_accessible"],
      ["stocking", "sellable_accessible"],
      ["retail_selling", "retail_sold"],
    ]);
    expect(events.map((one) => one["bizLocation"])).toEqual([place("dock"), place("sales_floor"), undefined]);
    expect(events[2]?.["bizTransactionList"]).toEqual([
      { type: "urn:onhand:btt:till", bizTransaction: "urn:onhand:transaction:store-1:T1:A%2F1" },
    ]);
    const validator = createEpcisValidator();
    for (const event of events) expect(validator.faultsOfEvent(event)).toEqual([]);
    expect(events.every((one) => /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2.0$/.test(one.eventID))).toBe(true);
    const id = events[1]?.eventID ?? "";
    const one = await at.ask<QueryDocument>("GET", `/epcis/v2/events/${encodeURIComponent(id)}`, 200, {
      as: "admin",
    });
    expect(one.epcisBody.queryResults.resultsBody.eventList).toEqual([events[1]]);
    expect(await query({ ...mine, WD_bizLocation: `https://id.gs1.org/414/${GLN}` })).toHaveLength(2);
    expect(await query({ ...mine, WD_bizLocation: "urn:onhand:location:store-2" })).toEqual([]);
    // What was given out and comes back is known.
    const { recordTime: _time, ...back } = events[1] as Event;
    expect((await capture(back)).events).toMatchObject([{ status: "duplicate", published: [] }]);
    // The captured sale, receipt and returns of above are there as they were captured, and only so.
    expect(await query({ MATCH_epc: epc(1), EQ_bizStep: "receiving" })).toHaveLength(2);
  });
});
