import { describe, expect, it } from "vitest";
import { understandReader } from "./understand-reader.ts";

const NOW_MS = Date.UTC(2026, 10, 1);
const EPC = "3074257BF7194E4000001A85";
const SEEN_AT = "2026-09-07T12:50:36.194Z";
const SEEN_AT_MS = Date.parse(SEEN_AT);
const understand = (message: unknown) =>
  understandReader(typeof message === "string" ? message : JSON.stringify(message), NOW_MS);
const read = (more: object = {}) => ({
  epcHex: EPC,
  observedAtMs: SEEN_AT_MS,
  rssiDbm: Number.NaN,
  antenna: -1,
  readerId: null,
  readCount: 1,
  ...more,
});
const base64 = Buffer.from(EPC, "hex").toString("base64");

describe("Impinj says of itself", () => {
  const event = (eventType: string, content: object) => ({
    timestamp: SEEN_AT,
    hostname: "impinj-16-0a-01",
    eventType,
    [`${eventType}Event`]: content,
  });

  it("that it lost reads, with how many", () => {
    expect(
      understand(
        event("overflow", {
          firstEventTimestamp: "2026-09-07T12:40:00Z",
          lastEventTimestamp: "2026-09-07T12:45:00Z",
          eventsPurged: 1200,
          eventsRemaining: 10,
        }),
      ),
    ).toMatchObject({
      kind: "control",
      control: "overflow",
      level: "error",
      lostReads: 1200,
      readerId: "impinj-16-0a-01",
      atMs: SEEN_AT_MS,
      isReaderTime: true,
    });
  });

  it("that it lost reads and not how many", () => {
    expect(understand(event("overflow", {}))).toMatchObject({ control: "overflow", lostReads: null });
  });

  it.each([
    ["antennaConnected", "info"],
    ["antennaDisconnected", "warning"],
    ["antennaActivation", "info"],
  ])("%s, of which antenna", (eventType, level) => {
    expect(understand(event(eventType, { antennaPort: 3 }))).toMatchObject({
      kind: "control",
      control: eventType,
      level,
      antenna: 3,
      lostReads: 0,
    });
  });

  it("takes a read whatever the results of other accesses to the tag are", () => {
    const message = event("tagInventory", {
      epcHex: EPC,
      lastSeenTime: SEEN_AT,
      tagMemoryData: [{ memoryBank: "user", wordOffset: 0, tagDataHex: "" }],
      tagAuthenticationResponse: { messageHex: "00" },
      tagAccessPasswordWriteResponse: { response: "no-response-from-tag" },
    });
    expect(understand(message)).toMatchObject({
      kind: "reads",
      refused: [],
      reads: [read({ readerId: "impinj-16-0a-01" })],
    });
  });

  it("the smart-reader app's notices, which have the same form, say who came or went", () => {
    const status = {
      readerName: "r1",
      mac: "00:16:25:13:F9:0B",
      eventType: "status",
      component: "smartreader",
    };
    expect(understand({ ...status, eventType: "disconnected" })).toMatchObject({
      kind: "readerOffline",
      readerId: "r1",
    });
    expect(understand({ ...status, status: "connected" })).toMatchObject({
      kind: "control",
      control: "connected",
    });
    expect(understand(status)).toMatchObject({ kind: "control", control: "unknown" });
  });
});

