import type { EpcHex } from "../identifiers.ts";
import { type Refusal, type Result, refuse } from "../result.ts";
import type { DecodedEpc, EpcFields, EpcWord } from "./epc-fields.ts";
import { schemeOfHeader, TID_HEADER } from "./headers.ts";
import { decodeSgtin, SGTIN_BITS } from "./sgtin.ts";

type Decoder = { bits: number; decode: (hex: string) => Result<EpcFields> };

/** The schemes that are decoded. To add one: a file with its layout, a line here, and its identity in `identity.ts`. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  "sgtin-96": { bits: SGTIN_BITS["sgtin-96"], decode: (hex) => decodeSgtin("sgtin-96", hex) },
  "sgtin-198": { bits: SGTIN_BITS["sgtin-198"], decode: (hex) => decodeSgtin("sgtin-198", hex) },
};

/**
 * What a tag's code word says, by GS1's Tag Data Standard 1.13. Bits beyond the scheme's length are cut (readers fill up to
 * words). A tag that can't be decoded is kept: `ok: false` with the scheme of its header, its raw URI, and one of
 * `epc_unprogrammed`, `epc_tid_header`, `epc_unknown_header`, `epc_scheme_not_decoded`, `epc_too_short`,
 * `epc_partition_invalid`, `epc_prefix_out_of_range`, `epc_reference_out_of_range`, `epc_serial_characters`.
 */
export function decodeEpc(hex: EpcHex): DecodedEpc {
  const scheme = schemeOfHeader(hex);
  const bits = hex.length * 4;
  const word: EpcWord = { hex, bits, scheme, rawUri: `urn:epc:raw:${bits}.x${hex}` };
  if (scheme === null) return { ...word, ...refusalOfHeader(hex) };
  const decoder = DECODERS[scheme];
  if (decoder === undefined) return { ...word, ...refusalOfScheme(scheme) };
  if (bits < decoder.bits) {
    return {
      ...word,
      ...refuse(
        "epc_too_short",
        `the header says ${scheme}, which has ${decoder.bits} bits, but there are ${bits}`,
      ),
    };
  }
  const fields = decoder.decode(hex);
  return fields.ok ? { ok: true, ...word, bits: decoder.bits, ...fields.value } : { ...word, ...fields };
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
