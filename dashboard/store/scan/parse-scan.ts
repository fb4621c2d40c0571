import { isWebUri, parseDigitalLink } from "../../../domain/epc/digital-link.ts";
import { isElementString, parseElementString } from "../../../domain/epc/element-string.ts";
import { parseEpcText } from "../../../domain/epc/encode-epc.ts";
import { gtinOfEpc, identityOfEpc } from "../../../domain/epc/identity.ts";
import { gtinFromNumber, parseGtin } from "../../../domain/gtin.ts";
import { ok, refuse, type Result } from "../../../domain/result.ts";

/** What was scanned or typed: a product, and the very item where the code names one. `epc` is its identity, hex. */
export type Scan = { gtin: string; epc: string | null };

const GTIN_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);

/**
 * Reads a code as scanners send it and people type it: a GTIN with its check digit (spaces and dashes do not matter), an EPC as hex
 * or URI, a GS1 element string or Digital Link. The serial of the last two names no item here, since they do not say how long the
 * company's prefix is: they stand for their product. Refuses with words for the person who scanned.
 */
export function parseScan(text: string): Result<Scan> {
  const trimmed = text.trim();
  if (trimmed === "") return refuse("scan_empty", "Nothing was scanned");
  if (isWebUri(trimmed)) return productOfKey(parseDigitalLink(trimmed));
  const digits = trimmed.replaceAll(/[\s-]/g, "");
  if (/^\d+$/.test(digits) && GTIN_LENGTHS.has(digits.length)) return productOf(digits);
  if (isElementString(trimmed)) return productOfKey(parseElementString(trimmed));
  if (/^\d+$/.test(digits) && digits.length < 16) return productOf(digits);
  const epc = parseEpcText(trimmed);
  if (!epc.ok) {
    return refuse("scan_unknown", `"${trimmed.slice(0, 40)}" is neither a barcode's number nor a tag's code`);
  }
  const gtin = gtinOfEpc(epc.value);
  if (gtin === 0) return refuse("scan_no_product", "This tag names no product");
  return ok({ gtin: gtinFromNumber(gtin), epc: identityOfEpc(epc.value) });
}

function productOf(digits: string): Result<Scan> {
  const gtin = parseGtin(digits);
  return gtin.ok ? ok({ gtin: gtin.value, epc: null }) : gtin;
}

function productOfKey(key: Result<{ ai: string; value: string }>): Result<Scan> {
  if (!key.ok) return key;
  if (key.value.ai !== "01") return refuse("scan_no_product", "This code names no product");
  return productOf(key.value.value);
}