describe("Zebra", () => {
  const data = (type: string, content: unknown) => ({
    type,
    timestamp: "2026-09-07T12:50:36.194+0000",
    data: content,
  });

  it.each(["SIMPLE", "INVENTORY", "CONVEYOR", "PORTAL", "CUSTOM"])(
    "in mode %s gives its reads and the mode",
    (mode) => {
      expect(understand(data(mode, { eventNum: 7, format: "epc", idHex: EPC.toLowerCase() }))).toMatchObject({
        kind: "reads",
        mode,
        reads: [read()],
        eventRuns: [{ stream: "data", first: 7, last: 7 }],
      });
    },
  );

  const directional = (more: object) =>
    data("DIRECTIONALITY", {
      eventNum: 12,
      tagId: EPC,
      state: "TRANSITION",
      zone: 2,
      zoneName: "floor",
      prevZone: 1,
      prevZoneName: "back room",
      direction: "OUT",
      ...more,
    });

  it("in mode DIRECTIONALITY gives the zone for an antenna, and the time of the last sight", () => {
    expect(understand(directional({ lastSeenTimestamp: SEEN_AT_MS }))).toMatchObject({
      mode: "DIRECTIONALITY",
      reads: [read({ antenna: 2 })],
    });
  });

  it.each([
    [
      "pairs",
      [
        [SEEN_AT_MS - 5_000, 1],
        [SEEN_AT_MS - 1_000, 2],
      ],
    ],
    [
      "objects",
      [
        { timestamp: SEEN_AT_MS - 5_000, Zone: 1 },
        { timestamp: SEEN_AT_MS - 1_000, Zone: 2 },
      ],
    ],
  ])("in mode DIRECTIONALITY takes the newest time of a history of %s", (_shape, zoneHistory) => {
    expect(understand(directional({ zoneHistory, locationHistory: [] }))).toMatchObject({
      reads: [read({ antenna: 2, observedAtMs: SEEN_AT_MS - 1_000 })],
    });
  });

  it.each([[[[120, 1]]], [[{ timestamp: 120, Zone: 1 }]], [["x", null, 7]], ["none"]])(
    "in mode DIRECTIONALITY does not take %j for a time: the message's counts",
    (zoneHistory) => {
      expect(understand(directional({ zoneHistory }))).toMatchObject({ reads: [read({ antenna: 2 })] });
    },
  );

  it("in mode RAW_DIRECTIONALITY, and what Bluetooth beacons say, is counted and no fault", () => {
    const raw = { eventNum: 3, idHex: EPC, azimuth: 10, azimuthConf: 90, elevation: 5, elevationConf: 80 };
    expect(understand(data("RAW_DIRECTIONALITY", raw))).toMatchObject({ control: "rawDirectionality" });
    expect(understand(data("BLE_DATA", { idHex: EPC }))).toMatchObject({ kind: "control", control: "ble" });
  });

  it("numbers its messages: a batch without a hole is one run, a hole divides it", () => {
    const numbered = (eventNum: number) => data("INVENTORY", { eventNum, idHex: EPC });
    expect(understand([4, 5, 6].map(numbered))).toMatchObject({ eventRuns: [{ first: 4, last: 6 }] });
    expect(understand([4, 5, 9].map(numbered))).toMatchObject({
      eventRuns: [
        { first: 4, last: 5 },
        { first: 9, last: 9 },
      ],
    });
  });

  const event = (type: string, content: unknown) => ({
    component: "RG",
    data: content,
    eventNum: 9,
    timestamp: "2026-09-07T12:50:36.194+0000",
    type,
  });

  it.each([
    ["gpi", { pin: 1, state: "HIGH" }, "info"],
    ["gpo", { pin: 1, state: "HIGH" }, "info"],
    ["error", { message: "radio lost" }, "error"],
    ["warning", "temperature", "warning"],
    ["firmwareUpdateProgress", { overallUpdateProgress: 40 }, "info"],
    ["userapp", "anything", "info"],
    ["hello", {}, "info"],
  ])("sends the management event %s", (type, content, level) => {
    expect(understand(event(type, content))).toMatchObject({
      kind: "control",
      control: type,
      level,
      eventRuns: [{ stream: "RG", first: 9, last: 9 }],
    });
  });

  it("sends heartbeats with its counters in the gateway itself (older firmware)", () => {
    const content = {
      radio_control: {
        antennas: { 1: "connected", 2: "disconnected" },
        numTagReads: 5,
        radioActivity: "active",
      },
      reader_gateway: { numDataMessagesDropped: 4, numDataMessagesRxed: 9 },
      system: {
        systemTime: "2023-03-01T13:57:20.135+0000",
        temperature: { ambient: 23, pa: 21 },
        uptime: "5:21:9",
      },
    };
    expect(understand(event("heartbeat", content))).toMatchObject({
      kind: "heartbeat",
      antennasConnected: [1],
      antennasDisconnected: [2],
      numTagReads: 5,
      numDropped: 4,
      temperatureCelsius: 23,
      activity: "active",
      uptime: "5:21:9",
    });
  });

  it("sends heartbeats with its counters by path, no flash, another time (newer firmware)", () => {
    const content = {
      radio_control: { status: "running" },
      reader_gateway: { dataPathStatistics: [{ numDataMessagesDropped: 1 }, { numDataMessagesDropped: 2 }] },
      system: { flash: null, systemtime: "07/09/2026 12:22", hostName: "FXR60EE59F1" },
    };
    expect(understand(event("heartbeat", content))).toMatchObject({
      kind: "heartbeat",
      readerId: "FXR60EE59F1",
      numDropped: 3,
      activity: "running",
      temperatureCelsius: null,
      atMs: SEEN_AT_MS,
    });
  });

  it("hand-helds give their tags, barcodes are left, records without an EPC are refused", () => {
    const message = {
      type: "inventoryProfile",
      timestamp: SEEN_AT,
      data: {
        tagData: [{ eventNum: 1, EPCid: EPC, peakRssi: -47, seenCount: 3 }, { eventNum: 2 }],
        barcodeData: [{ decodedBarcode: "4006381333931", symbology: "EAN13" }],
      },
    };
    expect(understand(message)).toMatchObject({
      kind: "reads",
      format: "zebra",
      reads: [read({ rssiDbm: -47, readCount: 3 })],
      refused: [{ code: "read_without_epc" }],
      signs: [{ control: "barcode" }],
      eventRuns: [{ first: 1, last: 2 }],
    });
    expect(understand({ type: "heartBeatEVT", timestamp: SEEN_AT, data: { uptime: 12 } })).toMatchObject({
      kind: "heartbeat",
      uptime: "12",
    });
    expect(understand(data("mqttConnEVT", { status: "disconnected" }))).toMatchObject({
      kind: "readerOffline",
    });
  });
});

