import { readProtocolControl, writeControlFields } from "../../domain/epc/control-fields.ts";
import { decodeEpc } from "../../domain/epc/decode-epc.ts";
import { encodeEpcText, type EncodeOptions } from "../../domain/epc/encode-epc.ts";
import type { DecodedEpc } from "../../domain/epc/epc-fields.ts";
import { schemeOfHeader } from "../../domain/epc/headers.ts";
import { parseEpcHex } from "../../domain/epc/hex.ts";
import { parseEpcUri } from "../../domain/epc/parse-epc-uri.ts";
import { refuse } from "../../domain/result.ts";
import type { AnswerRow } from "./print-rows.ts";

/** The answer of `onhand epc decode` to one input. `pc` is the tag's protocol control word, null where it is not known. */
export function decodeRow(input: string, pc: string | null): AnswerRow {
  const hex = parseEpcHex(input);
  // What can't be read as a whole still tells by its header what it was meant to be.
  if (!hex.ok) return { input, ...hex, scheme: schemeOfHeader(input.replace(/^0x/i, "").toUpperCase()) };
  const decoded = decodeEpc(hex.value);
  return pc === null ? { input, ...decoded } : { input, ...withProtocolControl(decoded, pc) };
}

function withProtocolControl(decoded: DecodedEpc, pc: string) {
  const read = readProtocolControl(pc);
  if (!read.ok) return { ...decoded, ...read };
  const { fields, applicationFamily } = read.value;
  const controls = writeControlFields(fields);
  const { hex } = decoded;
  const body = `${hex.length * 4}.${applicationFamily === null ? "" : `x${applicationFamily}.`}x${hex}`;
  const rawUri = `urn:epc:raw:${controls}${body}`;
  if (applicationFamily !== null) {
    const { bits } = decoded;
    const reason = "its protocol control word says that the tag is an ISO tag, which carries no EPC";
    return { hex, bits, scheme: null, rawUri, applicationFamily, ...refuse("epc_not_an_epc", reason) };
  }
  if (!decoded.ok || decoded.tagUri === null) return { ...decoded, rawUri };
  return { ...decoded, rawUri, tagUri: decoded.tagUri.replace("urn:epc:tag:", `urn:epc:tag:${controls}`) };
}

/** The answer of `onhand epc encode` to one input: the hex, and what a reader would make of it. */
export function encodeRow(input: string, options: EncodeOptions): AnswerRow {
  const uri = /^urn:/i.test(input) ? parseEpcUri(input) : null;
  const controlFields = uri?.ok === true && uri.value.kind !== "id" ? uri.value.controls : null;
  if (uri?.ok === true && uri.value.kind === "raw" && uri.value.applicationFamily !== null) {
    // An ISO tag can be written like any other; what is on it is no EPC.
    const { hex, applicationFamily } = uri.value;
    const bits = hex.length * 4;
    const rawUri = `urn:epc:raw:${bits}.x${applicationFamily}.x${hex}`;
    return { input, ok: true, hex, bits, scheme: null, rawUri, applicationFamily, controlFields };
  }
  const hex = encodeEpcText(input, options);
  if (!hex.ok) return { input, ...hex };
  const decoded = decodeEpc(hex.value);
  if (decoded.ok) return { input, ...decoded, controlFields };
  // A raw URI may hold a tag that is not decoded: it was encoded all the same.
  const { hex: word, bits, scheme, rawUri } = decoded;
  return { input, ok: true, hex: word, bits, scheme, rawUri, controlFields };
}
