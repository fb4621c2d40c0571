import { describe, expect, it } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { checkDigitOf, parseGs1Key } from "../gs1-check-digit.ts";
import { gtinCheckDigit, parseGtin } from "../gtin.ts";
import { fixedPrefixLength } from "./company-prefix.ts";
import { decodeEpc } from "./decode-epc.ts";
import { encodeEpcText, encodeEpcUri } from "./encode-epc.ts";
import type { DecodedEpc } from "./epc-fields.ts";
import { schemeOfHeader } from "./headers.ts";
import { parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import { filterName, keySchemeNamed } from "./key-schemes.ts";

type Vector = { id: string; kind: string; scheme: string; hex: string } & Record<string, unknown>;
type Row = { prefixBits: number; prefixDigits: number; refBits: number; refDigits: number };
type Tables = {
  headers: Record<string, string>;
  schemes: Record<string, { header: string; bits: number; partition: Row[] }>;
  filters: Record<string, Record<string, string>>;
  characters7bit: string;
};

const missing = missingSharedData("rfid/vectors.json", "rfid/tds-tables.json");
const vectors =
  missing === null ? (readSharedJson("rfid/vectors.json") as { vectors: Vector[] }).vectors : [];
const ofKind = (kind: string) => vectors.filter((vector) => vector.kind === kind);

function decodeHex(text: string): DecodedEpc {
  const hex = parseEpcHex(text);
  if (!hex.ok) throw new Error(hex.detail);
  return decodeEpc(hex.value);
}

describe.skipIf(missing !== null)(`EPC reference vectors of rfid/vectors.json ${missing ?? ""}`, () => {
  it("are all there, and each has a test here", () => {
    const counts = new Map<string, number>();
    for (const { kind } of vectors) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      "decode-encode": 18,
      "other-scheme": 12,
      "decode-plus": 2,
      "invalid-binary": 4,
      "invalid-encode": 2,
      "check-digit": 5,
      "digital-link-to-urn": 2,
    });
  });

  it.each(ofKind("decode-encode"))("$id: $scheme decodes to every stated form and encodes back", (vector) => {
    const { id: _id, kind: _kind, source: _source, hexAsPrinted, hex, ...forms } = vector;
    expect(decodeHex(hex)).toMatchObject({ ok: true, hex, ...forms });
    expect(decodeHex((hexAsPrinted as string | undefined) ?? hex)).toMatchObject({ ok: true, ...forms });
    const word = { ok: true, value: hex };
    const { filter, bits, gs1CompanyPrefix } = vector as unknown as {
      filter: number;
      bits: number;
      gs1CompanyPrefix: string;
    };
    const options = { filter, bits, prefixLength: fixedPrefixLength(gs1CompanyPrefix.length) };
    expect(encodeEpcText(String(vector["tagUri"]))).toEqual(word);
    expect(encodeEpcText(String(vector["pureIdentityUri"]), options)).toEqual(word);
    expect(encodeEpcText(String(vector["elementString"]), options)).toEqual(word);
    expect(encodeEpcText(String(vector["digitalLink"]), options)).toEqual(word);
    expect(encodeEpcText(String(vector["pureIdentityUri"]))).toEqual({ ok: true, value: identityOfEpc(hex) });
    expect(gtinOfEpc(hex)).toBe(Number(vector["gtin14"] ?? 0));
  });

  it.each(ofKind("other-scheme"))("$id: $scheme is kept raw under its own name", (vector) => {
    const decoded = decodeHex(vector.hex);
    expect(decoded).toMatchObject({ ok: false, code: "epc_scheme_not_decoded", scheme: vector.scheme });
    expect(decoded.rawUri).toBe(`urn:epc:raw:${decoded.bits}.x${decoded.hex}`);
    expect(gtinOfEpc(decoded.hex)).toBe(0);
  });

  it.each(ofKind("decode-plus"))("$id: $scheme decodes to $elementString", (vector) => {
    const { id: _id, kind: _kind, source: _source, note: _note, hex, ...forms } = vector;
    expect(decodeHex(hex)).toMatchObject({ ok: true, ...forms, pureIdentityUri: null, tagUri: null });
    expect(gtinOfEpc(decodeHex(hex).hex)).toBe(79521141123453);
  });

  it.each(ofKind("invalid-binary"))("$id: $reason is kept raw", (vector) => {
    expect(decodeHex(vector.hex)).toMatchObject({ ok: false, rawUri: vector["rawUri"] });
    expect(gtinOfEpc(vector.hex)).toBe(0);
  });

  it.each(ofKind("invalid-encode"))("$id: $tagUri is refused", (vector) => {
    const code = String(vector["tagUri"]).endsWith(".01")
      ? "epc_serial_leading_zero"
      : "epc_serial_out_of_range";
    expect(encodeEpcUri(String(vector["tagUri"]))).toMatchObject({ ok: false, code });
  });

  it.each(ofKind("check-digit"))("$id: $key $body has the check digit $checkDigit", (vector) => {
    const [body, full] = [String(vector["body"]), String(vector["full"])];
    expect(checkDigitOf(body)).toBe(Number(vector["checkDigit"]));
    const key = String(vector["key"]);
    expect(key === "SSCC" || key === "GLN" ? parseGs1Key(key, full) : parseGtin(full)).toMatchObject({
      ok: true,
    });
    // The fast form takes no more than 13 digits.
    const fast = key === "SSCC" ? null : gtinCheckDigit(Number(body));
    expect(fast ?? Number(vector["checkDigit"])).toBe(Number(vector["checkDigit"]));
  });

  it.each(ofKind("digital-link-to-urn"))("$id: $digitalLink is $pureIdentityUri", (vector) => {
    const prefixLength = fixedPrefixLength(Number(vector["gcpLength"]));
    const encoded = encodeEpcText(String(vector["digitalLink"]), { prefixLength });
    expect(encoded).toEqual(encodeEpcUri(String(vector["pureIdentityUri"])));
    expect(encoded.ok).toBe(true);
  });
});

