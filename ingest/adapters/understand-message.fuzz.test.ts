import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTopic } from "./parse-topic.ts";
import { understandMessage, type Understood } from "./understand-message.ts";

const topics = ["onhand/s/rfid/r", "onhand/s/pos/t", "onhand/s/stock/w"].map((topic) => {
  const parsed = parseTopic("onhand", topic);
  if (parsed === null) throw new Error(`not a topic: ${topic}`);
  return parsed;
});
const anyTopic = fc.constantFrom(...topics);

/** What breaks the promises that everything behind the adapters relies on, whatever came in. */
function faultsOf(understood: Understood): string[] {
  if (understood.kind === "rejected") {
    const isExplained = /^[a-z][a-z0-9_]+$/.test(understood.code) && understood.detail !== "";
    return isExplained ? [] : [`rejected without reason: ${JSON.stringify(understood)}`];
  }
  if (understood.kind !== "reads") return [];
  return understood.reads.flatMap((read) => {
    const checks = {
      epcHex: /^([0-9A-F]{2}){1,62}$/.test(read.epcHex),
      observedAtMs: Number.isInteger(read.observedAtMs) && read.observedAtMs >= 0,
      rssiDbm: Number.isNaN(read.rssiDbm) || Math.abs(read.rssiDbm) <= 200,
      antenna: Number.isInteger(read.antenna) && read.antenna >= -1,
      readCount: Number.isInteger(read.readCount) && read.readCount >= 1,
    };
    return Object.entries(checks).flatMap(([name, isGood]) =>
      isGood ? [] : [`${name} of ${JSON.stringify(read)}`],
    );
  });
}

