import { expect, test } from "vitest";
import { epcOfGtin } from "../../../domain/epc/encode-epc.ts";
import { identityOfEpc } from "../../../domain/epc/identity.ts";
import { parseScan } from "./parse-scan.ts";

const GTIN = "80614141123458";
const tag = epcOfGtin({ gtin: GTIN, prefixDigits: 7, serial: "17", filter: 1 });
const hex = tag.ok ? tag.value : "";

test("a barcode, a product's link and an element string name the product; a tag names the very item", () => {
  for (const text of [
    GTIN,
    " 80614141 123458\n",
    `(01)${GTIN}(21)17`,
    `01${GTIN}2117`,
    `https://id.gs1.org/01/${GTIN}/21/17`,
  ]) {
    expect([text, parseScan(text)]).toEqual([text, { ok: true, value: { gtin: GTIN, epc: null } }]);
  }
  const item = { gtin: GTIN, epc: identityOfEpc(hex) };
  expect(parseScan(hex.toLowerCase())).toEqual({ ok: true, value: item });
  expect(parseScan("urn:epc:id:sgtin:0614141.812345.17")).toEqual({ ok: true, value: item });
});

test("a short barcode is filled up to 14 digits", () => {
  expect(parseScan("96385074")).toEqual({ ok: true, value: { gtin: "00000096385074", epc: null } });
});

test("a mistyped number is refused by its check digit, and never taken for another product", () => {
  expect(parseScan("80614141123459")).toMatchObject({ ok: false, code: "gtin_check_digit" });
  expect(parseScan("806141411234")).toMatchObject({ ok: false, code: "gtin_check_digit" });
  expect(parseScan("12345")).toMatchObject({ ok: false, code: "gtin_length" });
  expect(parseScan("hello")).toMatchObject({ ok: false, code: "scan_unknown" });
  expect(parseScan("(00)340123450000000000")).toMatchObject({ ok: false });
});
