import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyKey } from "../../test/support/epc-arbitraries.ts";
import type { Refusal } from "../result.ts";
import { fixedPrefixLength } from "./company-prefix.ts";
import { decodeEpc } from "./decode-epc.ts";
import { encodeEpcText, encodeEpcUri, parseEpcText } from "./encode-epc.ts";
import { encodeKey } from "./encode-key.ts";
import { normaliseEpcHex, parseEpcHex } from "./hex.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import type { KeyParts, KeyScheme } from "./key-schemes.ts";

/** 25,000 cases each of four kinds; ten times that with ONHAND_LONG=1. */
const numRuns = process.env["ONHAND_LONG"] === "1" ? 250_000 : 25_000;
const HEADERS = ["30", "31", "32", "33", "34", "36", "37", "38", "39", "F7", "FB", "E2", "00", "2D"];

/** Whatever it was, the answer is one of: decoded, with all forms; or refused, with a code and a reason. Else what is wrong. */
function faultOf(text: string): string {
  const hex = parseEpcHex(text);
  if (!hex.ok) return faultOfRefusal(hex);
  const decoded = decodeEpc(hex.value);
  if (gtinOfEpc(hex.value) !== (decoded.ok ? Number(decoded.gtin14 ?? 0) : 0)) return "another product";
  if (normaliseEpcHex(text) !== hex.value) return "another hex";
  const identity = identityOfEpc(hex.value);
  // A tag that is not decoded is its own key; one that is has a stable one.
  if (!decoded.ok)
    return identity === hex.value ? faultOfRefusal(decoded) : "a key for a tag that is not decoded";
  if (identityOfEpc(identity) !== identity) return "a key that is not its own";
  if (decoded.tagUri === null) return "";
  const again = encodeEpcUri(decoded.tagUri);
  const isSame = again.ok && hex.value.startsWith(again.value.slice(0, decoded.bits >> 2));
  return isSame ? "" : "not what its tag URI encodes to";
}

function faultOfRefusal({ code, detail }: Refusal): string {
  return /^(epc|gtin|gs1_key)_[a-z0-9_]+$/.test(code) && detail !== "" ? "" : "no code or no reason";
}

/** Empty when no text has a fault; else what fast-check says, with the seed. One assertion, since 100,000 take their time. */
function counterexample(texts: fc.Arbitrary<string>, fault: (text: string) => string): string {
  const property = fc.property(texts, (text) => {
    const found = fault(text);
    if (found !== "") throw new Error(found);
  });
  return fc.defaultReportMessage(fc.check(property, { numRuns })) ?? "";
}

/** Legal codes to spoil: a thousand, the same in each run. */
const legal = fc.constantFrom(...fc.sample(anyKey, { seed: 1, numRuns: 1000 }).map(decodedOf));

function decodedOf({ scheme, parts }: { scheme: KeyScheme; parts: KeyParts }) {
  const hex = encodeKey(parts, scheme);
  const decoded = hex.ok ? decodeEpc(hex.value) : hex;
  if (!decoded.ok) throw new Error(decoded.detail);
  return decoded;
}

const hexText = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789ABCDEF")), minLength, maxLength });

describe("EPC decoder", { timeout: 120_000 }, () => {
  it("has an answer for any hex", () => {
    const anyHex = fc.oneof(
      hexText(0, 140),
      fc.tuple(fc.constantFrom(...HEADERS), hexText(20, 56)).map(([header, rest]) => header + rest),
    );
    expect(counterexample(anyHex, faultOf)).toBe("");
  });

  it("has an answer for any bytes and any text", () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((list) => Buffer.from(list).toString("latin1"));
    const anyText = fc.oneof(bytes, fc.string({ unit: "binary", maxLength: 80 }));
    const faultOfText = (text: string) => {
      const parsed = parseEpcText(text);
      return faultOf(text) + (parsed.ok ? "" : faultOfRefusal(parsed));
    };
    expect(counterexample(anyText, faultOfText)).toBe("");
  });

  it("has an answer for valid codes of which some digits were changed, cut off or added", () => {
    const mutated = fc
      .tuple(legal, fc.nat(51), hexText(0, 4), fc.nat(4))
      .map(([{ hex }, at, replacement, removed]) => hex.slice(0, at) + replacement + hex.slice(at + removed));
    expect(counterexample(mutated, faultOf)).toBe("");
  });

  it("has an answer for URIs, element strings and links of which some characters were changed", () => {
    const forms = ["tagUri", "pureIdentityUri", "rawUri", "elementString", "digitalLink"] as const;
    const character = fc.constantFrom(...Array.from('0123456789.:%/()?#[]=xA\u001Dä "*'));
    const mutated = fc
      .tuple(legal, fc.constantFrom(...forms), fc.nat(70), fc.array(character, { maxLength: 3 }), fc.nat(3))
      .map(([decoded, form, at, replacement, removed]) => {
        const text = decoded[form] ?? "";
        return text.slice(0, at) + replacement.join("") + text.slice(at + removed);
      });
    const options = { prefixLength: fixedPrefixLength(7) };
    const faultOfEncoded = (text: string) => {
      const encoded = encodeEpcText(text, options);
      if (!encoded.ok) return faultOfRefusal(encoded);
      return normaliseEpcHex(encoded.value) === encoded.value ? "" : "no hex";
    };
    expect(counterexample(mutated, faultOfEncoded)).toBe("");
  });
});
