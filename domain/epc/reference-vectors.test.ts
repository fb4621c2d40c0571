import { describe, expect, it } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { gtinCheckDigit } from "../gtin.ts";
import { decodeEpc } from "./decode-epc.ts";
import type { DecodedEpc } from "./epc-fields.ts";
import { encodeDigitalLink } from "./digital-link.ts";
import { encodeEpcUri } from "./encode-epc.ts";
import { schemeOfHeader } from "./headers.ts";
import { parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import { SGTIN_PARTITIONS } from "./partitions.ts";
import { SGTIN_FILTERS } from "./sgtin.ts";

type Vector = { id: string; kind: string; scheme: string; hex: string } & Record<string, unknown>;
type Row = { prefixBits: number; prefixDigits: number; refBits: number; refDigits: number };
type Tables = {
  headers: Record<string, string>;
  schemes: Record<string, { partition: Row[] }>;
  filters: Record<string, Record<string, string>>;
};

const missing = missingSharedData("rfid/vectors.json", "rfid/tds-tables.json");
const vectors =
  missing === null ? (readSharedJson("rfid/vectors.json") as { vectors: Vector[] }).vectors : [];
const ofKind = (...kinds: string[]) => vectors.filter((vector) => kinds.includes(vector.kind));
const isSgtin = (vector: Vector) => vector.scheme === "sgtin-96" || vector.scheme === "sgtin-198";
const sgtins = ofKind("decode-encode").filter(isSgtin);
const others = [
  ...ofKind("decode-encode").filter((vector) => !isSgtin(vector)),
  ...ofKind("other-scheme", "decode-plus"),
];

/** Some examples are printed without the zero bits that fill their last byte. */
function decodeHex(text: string): DecodedEpc {
  const hex = parseEpcHex(text.length % 2 === 0 ? text : `${text}0`);
  if (!hex.ok) throw new Error(hex.detail);
  return decodeEpc(hex.value);
}

describe.skipIf(missing !== null)(`EPC reference vectors ${missing ?? ""}`, () => {
  it("are all there", () => {
    expect(vectors.length).toBeGreaterThanOrEqual(45);
    expect(sgtins.length).toBeGreaterThanOrEqual(11);
    expect(others.length).toBeGreaterThanOrEqual(18);
  });

  it.each(sgtins)("$id: $scheme decodes to every stated form and encodes back", (vector) => {
    const { id: _id, kind: _kind, source: _source, hex, ...forms } = vector;
    expect(decodeHex(hex)).toMatchObject({ ok: true, hex, ...forms });
    expect(encodeEpcUri(String(vector["tagUri"]))).toEqual({ ok: true, value: hex });
    expect(encodeEpcUri(String(vector["pureIdentityUri"]))).toEqual({ ok: true, value: identityOfEpc(hex) });
    expect(gtinOfEpc(hex)).toBe(Number(vector["gtin14"]));
  });

  it.each(others)("$id: $scheme is kept raw under its own name", (vector) => {
    const decoded = decodeHex(vector.hex);
    expect(decoded).toMatchObject({ ok: false, code: "epc_scheme_not_decoded", scheme: vector.scheme });
    expect(decoded.rawUri).toBe(`urn:epc:raw:${decoded.bits}.x${decoded.hex}`);
    expect(gtinOfEpc(decoded.hex)).toBe(0);
  });

  it.each(ofKind("invalid-binary"))("$id: $reason is kept raw", (vector) => {
    expect(decodeHex(vector.hex)).toMatchObject({ ok: false, rawUri: vector["rawUri"] });
    expect(gtinOfEpc(vector.hex)).toBe(0);
  });

  it.each(ofKind("invalid-encode"))("$id: $tagUri is refused", (vector) => {
    expect(encodeEpcUri(String(vector["tagUri"]))).toMatchObject({ ok: false });
  });

  it.each(ofKind("check-digit").filter((vector) => vector["key"] !== "SSCC"))(
    "$id: $key $body has the check digit $checkDigit",
    (vector) => {
      expect(gtinCheckDigit(Number(vector["body"]))).toBe(Number(vector["checkDigit"]));
    },
  );

  it.each(ofKind("digital-link-to-urn"))("$id: $digitalLink is $pureIdentityUri", (vector) => {
    const encoded = encodeDigitalLink(String(vector["digitalLink"]), Number(vector["gcpLength"]));
    expect(encoded).toEqual(encodeEpcUri(String(vector["pureIdentityUri"])));
    expect(encoded.ok).toBe(true);
  });

  it("agree with the tables of headers, partitions and filters", () => {
    const tables = readSharedJson("rfid/tds-tables.json") as Tables;
    const notSchemes = new Set(["E2", "FF"]);
    for (const [header, name] of Object.entries(tables.headers)) {
      const expected = notSchemes.has(header) ? undefined : name.replace(" (deprecated)", "").toLowerCase();
      expect(schemeOfHeader(header)?.toLowerCase()).toBe(expected);
    }
    for (const scheme of ["sgtin-96", "sgtin-198"]) {
      const rows = tables.schemes[scheme]?.partition.map((row) => ({
        prefixBits: row.prefixBits,
        prefixDigits: row.prefixDigits,
        referenceBits: row.refBits,
        referenceDigits: row.refDigits,
      }));
      expect(SGTIN_PARTITIONS).toEqual(rows);
    }
    expect(Object.fromEntries(SGTIN_FILTERS.entries())).toEqual(tables.filters["sgtin"]);
  });
});