describe.skipIf(missing !== null)(`Tables of rfid/tds-tables.json ${missing ?? ""}`, () => {
  const tables = missing === null ? (readSharedJson("rfid/tds-tables.json") as Tables) : null;

  it("have the headers that are known here", () => {
    const notSchemes = new Set(["E2", "FF"]);
    for (const [header, name] of Object.entries(tables?.headers ?? {})) {
      const expected = notSchemes.has(header) ? undefined : name.replace(" (deprecated)", "").toLowerCase();
      expect(schemeOfHeader(header)?.toLowerCase()).toBe(expected);
    }
  });

  it("have the partitions, lengths and headers of every scheme that is encoded here", () => {
    for (const [name, table] of Object.entries(tables?.schemes ?? {})) {
      const layout = keySchemeNamed(name);
      expect(layout?.bits).toBe(table.bits);
      expect(layout?.header).toBe(Number.parseInt(table.header, 16));
      const rows = table.partition.map((row) => ({
        prefixBits: row.prefixBits,
        prefixDigits: row.prefixDigits,
        referenceBits: row.refBits,
        referenceDigits: row.refDigits,
      }));
      expect(layout?.partitions).toEqual(rows);
    }
    expect(Object.keys(tables?.schemes ?? {})).toHaveLength(9);
  });

  it("have the filters' meanings and the characters of serials", () => {
    for (const [key, filters] of Object.entries(tables?.filters ?? {})) {
      for (const [value, meaning] of Object.entries(filters)) {
        expect(filterName(`${key}-96`, Number(value))).toBe(meaning);
      }
    }
    for (let code = 32; code < 127; code += 1) {
      const character = String.fromCharCode(code);
      const uri = `urn:epc:id:sgtin:0614141.812345.%${code.toString(16)}`;
      expect(encodeEpcUri(uri).ok).toBe(tables?.characters7bit.includes(character));
    }
  });
});
