import { describe, expect, it } from "vitest";
import { missingSharedData, readSharedBytes, readSharedJson } from "../../test/support/shared-data.ts";
import { parseTopic } from "./parse-topic.ts";
import { understandMessage } from "./understand-message.ts";

type ExpectedRead = {
  epcHex: string;
  observedAt: string;
  rssiDbm: number | null;
  antenna: number | null;
  readerId?: string;
  readCount?: number;
};
type Sample = {
  file: string;
  vendor: string;
  expect: {
    kind: string;
    reads: ExpectedRead[];
    control?: string;
    antennasConnected?: number[];
    numTagReads?: number;
    numErrors?: number;
  };
};

const missing = missingSharedData("rfid/readers/expected.json", "rfid/pos/recommended-sale.json");
const samples = missing === null ? (readSharedJson("rfid/readers/expected.json") as Sample[]) : [];
/** How our formats are called where the samples' vendor is called otherwise. */
const FORMATS: Record<string, string> = { "impinj-smartreader": "smartreader", "edgex-llrp": "llrp" };
const RECEIVED_AT_MS = Date.UTC(2026, 10, 1);

function understand(topicName: string, file: string) {
  const topic = parseTopic("onhand", topicName);
  if (topic === null) throw new Error(`not a topic: ${topicName}`);
  return understandMessage(topic, readSharedBytes(`rfid/${file}`), RECEIVED_AT_MS);
}

describe.skipIf(missing !== null)(`messages as readers send them ${missing ?? ""}`, () => {
  const ofKind = (kind: string) => samples.filter((sample) => sample.expect.kind === kind);

  it("are all there, of every vendor and kind", () => {
    expect(samples.length).toBeGreaterThanOrEqual(22);
    expect(new Set(samples.map(({ vendor }) => vendor))).toEqual(
      new Set(["impinj", "impinj-smartreader", "zebra", "keonn", "intel-rsp", "edgex-llrp"]),
    );
    const kinds = ["reads", "control", "heartbeat", "readerOffline"];
    expect(kinds.flatMap(ofKind)).toHaveLength(samples.length);
    for (const kind of kinds) expect(ofKind(kind).length).toBeGreaterThan(0);
  });

  it.each(ofKind("reads"))("$file gives its reads", (sample) => {
    const result = understand("onhand/store-1/rfid/r1", `readers/${sample.file}`);
    expect(result).toMatchObject({
      kind: "reads",
      format: FORMATS[sample.vendor] ?? sample.vendor,
      refused: [],
      signs: [],
      reads: sample.expect.reads.map((read) => ({
        epcHex: read.epcHex,
        observedAtMs: Date.parse(read.observedAt),
        rssiDbm: read.rssiDbm ?? Number.NaN,
        antenna: read.antenna ?? -1,
        readerId: read.readerId ?? null,
        readCount: read.readCount ?? 1,
      })),
    });
  });

  it.each(ofKind("control"))("$file is the control $expect.control", (sample) => {
    const { kind, control } = sample.expect;
    expect(understand("onhand/store-1/rfid/r1", `readers/${sample.file}`)).toMatchObject({ kind, control });
  });

  it.each(ofKind("heartbeat"))("$file is a heartbeat with the reader's counters", (sample) => {
    const { kind, antennasConnected, numTagReads, numErrors } = sample.expect;
    const result = understand("onhand/store-1/rfid/r1", `readers/${sample.file}`);
    expect(result).toMatchObject({ kind, antennasConnected, numTagReads, numErrors });
  });

  it.each(ofKind("readerOffline"))("$file says that the reader is gone", (sample) => {
    const result = understand("onhand/store-1/rfid/r1", `readers/${sample.file}`);
    expect(result).toMatchObject({ kind: "readerOffline", detail: "connection lost", atMs: RECEIVED_AT_MS });
  });

  it.each([
    ["recommended-sale.json", "onhand/0614141123452/pos/T03", "sale", "00614141007349"],
    ["recommended-return.json", "onhand/0614141123452/pos/T01", "return", "00614141007349"],
  ])("%s is a till's event", (file, topic, type, gtin) => {
    expect(understand(topic, `pos/${file}`)).toMatchObject({
      kind: "till",
      event: {
        type,
        locationId: "0614141123452",
        lines: expect.arrayContaining([
          expect.objectContaining({ lineNo: 1, type, gtin, epc: "3034257BF400B7800004CB2F" }),
        ]),
      },
    });
  });

  it("recommended-void.json names the line that it takes back", () => {
    expect(understand("onhand/0614141123452/pos/T03", "pos/recommended-void.json")).toMatchObject({
      kind: "till",
      event: { type: "void", voids: { transactionId: "20240528-T03-000417", lineNos: [2] } },
    });
  });

  it.each([
    "intel-rtsf-checkout-events.json",
    "intel-rtsf-no-suspect.json",
    "shopify-inventory-level-update.json",
    "square-inventory-count-updated.json",
  ])("%s, another system's, is rejected with a reason", (file) => {
    const result = understand("onhand/store-1/pos/T1", `pos/${file}`);
    expect(result).toMatchObject({
      kind: "rejected",
      code: expect.stringMatching(/^(till_event_invalid|event_not_object)$/),
    });
  });
});
