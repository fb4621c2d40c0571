import { describe, expect, test } from "vitest";
import { draftOf, originOf, scanInto, wishedLines, withQuantity } from "./return-draft.ts";

const CAP = "00614141999996";
const SCARF = "80614141123458";
const bought = draftOf({
  boughtIn: { kind: "order", id: "o-1", channel: "web", method: "pickup" },
  lines: [
    { lineId: "1", gtin: SCARF, handedOver: 1, left: 1, epcs: [] },
    { lineId: "2", gtin: SCARF, handedOver: 2, left: 2, epcs: ["A"] },
    { lineId: "3", gtin: CAP, handedOver: 1, left: 0, epcs: [] },
  ],
});

function scanned(lines: typeof bought, gtin: string, epc: string | null) {
  const result = scanInto(lines, { gtin, epc });
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

describe("what comes back", () => {
  test("the very item goes to the line that it left with, any other unit to the first that has some left", () => {
    let lines = scanned(bought, SCARF, "A");
    expect(lines.map(({ quantity }) => quantity)).toEqual([0, 1, 0]);
    lines = scanned(lines, SCARF, null);
    lines = scanned(lines, SCARF, "B");
    expect(lines.map(({ quantity, epcs }) => [quantity, ...epcs])).toEqual([[1], [2, "A", "B"], [0]]);
    expect(scanInto(lines, { gtin: SCARF, epc: "C" })).toMatchObject({ ok: false, code: "none_left" });
  });

  test("an item counts once, and what was not bought or came back before is refused", () => {
    const lines = scanned(bought, SCARF, "A");
    expect(scanInto(lines, { gtin: SCARF, epc: "A" })).toMatchObject({ ok: false, code: "scanned_before" });
    expect(scanInto(lines, { gtin: CAP, epc: null })).toMatchObject({ ok: false, code: "none_left" });
    expect(scanInto(lines, { gtin: "09506000134352", epc: null })).toMatchObject({ code: "not_bought" });
  });

  test("without an order each product is a line of its own", () => {
    const lines = scanned(scanned(scanned([], CAP, "C"), CAP, null), SCARF, null);
    expect(lines).toMatchObject([
      { gtin: CAP, quantity: 2, epcs: ["C"], lineId: null },
      { gtin: SCARF, quantity: 1, epcs: [], lineId: null },
    ]);
  });

  test("nothing is asked for before each chosen line has a reason, and lines of none are left out", () => {
    expect(wishedLines(bought)).toBeNull();
    const lines = scanned(bought, SCARF, null);
    expect(wishedLines(lines)).toBeNull();
    const because = lines.map((line) => Object.assign({}, line, { reason: "wrong_size" as const }));
    expect(wishedLines(because)).toEqual([
      { gtin: SCARF, quantity: 1, epcs: [], lineId: "1", reason: "wrong_size", condition: "inspect" },
    ]);
  });

  test("fewer units than were scanned are units that nobody scanned", () => {
    const lines = scanned(scanned([], CAP, "A"), CAP, "B");
    expect(lines.map((line) => withQuantity(line, 1))).toMatchObject([{ quantity: 1, epcs: ["A"] }]);
    expect(lines.map((line) => withQuantity(line, 3))).toMatchObject([{ quantity: 3, epcs: ["A", "B"] }]);
  });

  test("where it was bought is named as it was found", () => {
    const at = { channel: null, method: null };
    expect(originOf({ kind: "order", id: "o/1", ...at })).toEqual({ orderId: "o/1" });
    expect(originOf({ kind: "imported_order", id: "shop/10/2", ...at })).toEqual({
      source: "shop",
      orderId: "10/2",
    });
    expect(originOf({ kind: "sale", id: "S01/T1/47/11", ...at })).toEqual({
      receipt: { locationId: "S01", terminalId: "T1", transactionId: "47/11" },
    });
    expect(originOf({ kind: "unknown", id: "", ...at })).toEqual({});
  });
});
