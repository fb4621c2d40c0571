import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gtinToNumber } from "../gtin.ts";
import type { EpcHex } from "../identifiers.ts";
import { decodeEpc } from "./decode-epc.ts";
import { fixedPrefixLength } from "./company-prefix.ts";
import { encodeEpcText, encodeEpcUri, epcOfGtin, parseEpcText } from "./encode-epc.ts";
import { encodeKey } from "./encode-key.ts";
import { normaliseEpcHex, parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import { type KeyParts, keySchemeNamed } from "./key-schemes.ts";

const CHARACTERS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

function decodeText(text: string) {
  const hex = parseEpcHex(text);
  if (!hex.ok) throw new Error(hex.detail);
  return decodeEpc(hex.value);
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(""));
const anyPrefixAndReference = fc
  .integer({ min: 6, max: 12 })
  .chain((length) => fc.tuple(digits(length), digits(13 - length)));
const numericSerial = fc.integer({ min: 0, max: 2 ** 38 - 1 }).map(String);
const textSerial = fc.string({
  unit: fc.constantFrom(...Array.from(CHARACTERS)),
  minLength: 1,
  maxLength: 20,
});
const anyParts = (serial: fc.Arbitrary<string>): fc.Arbitrary<KeyParts & { serial: string }> =>
  fc.record({ filter: fc.nat(7), both: anyPrefixAndReference, serial }).map(({ filter, both, serial }) => ({
    key: "sgtin",
    filter,
    gs1CompanyPrefix: both[0],
    reference: both[1],
    serial,
  }));
const encodeDigitalLink = (uri: string, length: number) =>
  encodeEpcText(uri, { prefixLength: fixedPrefixLength(length) });

describe("EPC codec", () => {
  it("decodes the standard's SGTIN-96 example in every form", () => {
    expect(decodeText("0x3074257bf7194e4000001a85")).toEqual({
      ok: true,
      hex: "3074257BF7194E4000001A85",
      bits: 96,
      scheme: "sgtin-96",
      rawUri: "urn:epc:raw:96.x3074257BF7194E4000001A85",
      filter: 3,
      partition: 5,
      gs1CompanyPrefix: "0614141",
      reference: "812345",
      serial: "6789",
      gtin14: "80614141123458",
      sscc: null,
      gln: null,
      grai: null,
      giai: null,
      ais: { "01": "80614141123458", "21": "6789" },
      aidcDataFollows: null,
      pureIdentityUri: "urn:epc:id:sgtin:0614141.812345.6789",
      tagUri: "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
      elementString: "(01)80614141123458(21)6789",
      digitalLink: "https://id.gs1.org/01/80614141123458/21/6789",
    });
  });

  it("decodes the standard's SGTIN-198 example, with its escape", () => {
    const printed = decodeText("3674257BF6B7A659B2C2BF1000000000000000000000000000");
    expect(printed).toMatchObject({
      ok: true,
      serial: "32a/b",
      pureIdentityUri: "urn:epc:id:sgtin:0614141.712345.32a%2Fb",
      digitalLink: "https://id.gs1.org/01/70614141123451/21/32a%2Fb",
    });
  });

  it.each([
    ["E2801160600002054CC2096F", "epc_tid_header", null],
    ["000000000000000000000343", "epc_unprogrammed", "unprogrammed"],
    ["AD99160040AAC99525000025", "epc_unknown_header", null],
    ["2D74257BF4499602D2000000", "epc_scheme_not_decoded", "gsrn-96"],
    ["3174257BF4499602D2000001", "epc_reserved_bits", "sscc-96"],
    ["3174257BF6540BE400000000", "epc_reference_out_of_range", "sscc-96"],
    ["321C257BF46072000000162E", "epc_partition_invalid", "sgln-96"],
    ["3203A3529440000000000000", "epc_prefix_out_of_range", "sgln-96"],
    ["330000000000044000000001", "epc_reference_out_of_range", "grai-96"],
    ["3774257BF40C0E400000000000000000000000", "epc_too_short", "grai-170"],
    ["3774257BF40C0E400000000000000000000000000000", "epc_serial_empty", "grai-170"],
    ["341FFFFFFFFFFFFFFFFFFFFF", "epc_partition_invalid", "giai-96"],
    ["3874257BF4000000000000000000000000000000000000000000", "epc_serial_empty", "giai-202"],
    ["F73795211411234538", "epc_too_short", "SGTIN+"],
    ["F7379521141123453C182000", "epc_serial_encoding", "SGTIN+"],
    ["F737952114112345F8566CB0AFC4", "epc_gtin_digits", "SGTIN+"],
    ["F73795211411234508566CB0AFC4", "gtin_check_digit", "SGTIN+"],
    ["FB372CDE79521141123453818200", "epc_date_invalid", "DSGTIN+"],
    ["FB342DBE79521141123453818200", "epc_date_invalid", "DSGTIN+"],
    ["FB342CDF79521141123453818200", "epc_date_invalid", "DSGTIN+"],
    ["F73795211411234538082000", "epc_serial_empty", "SGTIN+"],
    ["F737952114112345335111111111111111111111", "epc_serial_length", "SGTIN+"],
    ["F737952114112345302C8000", "epc_serial_characters", "SGTIN+"],
    ["F7179521141123453A406ACF3E90", "epc_serial_characters", "SGTIN+"],
    ["301C00004000004000000001", "epc_partition_invalid", "sgtin-96"],
    ["300000181C2CCA93A8B43711", "epc_reference_out_of_range", "sgtin-96"],
    ["3003FFFFFFFFFC4000000001", "epc_prefix_out_of_range", "sgtin-96"],
    ["3018000040000040000000", "epc_too_short", "sgtin-96"],
    ["3674257BF6B7A659B2C2BF10", "epc_too_short", "sgtin-198"],
    ["3674257BF6B7800000000000000000000000000000000000000C", "epc_serial_empty", "sgtin-198"],
    ["3674257BF6B7A650000000000000000000000000000000000000", "epc_serial_characters", "sgtin-198"],
    ["3674257BF6B7A6000000BF100000000000000000000000000000", "epc_serial_after_end", "sgtin-198"],
  ])("keeps %s raw: %s", (hex, code, scheme) => {
    expect(decodeText(hex)).toMatchObject({
      ok: false,
      code,
      scheme,
      rawUri: `urn:epc:raw:${hex.length * 4}.x${hex}`,
    });
    expect(gtinOfEpc(hex)).toBe(0);
    expect(identityOfEpc(hex)).toBe(hex);
  });

  it.each([
    ["", "epc_bad_length"],
    ["0x", "epc_bad_length"],
    ["3074257BF7194E4000001A8", "epc_bad_length"],
    ["3074257BF7194E4000001A850", "epc_bad_length"],
    ["12345", "epc_bad_length"],
    ["30".repeat(63), "epc_bad_length"],
    ["3074257BF7194E4000001A8G", "epc_bad_hex"],
    ["30 74", "epc_bad_hex"],
    ["MHQle_cZTkAAABqF", "epc_bad_hex"],
  ])("refuses %j as hex with %s", (text, code) => {
    expect(parseEpcHex(text)).toMatchObject({ ok: false, code });
    expect(normaliseEpcHex(text)).toBe("");
  });

  it.each([
    ["urn:epc:tag:sgtin-96:3.0614141.812345.01", "epc_serial_leading_zero"],
    ["urn:epc:tag:sgtin-96:3.0614141.812345.274877906944", "epc_serial_out_of_range"],
    ["urn:epc:tag:sgtin-96:3.0614141.812345.9999999999999", "epc_serial_out_of_range"],
    ["urn:epc:tag:sgtin-96:3.0614141.812345.A1", "epc_serial_characters"],
    ["urn:epc:tag:sgtin-96:8.0614141.812345.1", "epc_filter_out_of_range"],
    ["urn:epc:tag:sgtin-96:.0614141.812345.1", "epc_filter_out_of_range"],
    ["urn:epc:tag:sgtin-96:3.061414.812345.1", "epc_uri_digits"],
    ["urn:epc:tag:sgtin-96:3.06141.41812345.1", "epc_uri_digits"],
    ["urn:epc:tag:sgtin-96:3.0614141.81234X.1", "epc_uri_digits"],
    ["urn:epc:tag:sgtin-96:3.0614141.812345", "epc_bad_uri"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.", "epc_serial_empty"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.123456789012345678901", "epc_serial_length"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.a/b", "epc_serial_characters"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.a%2", "epc_serial_characters"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.a%20b", "epc_serial_characters"],
    ["urn:epc:tag:sgtin-198:3.0614141.812345.ä", "epc_serial_characters"],
    ["urn:epc:id:gsrn:0614141.1234567890", "epc_scheme_not_encoded"],
    ["urn:epc:tag:gsrn-96:3.0614141.1234567890", "epc_scheme_not_encoded"],
    ["urn:epc:id:sgtin-96:0614141.812345.1", "epc_scheme_not_encoded"],
    ["urn:epc:tag:sgtin:3.0614141.812345.1", "epc_scheme_not_encoded"],
    ["urn:epc:id:sscc:0614141.123456789", "epc_uri_digits"],
    ["urn:epc:id:sscc:0614141.1234567890.1", "epc_bad_uri"],
    ["urn:epc:id:sgln:0614141.12345", "epc_bad_uri"],
    ["urn:epc:id:sgln:0614141.12345.", "epc_serial_empty"],
    ["urn:epc:id:sgln:123456789012.0.0", "epc_uri_digits"],
    ["urn:epc:tag:sgln-96:0.0614141.12345.2199023255552", "epc_serial_out_of_range"],
    ["urn:epc:tag:grai-170:0.0614141.12345.12345678901234567", "epc_serial_length"],
    ["urn:epc:tag:giai-96:3.0614141.05678", "epc_serial_leading_zero"],
    ["urn:epc:tag:giai-96:3.0614141.288230376151711744", "epc_serial_out_of_range"],
    ["urn:epc:tag:giai-202:3.0614141.123456789012345678901234", "epc_serial_length"],
    ["urn:epc:tag:giai-202:3.0614141.", "epc_serial_empty"],
    ["urn:epc:tag:[att=x1]:sgtin-96:3.0614141.812345.1", "epc_control_fields"],
    ["urn:epc:tag:[umi=1][att=x01]:sgtin-96:3.0614141.812345.1", "epc_control_fields"],
    ["urn:epc:raw:[umi=2]:96.x3074257BF7194E4000001A85", "epc_control_fields"],
    ["urn:epc:idpat:sgtin:0614141.812345.*", "epc_uri_is_pattern"],
    ["urn:epc:class:lgtin:4012345.012345.998877", "epc_uri_is_pattern"],
    ["urn:epc:raw:96.xA9.x3074257BF7194E4000001A85", "epc_not_an_epc"],
    ["urn:epc:raw:96.xA.x3074257BF7194E4000001A85", "epc_bad_uri"],
    ["urn:epc:raw:64.x3074257BF7194E4000001A85", "epc_bad_uri"],
    ["urn:epc:raw:96.3074257BF7194E4000001A85", "epc_bad_uri"],
    ["urn:isbn:0451450523", "epc_bad_uri"],
    ["urn:epc:tag:", "epc_bad_uri"],
  ])("refuses to encode %s: %s", (uri, code) => {
    expect(parseEpcText(uri)).toMatchObject({ ok: false, code });
  });

  it("takes the shortest scheme and filter 0 for a pure identity, which has neither", () => {
    expect(encodeEpcUri("urn:epc:id:sgtin:0614141.812345.6789")).toMatchObject({
      value: "3014257BF7194E4000001A85",
    });
    const padded = encodeEpcUri("urn:epc:id:sgtin:0614141.812345.06789");
    expect(padded.ok && decodeEpc(padded.value)).toMatchObject({
      scheme: "sgtin-198",
      serial: "06789",
      filter: 0,
    });
  });

  it("reads URIs with control fields, which are no part of the EPC, and serials with dots", () => {
    const plain = encodeEpcUri("urn:epc:tag:sgtin-96:3.0614141.812345.6789");
    expect(encodeEpcUri("urn:epc:tag:[att=x01][umi=1][xpc=x0004]:sgtin-96:3.0614141.812345.6789")).toEqual(
      plain,
    );
    expect(encodeEpcUri("urn:epc:tag:[att=x01]sgtin-96:3.0614141.812345.6789")).toEqual(plain);
    expect(encodeEpcUri("URN:EPC:raw:[umi=1]:96.x3074257bf7194e4000001a85")).toEqual(plain);
    const dotted = encodeEpcUri("urn:epc:id:sgtin:0614141.812345.1.2");
    expect(dotted.ok && decodeEpc(dotted.value)).toMatchObject({ serial: "1.2" });
  });

  it("encodes a GTIN whose company prefix length is known", () => {
    const item = { gtin: "80614141123458", prefixDigits: 7, serial: "6789", filter: 3 };
    expect(epcOfGtin(item)).toEqual({ ok: true, value: "3074257BF7194E4000001A85" });
    expect(epcOfGtin({ ...item, gtin: "80614141123459" })).toMatchObject({ code: "gtin_check_digit" });
    expect(epcOfGtin({ ...item, prefixDigits: 13 })).toMatchObject({ code: "epc_uri_digits" });
    expect(encodeDigitalLink("https://example.com/01/80614141123458/10/LOT", 7)).toMatchObject({
      code: "epc_key_without_serial",
    });
    expect(encodeDigitalLink("https://example.com/shop/01/80614141123458/21/%E0%A4%A", 7)).toMatchObject({
      code: "epc_bad_uri",
    });
  });

  it("gives back every SGTIN-96 and SGTIN-198 that it encodes", () => {
    fc.assert(
      fc.property(anyParts(numericSerial), anyParts(textSerial), (short, long) => {
        for (const [scheme, parts] of [
          ["sgtin-96", short],
          ["sgtin-198", long],
          ["sgtin-198", short],
        ] as const) {
          const encoded = encodeKey(parts, keySchemeNamed(scheme));
          if (!encoded.ok) throw new Error(encoded.detail);
          const decoded = decodeEpc(encoded.value);
          const { key: _key, ...fields } = parts;
          expect(decoded).toMatchObject({ ok: true, scheme, ...fields, reference: parts.reference });
          if (!decoded.ok) return;
          expect(encodeEpcUri(decoded.tagUri ?? "")).toEqual(encoded);
          expect(encodeEpcUri(decoded.rawUri)).toEqual(encoded);
          expect(encodeEpcUri(decoded.pureIdentityUri ?? "")).toEqual({
            ok: true,
            value: identityOfEpc(encoded.value),
          });
          expect(gtinOfEpc(encoded.value)).toBe(gtinToNumber(decoded.gtin14 ?? ""));
          const isNoGtin = decoded.gtin14 === "00000000000000";
          const link = encodeDigitalLink(decoded.digitalLink ?? "", parts.gs1CompanyPrefix.length);
          expect(link).toMatchObject(
            isNoGtin ? { code: "gtin_zero" } : { ok: true, value: identityOfEpc(encoded.value) },
          );
        }
      }),
    );
  });

  it("gives two tags one identity exactly when their pure identity URIs are equal", () => {
    const few = fc.record({
      key: fc.constant("sgtin" as const),
      filter: fc.nat(7),
      gs1CompanyPrefix: fc.constantFrom("0614141", "4012345"),
      reference: fc.constantFrom("012345", "112345"),
      serial: fc.constantFrom("0", "00", "7", "07", "7A", "274877906943", "274877906944"),
    });
    const tag = fc
      .record({ parts: few, isLong: fc.boolean(), isPadded: fc.boolean() })
      .map(({ parts, isLong, isPadded }) => {
        const encoded = encodeKey(parts, isLong ? keySchemeNamed("sgtin-198") : undefined);
        if (!encoded.ok) throw new Error(encoded.detail);
        return (isPadded ? `${encoded.value}0000` : encoded.value) as EpcHex;
      });
    fc.assert(
      fc.property(tag, tag, (a, b) => {
        const [left, right] = [decodeEpc(a), decodeEpc(b)];
        if (!left.ok || !right.ok) throw new Error("not decoded");
        expect(identityOfEpc(a) === identityOfEpc(b)).toBe(left.pureIdentityUri === right.pureIdentityUri);
        expect(identityOfEpc(identityOfEpc(a))).toBe(identityOfEpc(a));
      }),
      { numRuns: 500 },
    );
  });

  it("has one verdict on a product, fast or in full, for any hex", () => {
    const words = fc
      .array(fc.nat(65535), { minLength: 1, maxLength: 14 })
      .map((list) => list.map((word) => word.toString(16).toUpperCase().padStart(4, "0")).join(""));
    const anyHex = fc.oneof(
      words,
      words.map((hex) => `30${hex.slice(2)}`),
      words.map((hex) => `36${hex.slice(2)}`),
      words.map((hex) => `F7${hex.slice(2)}`),
    );
    fc.assert(
      fc.property(anyHex, (text) => {
        const decoded = decodeText(text);
        const gtin14 = decoded.ok ? (decoded.gtin14 ?? "0") : "0";
        expect(gtinOfEpc(text)).toBe(Number(gtin14));
        expect(decoded.ok || identityOfEpc(text) === text).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