describe("other readers' messages", () => {
  it.each([
    [
      "Keonn, one read",
      { devid: "door", epc: EPC, rssi: "-62", ts: String(SEEN_AT_MS), port: "3" },
      "keonn",
      read({ rssiDbm: -62, antenna: 3, readerId: "door" }),
    ],
    [
      "Speedway Connect, all text",
      {
        reader_name: "door",
        mac_address: "00:16:25:13:F9:0B",
        tag_reads: [
          {
            epc: EPC,
            antennaPort: "2",
            peakRssi: "-51.5",
            firstSeenTimestamp: `${SEEN_AT_MS}000`,
            isHeartBeat: "false",
          },
        ],
      },
      "speedway",
      read({ rssiDbm: -51.5, antenna: 2, readerId: "door" }),
    ],
    [
      "Kalama",
      {
        epc: EPC,
        epochMillis: SEEN_AT_MS,
        placeId: "p",
        zoneId: "z",
        macAddress: "b0:d5:cc:9f:fd:f8",
        rssi: -60,
      },
      "kalama",
      read({ rssiDbm: -60, readerId: "b0:d5:cc:9f:fd:f8" }),
    ],
    [
      "EdgeX, an event with an object",
      {
        apiVersion: "v3",
        deviceName: "SpeedwayR-19-FE-16",
        sourceName: "ROAccessReport",
        readings: [
          {
            deviceName: "SpeedwayR-19-FE-16",
            resourceName: "ROAccessReport",
            valueType: "Object",
            objectValue: {
              TagReportData: [
                {
                  EPC96: { EPC: base64 },
                  AntennaID: 4,
                  PeakRSSI: -48,
                  LastSeenUTC: SEEN_AT_MS * 1000,
                  TagSeenCount: 6,
                },
              ],
            },
          },
        ],
      },
      "llrp",
      read({ rssiDbm: -48, antenna: 4, readCount: 6, readerId: "SpeedwayR-19-FE-16" }),
    ],
    [
      "EdgeX, a message envelope around a request around text",
      {
        contentType: "application/json",
        payload: Buffer.from(
          JSON.stringify({
            event: {
              deviceName: "r9",
              readings: [
                {
                  value: JSON.stringify({
                    TagReportData: [
                      { EPCData: { EPC: base64, EPCNumBits: 96 }, FirstSeenUTC: SEEN_AT_MS * 1000 },
                    ],
                  }),
                },
              ],
            },
          }),
        ).toString("base64"),
      },
      "llrp",
      read({ readerId: "r9" }),
    ],
    [
      "an EPCIS event that observes",
      {
        type: "ObjectEvent",
        action: "OBSERVE",
        eventTime: SEEN_AT,
        eventTimeZoneOffset: "+00:00",
        epcList: ["urn:epc:tag:sgtin-96:3.0614141.812345.6789"],
        readPoint: { id: "urn:epc:id:sgln:0614141.07346.1234" },
      },
      "epcis",
      read({ readerId: "0614141.07346.1234" }),
    ],
    [
      "CSV as Nedap's",
      `beam_id,epc,frequency,phase,rssi,time,in_box\n0,${EPC},866900000,60,-659,${SEEN_AT_MS / 1000},0\n`,
      "csv",
      read({ antenna: 0, rssiDbm: -65.9 }),
    ],
    [
      "CSV with our own names, quotes and semicolons",
      `"epc";"lastSeenAt";"antenna";"rssiDbm";"reader";"readCount"\r\n"${EPC}";"${SEEN_AT}";"2";"-41.5";"dock;1";"4"\r\n`,
      "csv",
      read({ antenna: 2, rssiDbm: -41.5, readerId: "dock;1", readCount: 4 }),
    ],
  ])("%s", (_name, message, format, expected) => {
    expect(understand(message)).toMatchObject({ kind: "reads", format, reads: [expected], refused: [] });
  });

  it.each([
    [
      { jsonrpc: "2.0", method: "heartbeat", params: { sent_on: SEEN_AT_MS, device_id: "RSP-1" } },
      { kind: "heartbeat", readerId: "RSP-1", atMs: SEEN_AT_MS },
    ],
    [
      {
        jsonrpc: "2.0",
        method: "device_alert",
        params: { device_id: "RSP-1", severity: "critical", alert_description: "x" },
      },
      { control: "alert", level: "error" },
    ],
    [{ jsonrpc: "2.0", method: "brand_new", params: [] }, { control: "unknown" }],
    [
      { reader_name: "r", tag_reads: [{ isHeartBeat: true }] },
      { kind: "heartbeat", readerId: "r" },
    ],
    [{ TagReportData: [] }, { control: "empty" }],
    [
      { ReaderEventNotificationData: { AntennaEvent: { Event: 0, AntennaID: 2 } } },
      { control: "antennaDisconnected", antenna: 2, level: "warning" },
    ],
    [
      { ReaderEventNotificationData: { ReportBufferOverflowErrorEvent: {} } },
      { control: "overflow", lostReads: null, level: "error" },
    ],
    [
      { ReaderEventNotificationData: { ReaderExceptionEvent: { Message: "hot" } } },
      { control: "error", level: "error" },
    ],
    [
      { deviceName: "pos", readings: [{ resourceName: "basket-open", value: "x" }] },
      { control: "unknown", format: "llrp" },
    ],
    [{ type: "EPCISDocument", epcisBody: { eventList: [] } }, { control: "empty" }],
  ])("that carry no read are counted, not failed: %j", (message, expected) => {
    expect(understand(message)).toMatchObject(expected);
  });

  it.each([
    { type: "ObjectEvent", action: "ADD", eventTime: SEEN_AT, epcList: [] },
    { type: "ObjectEvent", action: "OBSERVE", eventTime: SEEN_AT, quantityList: [] },
    { type: "AggregationEvent", action: "OBSERVE", eventTime: SEEN_AT, childEPCs: [] },
    { type: "ObjectEvent", action: "OBSERVE", eventTime: SEEN_AT, epcList: [], errorDeclaration: {} },
  ])("EPCIS events that say more than a sight are refused, with where to send them: %j", (event) => {
    const refused = [
      { code: "epcis_event_not_a_read", detail: expect.stringContaining("POST /epcis/v2/capture") },
    ];
    expect(understand(event)).toMatchObject({ kind: "reads", format: "epcis", reads: [], refused });
    const document = { type: "EPCISDocument", epcisBody: { eventList: [event] } };
    expect(understand(document)).toMatchObject({ refused });
  });

  it("of a query's answer are found in its results", () => {
    const event = {
      type: "ObjectEvent",
      action: "OBSERVE",
      eventTime: SEEN_AT,
      epcList: ["urn:epc:tag:sgtin-96:3.0614141.812345.6789"],
    };
    const document = {
      type: "EPCISQueryDocument",
      epcisBody: { queryResults: { resultsBody: { eventList: [event, event] } } },
    };
    expect(understand(document)).toMatchObject({ reads: [read(), read()] });
  });

  it("CSV rows are judged one by one", () => {
    const table = `epc,time\n${EPC},${SEEN_AT}\n${EPC}\nXYZ,${SEEN_AT}\n${EPC},soon\n${EPC},\n`;
    expect(understand(table)).toMatchObject({
      format: "csv",
      reads: [read()],
      refused: [
        { index: 2, code: "csv_column_count" },
        { index: 3, code: "epc_bad_hex" },
        { index: 4, code: "read_bad_time" },
        { index: 5, code: "read_without_time" },
      ],
    });
  });

  it("of several formats in one message are each taken for what they are", () => {
    const keonn = { devid: "d", reads: [{ epc: EPC, ts: String(SEEN_AT_MS) }] };
    const own = { epc: EPC, lastSeenAt: SEEN_AT };
    const lines = [keonn, own, { nothing: 1 }].map((each) => JSON.stringify(each)).join("\n");
    expect(understand(lines)).toMatchObject({
      reads: [read({ readerId: "d" }), read()],
      refused: [{ index: 2, code: "message_format_unknown" }],
    });
  });
});
