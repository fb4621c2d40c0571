import { describe, expect, it } from "vitest";
import { missingSharedData, readSharedJson } from "../../test/support/shared-data.ts";
import { gtinCheckDigit } from "../gtin.ts";
import { decodeEpc } from "./decode-epc.ts";
import { encodeDigitalLink } from "./digital-link.ts";
import { encodeEpcUri } from "./encode-epc.ts";
import { schemeOfHeader } from "./headers.ts";
import { parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import { SGTIN_PARTITIONS } from "./partitions.ts";
import { SGTIN_FILTERS } from "./sgtin.ts";

type Vector = { id: string; kind: string; scheme: string; hex: string; hexAsPrinted?: string } & Record<
  string,
  unknown
>;
type Tables = {
  headers: Record<string, string>;
  schemes: Record<
    string,
    {
      partition: {
        partition: number;
        prefixBits: number;
        prefixDigits: number;
        refBits: number;
        refDigits: number;
      }[];
    }
  >;
  filters: Record<string, Record<string, string>>;
};

const missing = missingSharedData("rfid/vectors.json", "rfid/tds-tables.json");

describe.skipIf(missing !== null)(missing ?? "EPC reference vectors", () => {
  const vectors = missing === null ? readSharedJson<{ vectors: Vector[] }>("rfid/vectors.json").vectors : [];
  const ofKind = (...kinds: string[]) => vectors.filter((vector) => kinds.includes(vector.kind));
  const isSgtin = (vector: Vector) => vector.scheme === "sgtin-96" || vector.scheme === "sgtin-198";

  it("are all there", () => {
    expect(vectors.length).toBeGreaterThanOrEqual(45);
    expect(ofKind("decode-encode").filter(isSgtin).length).toBeGreaterThanOrEqual(11);
  });

  it("of SGTIN decode to every stated form and encode back", () => {
    for (const vector of ofKind("decode-encode").filter(isSgtin)) {
      const hex = parseEpcHex(vector.hex);
      if (!hex.ok) throw new Error(hex.detail);
      const decoded = decodeEpc(hex.value);
      const { filter, partition, gs1CompanyPrefix, reference, serial, tagUri, pureIdentityUri, gtin14 } =
        vector;
      const { elementString, digitalLink } = vector;
      expect(decoded, vector.id).toMatchObject({
        ok: true,
        scheme: vector.scheme,
        ...{ filter, partition, gs1CompanyPrefix, reference, serial, tagUri, pureIdentityUri, gtin14 },
        ...{ elementString, digitalLink },
      });
      expect(encodeEpcUri(String(tagUri)), vector.id).toEqual(hex);
      expect(encodeEpcUri(String(pureIdentityUri)), vector.id).toEqual({
        ok: true,
        value: identityOfEpc(hex.value),
      });
      expect(gtinOfEpc(hex.value), vector.id).toBe(Number(gtin14));
    }
  });

  it("of other schemes are kept raw under their own name", () => {
    const others = [
      ...ofKind("decode-encode").filter((vector) => !isSgtin(vector)),
      ...ofKind("other-scheme", "decode-plus"),
    ];
    expect(others.length).toBeGreaterThanOrEqual(18);
    for (const vector of others) {
      // Some examples are printed without the zero bits that fill their last byte.
      const whole = vector.hex.length % 2 === 0 ? vector.hex : `${vector.hex}0`;
      const hex = parseEpcHex(whole);
      if (!hex.ok) throw new Error(hex.detail);
      expect(decodeEpc(hex.value), vector.id).toMatchObject({
        ok: false,
        code: "epc_scheme_not_decoded",
        scheme: vector.scheme,
        rawUri: `urn:epc:raw:${whole.length * 4}.x${whole}`,
      });
      expect(gtinOfEpc(hex.value), vector.id).toBe(0);
    }
  });

  it("that can't be decoded are kept raw", () => {
    for (const vector of ofKind("invalid-binary")) {
      const hex = parseEpcHex(vector.hex);
      if (!hex.ok) throw new Error(hex.detail);
      expect(decodeEpc(hex.value), vector.id).toMatchObject({ ok: false, rawUri: vector["rawUri"] });
      expect(gtinOfEpc(hex.value), vector.id).toBe(0);
    }
  });

  it("that can't be encoded are refused", () => {
    for (const vector of ofKind("invalid-encode")) {
      expect(encodeEpcUri(String(vector["tagUri"])).ok, vector.id).toBe(false);
    }
  });

  it("of GTIN and GLN check digits agree", () => {
    for (const vector of ofKind("check-digit").filter((entry) => entry["key"] !== "SSCC")) {
      expect(gtinCheckDigit(Number(vector["body"])), vector.id).toBe(Number(vector["checkDigit"]));
    }
  });

  it("of Digital Links encode with the prefix length that they state", () => {
    for (const vector of ofKind("digital-link-to-urn")) {
      const encoded = encodeDigitalLink(String(vector["digitalLink"]), Number(vector["gcpLength"]));
      expect(encoded, vector.id).toEqual(encodeEpcUri(String(vector["pureIdentityUri"])));
    }
  });

  it("agree with the tables of headers, partitions and filters", () => {
    const tables = readSharedJson<Tables>("rfid/tds-tables.json");
    for (const [header, name] of Object.entries(tables.headers)) {
      const scheme = schemeOfHeader(header);
      if (header === "E2" || header === "FF") expect(scheme).toBeNull();
      else
        expect(name.toLowerCase()).toMatch(
          new RegExp(`^${scheme?.toLowerCase().replaceAll("+", "\\+")}( |$)`),
        );
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
