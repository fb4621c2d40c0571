import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexOfBase64 } from "./base64-hex.ts";
import { understandReader } from "./understand-reader.ts";

const NOW_MS = Date.UTC(2026, 10, 1);
const SEEN_AT = "2024-05-02T09:15:02.101Z";
const SEEN_AT_MS = Date.parse(SEEN_AT);
const EPC = "3074257BF7194E4000001A85";
const understand = (message: unknown) =>
  understandReader(typeof message === "string" ? message : JSON.stringify(message), NOW_MS);
const impinj = (event: object) => ({
  eventType: "tagInventory",
  timestamp: SEEN_AT,
  tagInventoryEvent: event,
});
const zebra = (data: unknown, type = "CUSTOM") => ({ type, timestamp: SEEN_AT, data });
const own = (epc: string, more: object = {}) => ({ epc, lastSeenAt: SEEN_AT, ...more });
const read = (more: object = {}) => ({
  epcHex: EPC,
  observedAtMs: SEEN_AT_MS,
  rssiDbm: Number.NaN,
  antenna: -1,
  readerId: null,
  readCount: 1,
  ...more,
});

describe("a reader's message", () => {
  it.each([
    ["Impinj, base64url", impinj({ epc: "MHQle_cZTkAAABqF" }), "impinj", read()],
    ["Impinj, standard base64", impinj({ epc: "MHQle/cZTkAAABqF", epcHex: "" }), "impinj", read()],
    ["Impinj, hex before base64", impinj({ epc: "AAAA", epcHex: EPC }), "impinj", read()],
    [
      "Impinj, hundredths of dBm",
      impinj({ epcHex: EPC, peakRssiCdbm: -4155 }),
      "impinj",
      read({ rssiDbm: -41.55 }),
    ],
    [
      "Impinj, last sight before the event's time",
      impinj({ epcHex: EPC, lastSeenTime: "2024-05-02T09:00:00.123456Z" }),
      "impinj",
      read({ observedAtMs: Date.parse("2024-05-02T09:00:00.123Z") }),
    ],
    [
      "Impinj, a name instead of an antenna port",
      impinj({ epcHex: EPC, antennaName: "DOOR" }),
      "impinj",
      read(),
    ],
    [
      "Zebra, lower case",
      zebra({ idHex: EPC.toLowerCase(), antenna: 2, peakRssi: -54, reads: 9 }),
      "zebra",
      read({ antenna: 2, rssiDbm: -54, readCount: 9 }),
    ],
    [
      "Zebra, numbers as text",
      zebra({ idHex: EPC, antenna: "2", peakRssi: "-54", reads: "9" }),
      "zebra",
      read({ antenna: 2, rssiDbm: -54, readCount: 9 }),
    ],
    [
      "Zebra, host name on request",
      zebra({ idHex: EPC, hostName: "FX9600EE59F1" }),
      "zebra",
      read({ readerId: "FX9600EE59F1" }),
    ],
    ["Zebra, an operating mode not heard of", zebra({ idHex: EPC }, "TOMORROW"), "zebra", read()],
    [
      "Zebra, directionality",
      zebra(
        {
          tagId: EPC.toLowerCase(),
          state: "TRANSITION",
          zone: 3,
          lastSeenTimestamp: 1714641302101,
          zoneHistory: [[1, 2]],
        },
        "DIRECTIONALITY",
      ),
      "zebra",
      read({ antenna: 3 }),
    ],
    [
      "own",
      own(EPC, { antenna: 4, rssiDbm: -51.25, reader: "dock-1", readCount: 3 }),
      "onhand",
      read({ antenna: 4, rssiDbm: -51.25, readerId: "dock-1", readCount: 3 }),
    ],
    ["own, 0x and epoch milliseconds", { epc: `0x${EPC}`, lastSeenAt: SEEN_AT_MS }, "onhand", read()],
    ["own, a tag URI", own("urn:epc:tag:sgtin-96:3.0614141.812345.6789"), "onhand", read()],
  ])("of one read: %s", (_name, message, format, expected) => {
    expect(understand(message)).toMatchObject({
      kind: "reads",
      format,
      reads: [expected],
      refused: [],
      signs: [],
    });
  });

  it("keeps the tag as it was sent: filter and trailing words stay", () => {
    const padded = `${EPC}0000`;
    expect(understand(own(padded))).toMatchObject({ reads: [{ epcHex: padded }] });
  });

  it("may be an array, lines, or both, and may begin with a byte order mark's absence", () => {
    const three = [own(EPC), impinj({ epcHex: EPC }), zebra({ idHex: EPC })];
    const lines = three.map((entry) => JSON.stringify(entry));
    for (const message of [
      JSON.stringify(three),
      lines.join("\n"),
      `${lines.join("\r\n\r\n")}\r\n`,
      `[${lines[0]}]\n${lines.slice(1).join("\n")}`,
    ]) {
      expect(understand(message)).toMatchObject({
        kind: "reads",
        format: "onhand",
        reads: [read(), read(), read()],
        refused: [],
      });
    }
  });

  it("keeps its good reads beside its bad ones, which it names", () => {
    const message = [
      own(EPC),
      own("30742"),
      { lastSeenAt: SEEN_AT },
      own(EPC, { lastSeenAt: "soon" }),
      { epc: EPC },
      7,
      impinj({ epc: "M!" }),
      impinj({}),
    ];
    expect(understand(message)).toMatchObject({
      kind: "reads",
      reads: [read()],
      refused: [
        { index: 1, code: "epc_bad_length" },
        { index: 2, code: "message_format_unknown" },
        { index: 3, code: "read_bad_time" },
        { index: 4, code: "read_without_time" },
        { index: 5, code: "message_format_unknown" },
        { index: 6, code: "epc_bad_base64" },
        { index: 7, code: "read_without_epc" },
      ],
    });
  });

  it("names the line that is not JSON and takes the others", () => {
    const good = JSON.stringify(own(EPC));
    expect(understand(`${good}\n{"epc":\n${good}`)).toMatchObject({
      reads: [read(), read()],
      refused: [{ index: 1, code: "message_not_json" }],
    });
  });

  it.each([
    [-4_000_000, Number.NaN],
    ["loud", Number.NaN],
    [null, Number.NaN],
    ["-4150", -41.5],
  ])("takes the read whatever its field strength: %j", (peakRssiCdbm, rssiDbm) => {
    expect(understand(impinj({ epcHex: EPC, peakRssiCdbm }))).toMatchObject({ reads: [read({ rssiDbm })] });
  });

  it.each([
    [
      { eventType: "overflow", timestamp: SEEN_AT, overflowEvent: { eventsPurged: 12 } },
      "overflow",
      '{"eventsPurged":12}',
    ],
    [
      { eventType: "antennaConnected", antennaConnectedEvent: { antennaPort: 1 } },
      "antennaConnected",
      '{"antennaPort":1}',
    ],
    [{ eventType: "brandNew", brandNewEvent: { x: 1 } }, "unknown", 'brandNew {"x":1}'],
    [zebra({ pin: 1, state: "LOW" }, "gpi"), "gpi", '{"pin":1,"state":"LOW"}'],
    [{ component: "RC", type: "warning", timestamp: SEEN_AT, data: "hot" }, "warning", "hot"],
    [zebra({ anything: 1 }, "BLE_DATA"), "ble", ""],
    [zebra({ anything: 1 }, "NOVELTY"), "unknown", 'NOVELTY {"anything":1}'],
    [
      { command: "get_mode", command_id: "1", response: "success", payload: {} },
      "commandResponse",
      "get_mode: success",
    ],
    [zebra({ tagId: EPC, state: "TIMED_OUT" }, "DIRECTIONALITY"), "timedOut", EPC],
    ["", "empty", "nothing in it"],
    ["\r\n", "empty", "nothing in it"],
    [[], "empty", "nothing in it"],
    ["Reader connected", "connected", "Reader connected"],
    [{ status: "online" }, "connected", '{"status":"online"}'],
  ])("that carries no read is counted, not failed: %j", (message, control, detail) => {
    expect(understand(message)).toMatchObject({ kind: "control", control, detail });
  });

  it("keeps what the reader says of itself among its reads", () => {
    const message = [
      { eventType: "overflow", timestamp: SEEN_AT, overflowEvent: {} },
      impinj({ epcHex: EPC }),
    ];
    expect(understand(message)).toMatchObject({
      kind: "reads",
      reads: [read()],
      signs: [{ kind: "control", control: "overflow", atMs: SEEN_AT_MS }],
    });
  });

  it.each([
    "connection lost",
    "offline",
    "Reader impinj-16-0a-01 disconnected",
    "not connected",
    '"gone"',
    { status: "offline" },
    { state: "DISCONNECTED", reader: "r1" },
  ])("as a notice says that the reader is gone: %j", (message) => {
    expect(understand(message)).toMatchObject({ kind: "readerOffline", atMs: NOW_MS });
  });

  it.each([
    ['{"epc":"3074', "message_not_json"],
    ["<tag-read epc='1'/>", "message_not_json"],
    ["rssi,antenna\n-40,1", "message_not_json"],
    ["3074257BF7194E4000001A85", "message_not_json"],
    ["seen 3074257BF7194E4000001A85", "message_not_json"],
    ["\u0000\u0001\uFFFD", "message_not_json"],
    ["12", "message_format_unknown"],
    ["null", "message_format_unknown"],
    ["{}", "message_format_unknown"],
    ["[[1]]", "message_format_unknown"],
    [{ status: "fine" }, "message_format_unknown"],
  ])("that is none of this is rejected: %j", (message, code) => {
    expect(understand(message)).toMatchObject({ kind: "rejected", code });
  });

  it("decodes base64 exactly as the platform does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 62 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        const hex = buffer.toString("hex").toUpperCase();
        for (const text of [
          buffer.toString("base64"),
          buffer.toString("base64url"),
          buffer.toString("base64").replace(/=/g, ""),
        ]) {
          expect(hexOfBase64(text)).toBe(hex);
        }
      }),
    );
    for (const wrong of ["A", "AAAAA", "AA=", "A===", "=", "AA==AA", "AA A", "ÄÄÄÄ", "AAA=AAA="]) {
      expect(hexOfBase64(wrong)).toBe("");
    }
  });
});
