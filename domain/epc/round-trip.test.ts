import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyKey } from "../../test/support/epc-arbitraries.ts";
import { gtinToNumber } from "../gtin.ts";
import { escapeForUri } from "./characters.ts";
import { fixedPrefixLength } from "./company-prefix.ts";
import { decodeEpc } from "./decode-epc.ts";
import { encodeEpcText } from "./encode-epc.ts";
import { encodeKey } from "./encode-key.ts";
import { gtinOfEpc, identityOfEpc } from "./identity.ts";
import { pureIdentityUriOf } from "./key-forms.ts";
import { type KeyParts, type KeyScheme, schemesOfKey } from "./key-schemes.ts";

function encoded(parts: KeyParts, scheme: KeyScheme) {
  const hex = encodeKey(parts, scheme);
  if (!hex.ok) throw new Error(hex.detail);
  return hex.value;
}

/** A serial that looks like the dates which may follow it, or like no GTIN at all, has no element string of its own. */
function hasElementString(parts: KeyParts, gtin14: string | null): boolean {
  return !/\(\d{2,4}\)\d{6}$/.test(parts.serial ?? "") && gtin14 !== "00000000000000";
}

describe("EPC schemes of GS1 keys", { timeout: 30_000 }, () => {
  it("decode to the parts that were encoded, in every scheme, and every form of them encodes back", () => {
    fc.assert(
      fc.property(anyKey, ({ scheme, parts }) => {
        const hex = encoded(parts, scheme);
        const decoded = decodeEpc(hex);
        const { key: _key, reference, ...fields } = parts;
        expect(decoded).toMatchObject({
          ok: true,
          scheme: scheme.name,
          bits: scheme.bits,
          ...fields,
          reference: escapeForUri(reference),
        });
        if (!decoded.ok) return;
        const word = { ok: true, value: hex };
        expect(encodeEpcText(decoded.tagUri ?? "")).toEqual(word);
        expect(encodeEpcText(decoded.rawUri)).toEqual(word);
        expect(gtinOfEpc(hex)).toBe(gtinToNumber(decoded.gtin14 ?? "0"));
        expect(pureIdentityUriOf(parts)).toBe(decoded.pureIdentityUri);
        const options = {
          filter: parts.filter,
          bits: scheme.bits,
          prefixLength: fixedPrefixLength(parts.gs1CompanyPrefix.length),
        };
        expect(encodeEpcText(decoded.pureIdentityUri ?? "", options)).toEqual(word);
        if (!hasElementString(parts, decoded.gtin14)) return;
        expect(encodeEpcText(decoded.digitalLink, options)).toEqual(word);
        expect(encodeEpcText(decoded.elementString, options)).toEqual(word);
        const asScanned = decoded.elementString
          .replace(/^\((\d+)\)/, "$1")
          .replace(/^(.*?)\((21|254)\)/, "$1$2");
        expect(encodeEpcText(`]C1${asScanned}\u001D10LOT`, options)).toEqual(word);
      }),
      { numRuns: 2000 },
    );
  });

  it("give two tags one identity exactly when their pure identity URIs are equal", () => {
    /** The same thing on two tags: another filter, another length where it fits, filled up by the reader. */
    const twins = fc.tuple(anyKey, fc.nat(7), fc.boolean(), fc.constantFrom("", "0000", "00000000"));
    fc.assert(
      fc.property(twins, anyKey, ([{ scheme, parts }, filter, isLong, filling], other) => {
        const hex = encoded(parts, scheme);
        const others = schemesOfKey(parts.key);
        const twinScheme = others.at(isLong ? -1 : 0) ?? scheme;
        const twin = encodeKey({ ...parts, filter }, twinScheme);
        const same = twin.ok ? `${twin.value}${filling}` : hex;
        expect(identityOfEpc(same)).toBe(identityOfEpc(hex));
        expect(identityOfEpc(identityOfEpc(hex))).toBe(identityOfEpc(hex));
        const stranger = encoded(other.parts, other.scheme);
        const isSame = pureIdentityUriOf(parts) === pureIdentityUriOf(other.parts);
        expect(identityOfEpc(stranger) === identityOfEpc(hex)).toBe(isSame);
      }),
      { numRuns: 2000 },
    );
  });
});
