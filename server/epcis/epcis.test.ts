import { eventually } from "../../test/support/eventually.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../domain/receipt.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "../../test/support/memory-bus.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
const CAPTURE = "/epcis/v2/capture";
const EVENTS = "/epcis/v2/events";
const NOW = Date.now();

let db: Database;
let bus: MemoryBus;
let at: TestServer;
let isAnswering = true;

/** What ingest does with an event, as far as a sender sees it: a receipt. */
async function answerEvents(on: MemoryBus): Promise<void> {
  for (const kind of ["pos", "stock"]) {
    await on.subscribe(`onhand/+/${kind}/+`, (topic, payload) => {
      const { eventId } = JSON.parse(new TextDecoder().decode(payload)) as { eventId: string };
      const receipt: Receipt = {
        eventId,
        status: "accepted",
        code: null,
        detail: null,
        topic,
        recordedAt: new Date().toISOString(),
      };
      if (isAnswering) void on.publish("onhand/receipts/anybody", JSON.stringify(receipt));
    });
  }
}

beforeAll(async () => {
  db = await openTestDatabase();
  bus = new MemoryBus();
  await answerEvents(bus);
  at = await startTestServer({ db, bus, config: { receiptTimeoutMs: 200 } });
  for (const locationId of ["S01", "S02"]) {
    const body = { name: locationId, zones: [{ zoneId: "floor", name: "Floor", kind: "sales_floor" }] };
    await at.ask("PUT", `/v1/locations/${locationId}`, 200, { as: "admin", body });
  }
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

let serial = 0;
const receiving = (more: object = {}) => {
  serial += 1;
  return {
    type: "ObjectEvent",
    eventTime: new Date(NOW - 60_000 + serial).toISOString(),
    eventTimeZoneOffset: "+00:00",
    action: "OBSERVE",
    bizStep: "receiving",
    epcList: [`urn:epc:id:sgtin:0614141.812345.${serial}`],
    bizLocation: { id: "urn:onhand:location:S01" },
    ...more,
  };
};
const documentOf = (...eventList: unknown[]) => ({
  "@context": [CONTEXT],
  type: "EPCISDocument",
  schemaVersion: "2.0",
  creationDate: new Date(NOW).toISOString(),
  epcisBody: { eventList },
});
type Job = {
  captureID: string;
  running: boolean;
  success: boolean;
  errors: object[];
  events: { eventID: string; status: string; published: object[]; left: { code: string }[] }[];
};

async function capture(
  body: unknown,
  headers: Record<string, string> = {},
  as: "admin" | "device" = "admin",
) {
  const response = await at.request("POST", CAPTURE, { as, body, headers });
  if (response.status !== 202) throw new Error(await response.text());
  return await ended(response.headers.get("location") ?? "");
}
async function ended(location: string): Promise<Job> {
  return await eventually(async () => {
    const job = await at.ask<Job>("GET", location, 200, { as: "admin" });
    expect(job.running).toBe(false);
    return job;
  });
}
type Found = { link: string | null; events: { eventID: string; eventTime: string; epcList: string[] }[] };
async function find(path: string): Promise<Found> {
  const response = await at.request("GET", path, { as: "admin" });
  if (response.status !== 200) throw new Error(await response.text());
  const body = (await response.json()) as {
    epcisBody: { queryResults: { resultsBody: { eventList: Found["events"] } } };
  };
  const link = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
  return { link, events: body.epcisBody.queryResults.resultsBody.eventList };
}

describe("POST /epcis/v2/capture", () => {
  it("answers 202 with the job's address, the versions, and in the end what became of each event", async () => {
    const response = await at.request("POST", CAPTURE, { as: "admin", body: documentOf(receiving()) });
    expect(response.status).toBe(202);
    expect(response.headers.get("gs1-epcis-version")).toBe("2.0.0");
    expect(response.headers.get("gs1-cbv-version")).toBe("2.0.0");
    expect(response.headers.get("gs1-capture-error-behaviour")).toBe("rollback");
    const location = response.headers.get("location") ?? "";
    expect(location).toMatch(/^\/epcis\/v2\/capture\/[0-9a-f-]{36}$/);
    const job = await ended(location);
    expect(job).toMatchObject({ success: true, captureErrorBehaviour: "rollback", errors: [] });
    expect(job.events).toMatchObject([
      { status: "captured", published: [{ kind: "stock", status: "accepted" }] },
    ]);
    const list = await at.ask<Job[]>("GET", `${CAPTURE}?perPage=1`, 200, { as: "admin" });
    expect(list).toEqual([job]);
  });

  it("with rollback one wrong event refuses all; with proceed it refuses that one", async () => {
    const good = receiving();
    const body = documentOf(good, { ...receiving(), bizStep: "unheard" });
    const problem = await at.ask("POST", CAPTURE, 400, { as: "admin", body });
    expect(problem).toMatchObject({
      type: "epcisException:ValidationException",
      code: "epcis_validation_failed",
      errors: [{ at: "/event/1/bizStep" }],
    });
    expect((await find(`${EVENTS}?MATCH_epc=${encodeURIComponent(good.epcList[0] ?? "")}`)).events).toEqual(
      [],
    );
    const job = await capture(body, { "GS1-Capture-Error-Behaviour": "proceed" });
    expect(job).toMatchObject({
      success: false,
      errors: [{ event: 1, type: "epcisException:ValidationException", status: 400 }],
      events: [{ status: "captured" }, { status: "rejected" }],
    });
  });

  it("an event is recorded once; another content under its id is a conflict that refuses a whole rollback document", async () => {
    const event = receiving({ eventID: "urn:uuid:once" });
    expect((await capture(documentOf(event, event))).events.map((one) => one.status)).toEqual([
      "captured",
      "duplicate",
    ]);
    expect((await capture(documentOf(event))).events.map((one) => one.status)).toEqual(["duplicate"]);
    const other = receiving({ eventID: "urn:uuid:once" });
    const fresh = receiving();
    const job = await capture(documentOf(fresh, other));
    expect(job).toMatchObject({ success: false, errors: [{ event: 1, status: 409 }] });
    expect(job.events.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    expect((await find(`${EVENTS}?MATCH_epc=${encodeURIComponent(fresh.epcList[0] ?? "")}`)).events).toEqual(
      [],
    );
    const greedy = await capture(documentOf(fresh, other), { "GS1-Capture-Error-Behaviour": "proceed" });
    expect(greedy.events.map((one) => one.status)).toEqual(["captured", "rejected"]);
  });

  it("a device's events move stock at its own location only", async () => {
    const elsewhere = { bizLocation: { id: "urn:onhand:location:S02" } };
    const job = await capture(documentOf(receiving(), receiving(elsewhere)), {}, "device");
    expect(job.events.map((one) => one.left)).toMatchObject([[], [{ code: "location_not_allowed" }]]);
    const others = await capture(documentOf(receiving()));
    await at.ask("GET", `${CAPTURE}/${others.captureID}`, 404, { as: "device" });
  });

  it("refuses with problems of GS1's names what is no document, too much, or in another form", async () => {
    const ask = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      at.ask("POST", CAPTURE, status, { as: "admin", body, headers });
    const types: unknown[] = [];
    types.push((await ask(400, {}))["type"], (await ask(400, { ...documentOf(), extra: 1 }))["type"]);
    types.push((await ask(400, documentOf(), { "GS1-Capture-Error-Behaviour": "maybe" }))["type"]);
    types.push((await ask(406, documentOf(), { Accept: "application/xml" }))["type"]);
    types.push((await ask(406, documentOf(), { "GS1-EPCIS-Version": "1.2.0" }))["type"]);
    const many = Array.from({ length: 5_001 }, () => ({}));
    types.push((await ask(413, documentOf(...many)))["type"]);
    types.push((await ask(415, undefined, { "content-type": "application/xml" }))["type"]);
    types.push((await at.ask("POST", CAPTURE, 401, {}))["type"]);
    types.push((await at.ask("POST", CAPTURE, 403, { as: "storefront", body: documentOf() }))["type"]);
    expect(types.map((type) => String(type).replace("epcisException:", "")).join(" ")).toBe(
      "ValidationException ValidationException ValidationException NotAcceptableException NotAcceptableException " +
        "CaptureLimitExceededException UnsupportedMediaTypeException SecurityException SecurityException",
    );
    const options = await at.request("OPTIONS", CAPTURE, { as: "admin" });
    expect([options.status, options.headers.get("gs1-epcis-capture-limit")]).toEqual([204, "5000"]);
    expect(options.headers.get("gs1-epcis-capture-file-size-limit")).toBe(String(4 * 1024 * 1024));
    expect(options.headers.get("gs1-capture-error-behaviour")).toBe("all");
  });

  it("a job that a stop cut off goes on at the next start, and writes and moves nothing twice", async () => {
    isAnswering = false;
    const event = receiving();
    const response = await at.request("POST", CAPTURE, { as: "admin", body: documentOf(event) });
    const location = response.headers.get("location") ?? "";
    const query = `${EVENTS}?MATCH_epc=${encodeURIComponent(event.epcList[0] ?? "")}`;
    await eventually(async () => expect((await find(query)).events).toHaveLength(1));
    expect(await at.ask("GET", location, 200, { as: "admin" })).toMatchObject({ running: true });
    await at.stop();
    isAnswering = true;
    bus = new MemoryBus();
    await answerEvents(bus);
    at = await startTestServer({ db, bus, config: { receiptTimeoutMs: 200 } });
    expect(await ended(location)).toMatchObject({ success: true, events: [{ status: "captured" }] });
    expect((await find(query)).events).toHaveLength(1);
  });
});

describe("POST /epcis/v2/events", () => {
  it("captures one event, answers it with its id, and answers the same again in the same way", async () => {
    const event = {
      "@context": [CONTEXT, { ex: "https://ns.example.com/" }],
      ...receiving(),
      "ex:note": "a",
    };
    for (let time = 0; time < 2; time += 1) {
      const response = await at.request("POST", EVENTS, { as: "device", body: event });
      expect(response.status).toBe(201);
      const stored = (await response.json()) as { eventID: string };
      const location = response.headers.get("location") ?? "";
      expect(location).toBe(`${EVENTS}/${encodeURIComponent(stored.eventID)}`);
      const { events } = await find(location);
      expect(events).toMatchObject([{ eventID: stored.eventID, "ex:note": "a" }]);
      expect(events[0]).toMatchObject({ "@context": [{ ex: "https://ns.example.com/" }] });
    }
    const { "@context": _none, ...bare } = event;
    expect(await at.ask("POST", EVENTS, 400, { as: "device", body: bare })).toMatchObject({
      code: "epcis_validation_failed",
    });
    await at.ask("POST", EVENTS, 400, { as: "device", body: { ...event, type: "AggregationEvent" } });
  });

  it("another event under a known id is 409", async () => {
    const event = { "@context": CONTEXT, ...receiving({ eventID: "urn:uuid:taken" }) };
    await at.ask("POST", EVENTS, 201, { as: "admin", body: event });
    const problem = await at.ask("POST", EVENTS, 409, {
      as: "admin",
      body: { ...event, bizStep: "arriving" },
    });
    expect(problem).toMatchObject({ type: "epcisException:ResourceAlreadyExistsException" });
  });
});

const bySerial = (one = "", other = "") => Number(one) - Number(other);

describe("GET /epcis/v2/events", () => {
  it("pages through all events once, in order, whatever is recorded meanwhile", async () => {
    const marker = "urn:uuid:place-of-paging";
    const events = Array.from({ length: 25 }, () => receiving({ readPoint: { id: marker } }));
    await capture(documentOf(...events));
    for (const order of [
      "",
      "&orderBy=eventTime&orderDirection=DESC",
      "&orderBy=eventTime&orderDirection=ASC",
    ]) {
      const seen: string[] = [];
      let path: string | null = `${EVENTS}?EQ_readPoint=${encodeURIComponent(marker)}&perPage=4${order}`;
      for (let page = 0; path !== null; page += 1) {
        const found: Found = await find(path);
        seen.push(...found.events.map((one) => one.epcList[0] ?? ""));
        path = found.link;
        if (page === 1) await capture(documentOf(receiving({ readPoint: { id: "urn:uuid:other" } })));
      }
      const expected = events.map((one) => (one.epcList[0] ?? "").split(".").at(-1));
      if (order.endsWith("DESC")) expected.reverse();
      // Without an order events of one instant may come in any.
      if (order === "") expected.sort(bySerial);
      const serials = seen.map((link) => link.split("/").at(-1));
      if (order === "") serials.sort(bySerial);
      expect(serials).toEqual(expected);
    }
    const path = `${EVENTS}?EQ_readPoint=${encodeURIComponent(marker)}`;
    const first = await find(`${path}&orderBy=eventTime&eventCountLimit=7&perPage=5`);
    expect(first.events).toHaveLength(5);
    const second = await find(first.link ?? "");
    expect([second.events.length, second.link]).toEqual([2, null]);
    expect((await find(`${path}&maxEventCount=25`)).events).toHaveLength(25);
    const problem = await at.ask("GET", `${path}&maxEventCount=24`, 413, { as: "admin" });
    expect(problem).toMatchObject({ type: "epcisException:QueryTooLargeException" });
    const foreign = new URL(first.link ?? "", "http://x").searchParams.get("nextPageToken") ?? "";
    await at.ask("GET", `${EVENTS}?nextPageToken=${foreign}`, 400, { as: "admin" });
  });

  it("writes EPCs as the client wants them", async () => {
    const event = receiving();
    const urn = event.epcList[0] ?? "";
    await capture(documentOf(event));
    const forms: Record<string, string> = {
      "": "https://id.gs1.org/01/80614141123458/21/",
      Always_GS1_Digital_Link: "https://id.gs1.org/01/80614141123458/21/",
      Always_EPC_URN: "urn:epc:id:sgtin:0614141.812345.",
      Never_Translates: "urn:epc:id:sgtin:0614141.812345.",
    };
    for (const [format, start] of Object.entries(forms)) {
      const headers = format === "" ? {} : { "GS1-EPC-Format": format };
      const path = `${EVENTS}?MATCH_anyEPC=${encodeURIComponent(urn)}`;
      const response = await at.request("GET", path, { as: "admin", headers });
      const text = await response.text();
      expect(text).toContain(`"epcList":["${start}${urn.split(".").at(-1)}"]`);
    }
    await at.ask("GET", EVENTS, 406, { as: "admin", headers: { "GS1-EPC-Format": "Tag_URI" } });
  });

  it("refuses what is no parameter, no value, or not done here, each by name", async () => {
    const refused: [string, number, string][] = [
      ["EQ_colour=red", 400, "epcis_query_parameter"],
      ["EQ_action=THROW", 400, "epcis_query_parameter"],
      ["GE_eventTime=yesterday", 400, "epcis_query_parameter"],
      ["perPage=0", 400, "epcis_query_parameter"],
      ["orderBy=bizStep", 400, "epcis_query_parameter"],
      ["eventCountLimit=3", 400, "epcis_query_parameter"],
      ["orderBy=eventTime&eventCountLimit=3&maxEventCount=4", 400, "epcis_query_parameter"],
      ["nextPageToken=abc", 400, "epcis_query_parameter"],
      ["EQ_deviceID=urn:x:1", 501, "epcis_not_implemented"],
    ];
    for (const [query, status, code] of refused) {
      const problem = await at.ask("GET", `${EVENTS}?${query}`, status, { as: "admin" });
      expect([query, problem["code"]]).toEqual([query, code]);
    }
    for (const [method, path] of [
      ["GET", "/queries"],
      ["POST", "/queries/q/subscriptions"],
      ["DELETE", "/nextPageToken/x"],
    ] as const) {
      expect(await at.ask(method, `/epcis/v2${path}`, 501, { as: "admin" })).toMatchObject({
        type: "epcisException:ImplementationException",
      });
    }
  });
});

describe("the values of events have addresses", () => {
  it("lists them, says what lies below, and gives their events", async () => {
    const event = receiving({
      bizStep: "https://ns.example.com/step",
      disposition: "https://ref.gs1.org/cbv/Disp-in_transit",
    });
    await capture(documentOf(event));
    const members = async (path: string) =>
      (await at.ask<{ member: string[] }>("GET", `/epcis/v2${path}`, 200, { as: "admin" })).member;
    expect(await members("/bizSteps?perPage=1000")).toContain("https://ns.example.com/step");
    expect(await members("/dispositions?perPage=1000")).toContain("in_transit");
    expect(await members("/eventTypes")).toContain("ObjectEvent");
    expect(await members("/bizLocations?perPage=1000")).toContain("urn:onhand:location:S01:floor");
    const step = encodeURIComponent("https://ns.example.com/step");
    expect(await members(`/bizSteps/${step}`)).toEqual(["events"]);
    expect((await find(`/epcis/v2/bizSteps/${step}/events`)).events).toHaveLength(1);
    const epc = encodeURIComponent(event.epcList[0] ?? "");
    expect((await find(`/epcis/v2/epcs/${epc}/events?perPage=5`)).events).toHaveLength(1);
    await at.ask("GET", "/epcis/v2/bizSteps/unheard", 404, { as: "admin" });
    await at.ask("GET", `/epcis/v2/bizSteps/${step}/events?EQ_bizStep=x`, 400, { as: "admin" });
    const options = await at.request("OPTIONS", "/epcis/v2/epcs", { as: "admin" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, OPTIONS"]);
    let path: string | null = "/epcis/v2/epcs?perPage=3";
    const all: string[] = [];
    while (path !== null) {
      const response: Response = await at.request("GET", path, { as: "admin" });
      all.push(...((await response.json()) as { member: string[] }).member);
      path = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(25);
  });
});