const epc = fc.oneof(
  fc.constant("3034257bf400b7800004cb2f"),
  fc.constant("MHQle_cZTkAAABqF"),
  fc.string(),
  fc.jsonValue(),
);
const scalar = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.constant("2024-05-02T09:15:02.101Z"),
  fc.jsonValue(),
);
const nearlyRead = fc.oneof(
  fc.record(
    {
      eventType: fc.oneof(fc.constant("tagInventory"), fc.string()),
      timestamp: scalar,
      hostname: scalar,
      tagInventoryEvent: fc.oneof(
        scalar,
        fc.record(
          { epc, epcHex: epc, antennaPort: scalar, peakRssiCdbm: scalar, lastSeenTime: scalar },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      type: fc.oneof(fc.constantFrom("SIMPLE", "heartbeat", "DIRECTIONALITY", "gpi"), fc.string()),
      timestamp: scalar,
      command: scalar,
      data: fc.oneof(
        scalar,
        fc.array(scalar),
        fc.record(
          {
            idHex: epc,
            tagId: epc,
            zone: scalar,
            antenna: scalar,
            reads: scalar,
            peakRssi: scalar,
            radio_control: fc.oneof(scalar, fc.record({ antennas: scalar, numTagReads: scalar })),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    { epc, lastSeenAt: scalar, antenna: scalar, rssiDbm: scalar, reader: scalar, readCount: scalar },
    { requiredKeys: [] },
  ),
);
const EVENT_TYPES = [
  "sale",
  "return",
  "exchange",
  "void",
  "receipt",
  "adjustment",
  "position",
  "state_change",
  "transfer_out",
  "transfer_in",
  "expected_receipt",
  "count_started",
  "count_reads",
  "count_ended",
  "count_decided",
];
const nearlyEvent = fc.record(
  {
    eventId: fc.oneof(fc.string(), scalar),
    type: fc.constantFrom(...EVENT_TYPES),
    transferId: fc.string(),
    to: scalar,
    from: scalar,
    reference: scalar,
    expectedAt: scalar,
    countId: fc.oneof(fc.string(), scalar),
    zones: fc.oneof(fc.array(scalar), scalar),
    gtins: fc.oneof(fc.array(fc.oneof(fc.constant("00614141007349"), scalar)), scalar),
    epcs: fc.array(fc.record({ epc, capturedAt: scalar, zoneId: scalar }, { requiredKeys: [] })),
    quantities: fc.array(
      fc.record({ gtin: scalar, quantity: scalar, capturedAt: scalar }, { requiredKeys: [] }),
    ),
    decision: scalar,
    locationId: fc.constantFrom("s", "other"),
    terminalId: fc.string(),
    transactionId: fc.string(),
    occurredAt: scalar,
    lines: fc.array(
      fc.record(
        {
          lineNo: fc.integer(),
          gtin: fc.oneof(fc.constant("00614141007349"), scalar),
          epc,
          epcs: fc.array(epc),
          quantity: scalar,
          from: fc.oneof(fc.constant("sellable"), scalar),
          to: fc.oneof(fc.constant("damaged"), scalar),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);

describe("any message at all", () => {
  it("of random bytes is judged, never thrown", () => {
    fc.assert(
      fc.property(anyTopic, fc.uint8Array({ maxLength: 300 }), (topic, bytes) => {
        expect(faultsOf(understandMessage(topic, bytes, 0))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it("of random text and JSON is judged, never thrown", () => {
    fc.assert(
      fc.property(
        anyTopic,
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json(),
          fc.array(fc.json()).map((lines) => lines.join("\n")),
        ),
        (topic, text) => {
          expect(faultsOf(understandMessage(topic, new TextEncoder().encode(text), 0))).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("that nearly is a read or an event is judged, never thrown", () => {
    const nearly = fc.oneof(nearlyRead, nearlyEvent);
    fc.assert(
      fc.property(anyTopic, fc.oneof(nearly, fc.array(nearly)), (topic, message) => {
        expect(
          faultsOf(understandMessage(topic, new TextEncoder().encode(JSON.stringify(message)), 0)),
        ).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it("cut off at any byte is judged, never thrown", () => {
    const whole = JSON.stringify([
      {
        eventType: "tagInventory",
        timestamp: "2024-05-02T09:15:02Z",
        tagInventoryEvent: { epcHex: "3034257BF400B7800004CB2F" },
      },
    ]);
    for (let length = 0; length < whole.length; length += 1) {
      for (const topic of topics)
        expect(
          faultsOf(understandMessage(topic, new TextEncoder().encode(whole.slice(0, length)), 0)),
        ).toEqual([]);
    }
  });

  it.each([
    ["alone", "@"],
    ["as a time", '{"epc":"3034257BF400B7800004CB2F","lastSeenAt":@}'],
    ["as an event's content", '{"eventType":"overflow","overflowEvent":@}'],
    ["as an event's type", '{"eventType":@,"tagInventoryEvent":{}}'],
    ["as data", '{"type":"error","data":@}'],
    ["as an answer", '{"command":"get_mode","command_id":"1","response":@}'],
    ["as a tag", '{"type":"DIRECTIONALITY","data":{"tagId":@,"state":"TIMED_OUT"}}'],
    ["beside a notice", '{"status":"offline","more":@}'],
    ["in a sale", '{"type":"sale","eventId":@,"lines":@}'],
  ])("nested a hundred thousand deep, %s, is judged, never thrown", (_place, message) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const deep = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      const bytes = new TextEncoder().encode(message.replaceAll("@", deep));
      for (const topic of topics) expect(faultsOf(understandMessage(topic, bytes, 0))).toEqual([]);
    }
  });

  it("with a byte order mark is read as without", () => {
    const bytes = new TextEncoder().encode(
      '\uFEFF{"epc":"3034257BF400B7800004CB2F","lastSeenAt":1714641302101}',
    );
    const [readers] = topics;
    if (readers === undefined) throw new Error("no topic");
    expect(understandMessage(readers, bytes, 0)).toMatchObject({ kind: "reads", format: "onhand" });
  });
});
