import { describe, expect, it } from "vitest";
import { parseTopic } from "./parse-topic.ts";
import { understandMessage } from "./understand-message.ts";

function understand(topicName: string, message: unknown) {
  const topic = parseTopic("onhand", topicName);
  if (topic === null) throw new Error(`not a topic: ${topicName}`);
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return understandMessage(topic, new TextEncoder().encode(text), 0);
}

const GTIN = "00614141007349";
const EPC = "3034257BF400B7800004CB2F";
const line = (more: object = {}) => ({ lineNo: 1, gtin: GTIN, quantity: 1, ...more });
const sale = (more: object = {}) => ({
  eventId: "e1",
  type: "sale",
  locationId: "store-1",
  terminalId: "T1",
  transactionId: "t1",
  occurredAt: "2024-05-28T14:42:11.318+02:00",
  lines: [line()],
  ...more,
});
const till = (message: unknown) => understand("onhand/store-1/pos/T1", message);
const receipt = (more: object = {}) => ({
  eventId: "e2",
  type: "receipt",
  occurredAt: "2024-05-28T14:42:11.318Z",
  lines: [{ gtin: GTIN, quantity: 3 }],
  ...more,
});
const stock = (message: unknown) => understand("onhand/store-1/stock/wms", message);

describe("a topic", () => {
  it.each([
    ["onhand", "onhand/store-1/rfid/dock.1", { kind: "rfid", locationId: "store-1", sourceId: "dock.1" }],
    [
      "acme/eu",
      "acme/eu/0614141123452/pos/T03",
      { kind: "pos", locationId: "0614141123452", sourceId: "T03" },
    ],
    ["onhand", "onhand/s/stock/wms", { kind: "stock", locationId: "s", sourceId: "wms" }],
  ])("under %s is taken apart: %s", (root, topic, expected) => {
    expect(parseTopic(root, topic)).toEqual({ topic, ...expected });
  });

  it.each([
    "onhand/store-1/movements",
    "onhand/store-1/movements/x",
    "onhand/orders/web",
    "onhand/store-1/rfid/",
    "onhand/store-1/rfid/a/b",
    "onhand//rfid/a",
    "onhand/store 1/rfid/a",
    "onhandy/store-1/rfid/a",
    "other/store-1/rfid/a",
    "onhand",
    "",
  ])("that is no in-topic of a location is null: %j", (topic) => {
    expect(parseTopic("onhand", topic)).toBeNull();
  });
});

