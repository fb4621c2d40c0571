import type { EpcHex } from "../identifiers.ts";
import { ok, type Refusal, type Result, refuse } from "../result.ts";
import { decodeKey } from "./decode-key.ts";
import type { DecodedEpc, EpcFields, EpcWord } from "./epc-fields.ts";
import { schemeOfHeader, TID_HEADER } from "./headers.ts";
import { fieldsOfKey } from "./key-forms.ts";
import { keySchemeNamed } from "./key-schemes.ts";
import { decodePlus, fieldsOfPlus } from "./plus.ts";

/**
 * What a tag's code word says, by GS1's Tag Data Standard (1.13; SGTIN+ and DSGTIN+ of 2.3). Bits beyond the scheme's length
 * are cut (readers fill up to words). A tag that can't be decoded is kept: `ok: false` with the scheme of its header, its raw
 * URI, and one of `epc_unprogrammed`, `epc_tid_header`, `epc_unknown_header`, `epc_scheme_not_decoded`, `epc_too_short`, or
 * what `decodeKey` and `decodePlus` refuse.
 */
export function decodeEpc(hex: EpcHex): DecodedEpc {
  const scheme = schemeOfHeader(hex);
  const bits = hex.length * 4;
  const word: EpcWord = { hex, bits, scheme, rawUri: `urn:epc:raw:${bits}.x${hex}` };
  if (scheme === null) return { ...word, ...refusalOfHeader(hex) };
  const decoded = decodeScheme(scheme, hex);
  return decoded.ok
    ? { ok: true, ...word, bits: decoded.value.bits, ...decoded.value.fields }
    : { ...word, ...decoded };
}

function decodeScheme(scheme: string, hex: string): Result<{ bits: number; fields: EpcFields }> {
  if (scheme === "SGTIN+" || scheme === "DSGTIN+") {
    const parts = decodePlus(scheme, hex);
    return parts.ok ? ok({ bits: parts.value.bits, fields: fieldsOfPlus(parts.value) }) : parts;
  }
  const layout = keySchemeNamed(scheme);
  if (layout === undefined) return refusalOfScheme(scheme);
  const bits = hex.length * 4;
  if (bits < layout.bits) {
    return refuse(
      "epc_too_short",
      `the header says ${scheme}, which has ${layout.bits} bits, but there are ${bits}`,
    );
  }
  const parts = decodeKey(layout, hex);
  return parts.ok ? ok({ bits: layout.bits, fields: fieldsOfKey(parts.value, layout) }) : parts;
}

function refusalOfHeader(hex: string): Refusal {
  const header = hex.slice(0, 2);
  return header === TID_HEADER
    ? refuse(
        "epc_tid_header",
        "the code word begins with E2, a chip's own number: the tag was never encoded with an EPC",
      )
    : refuse("epc_unknown_header", `the header ${header} belongs to no EPC scheme: a foreign or non-GS1 tag`);
}

function refusalOfScheme(scheme: string): Refusal {
  return scheme === "unprogrammed"
    ? refuse("epc_unprogrammed", "the header is 00: the tag was never encoded with an EPC")
    : refuse(
        "epc_scheme_not_decoded",
        `the tag is ${scheme}, which is recognised but not decoded; it is kept raw`,
      );
}
