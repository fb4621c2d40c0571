import type { EpcHex } from "../identifiers.ts";
import { type Result, refuse } from "../result.ts";
import { epcOfGtin } from "./encode-epc.ts";

const ITEM_PATH = /^https?:\/\/[^/?#]+(?:\/[^?#]*)?\/01\/(\d{8,14})\/21\/([^/?#]+)\/?(?:[?#].*)?$/i;

/**
 * The code word of a GS1 Digital Link that names one item (`…/01/{gtin}/21/{serial}`, any host). `prefixDigits` is the length
 * of its company prefix, which a Digital Link does not tell; filter 0. Refuses `epc_bad_uri` and what `epcOfGtin` refuses.
 */
export function encodeDigitalLink(uri: string, prefixDigits: number): Result<EpcHex> {
  const match = ITEM_PATH.exec(uri);
  const serial = match === null ? null : decodedSegment(match[2] ?? "");
  if (match === null || serial === null) {
    return refuse("epc_bad_uri", "the Digital Link does not end in /01/{gtin}/21/{serial}");
  }
  return epcOfGtin({ gtin: (match[1] ?? "").padStart(14, "0"), prefixDigits, serial, filter: 0 });
}

function decodedSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