describe("a till's message", () => {
  it("comes out with GTINs of 14 digits, EPCs as hex, its location and every line's type", () => {
    const lines = [
      line({ gtin: undefined, gtin14: "614141007349", epc: "urn:epc:tag:sgtin-96:1.0614141.000734.314159" }),
      line({ lineNo: 2, gtin: undefined, epc: EPC.toLowerCase() }),
      line({ lineNo: 3, gtin: "96385074", epc: null, type: "return" }),
    ];
    expect(till(sale({ locationId: undefined, storeId: "store-1", lines }))).toEqual({
      kind: "till",
      event: {
        eventId: "e1",
        type: "sale",
        locationId: "store-1",
        terminalId: "T1",
        transactionId: "t1",
        occurredAt: "2024-05-28T14:42:11.318+02:00",
        lines: [
          { lineNo: 1, type: "sale", gtin: GTIN, epc: EPC, quantity: 1 },
          { lineNo: 2, type: "sale", gtin: GTIN, epc: EPC, quantity: 1 },
          { lineNo: 3, type: "return", gtin: "00000096385074", quantity: 1 },
        ],
      },
    });
  });

  it("without an id is known by location, terminal, transaction and type", () => {
    expect(till(sale({ eventId: undefined }))).toMatchObject({ event: { eventId: "store-1.T1.t1.sale" } });
  });

  it("may name a tag that has no product in it", () => {
    const lines = [line({ gtin: undefined, epc: "E2801160600002054CC2096F" })];
    expect(till(sale({ lines }))).toMatchObject({
      kind: "till",
      event: { lines: [{ epc: "E2801160600002054CC2096F" }] },
    });
    expect(till(sale({ lines }))).not.toHaveProperty("event.lines.0.gtin");
  });

  it("that voids nothing in particular voids its whole transaction", () => {
    expect(till(sale({ type: "void", lines: undefined }))).toMatchObject({
      event: { voids: { transactionId: "t1" } },
    });
  });

  it.each([
    ["{", "message_not_json", null],
    ["connection lost", "message_not_json", null],
    [[sale()], "event_not_object", null],
    [sale({ locationId: "store-2" }), "location_mismatch", "e1"],
    [sale({ storeId: "store-2" }), "location_mismatch", "e1"],
    [sale({ lines: [] }), "till_without_lines", "e1"],
    [sale({ lines: undefined }), "till_without_lines", "e1"],
    [sale({ type: "exchange" }), "till_line_without_type", "e1"],
    [sale({ lines: [line({ gtin: undefined })] }), "till_line_without_product", "e1"],
    [sale({ lines: [line({ gtin: "00614141007348" })] }), "gtin_check_digit", "e1"],
    [sale({ lines: [line({ gtin: "123456789" })] }), "gtin_length", "e1"],
    [sale({ lines: [line({ epc: "30" })] }), null, "e1"],
    [sale({ lines: [line({ epc: "XYZ" })] }), "epc_bad_hex", "e1"],
    [sale({ lines: [line({ epc: "urn:epc:id:sscc:0614141.1234567890" })] }), null, "e1"],
    [sale({ lines: [line({ epc: "urn:epc:id:gid:1.2.3" })] }), "epc_scheme_not_encoded", "e1"],
    [sale({ lines: [line({ gtin: "80614141123458", epc: EPC })] }), "till_line_epc_of_other_product", "e1"],
    [sale({ lines: [line({ quantity: 0 })] }), "till_event_invalid", "e1"],
    [sale({ lines: [line({ quantity: 1.5 })] }), "till_event_invalid", "e1"],
    [sale({ occurredAt: "2024-05-28T14:42:11" }), "till_event_invalid", "e1"],
    [sale({ eventId: 7, type: "gift" }), "till_event_invalid", null],
  ])("%j is judged: %s", (message, code, eventId) => {
    const verdict = code === null ? { kind: "till" } : { kind: "rejected", code, eventId };
    expect(till(message)).toMatchObject(verdict);
  });

  it("says where each fault is", () => {
    expect(till(sale({ terminalId: undefined, lines: [line({ quantity: -1 })] }))).toMatchObject({
      detail: expect.stringMatching(/terminalId: .*; lines\[0\]\.quantity: /),
    });
  });

  it("that is empty clears a retained message and is no fault", () => {
    expect(till("")).toMatchObject({ kind: "control", control: "empty" });
    expect(stock("")).toMatchObject({ kind: "control", control: "empty" });
  });
});

describe("a stock system's message", () => {
  it("comes out with GTINs of 14 digits, EPCs as hex, and its location", () => {
    expect(
      stock(receipt({ lines: [{ gtin: "614141007349", quantity: 2, epcs: [EPC.toLowerCase()] }] })),
    ).toEqual({
      kind: "stock",
      event: {
        eventId: "e2",
        type: "receipt",
        locationId: "store-1",
        occurredAt: "2024-05-28T14:42:11.318Z",
        lines: [{ gtin: GTIN, quantity: 2, state: "sellable", epcs: [EPC] }],
      },
    });
  });

  it.each([
    [receipt({ type: "adjustment", lines: [{ gtin: GTIN, quantity: -2 }] }), null],
    [receipt({ type: "position", lines: [{ gtin: GTIN, quantity: 0 }] }), null],
    [receipt({ lines: [{ gtin: GTIN, quantity: 0 }] }), "stock_quantity_sign"],
    [receipt({ type: "position", lines: [{ gtin: GTIN, quantity: -1 }] }), "stock_quantity_sign"],
    [receipt({ locationId: "store-2" }), "location_mismatch"],
    [receipt({ type: "gift" }), "stock_event_invalid"],
    [receipt({ lines: [{ gtin: "00614141007348", quantity: 1 }] }), "gtin_check_digit"],
    [receipt({ lines: [{ gtin: GTIN, quantity: 1, epcs: ["3"] }] }), "epc_bad_length"],
    ["[]", "event_not_object"],
    ["receipt of 3", "message_not_json"],
  ])("%j is judged: %s", (message, code) => {
    expect(stock(message)).toMatchObject(code === null ? { kind: "stock" } : { kind: "rejected", code });
  });
});
