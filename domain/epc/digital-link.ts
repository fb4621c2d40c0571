import { ok, refuse, type Result } from "../result.ts";
import { type Gs1Key, isGs1KeyAi } from "./gs1-key.ts";

const LINK = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?(?:[?#].*)?$/i;

/** Whether a text can only be meant as a Digital Link. */
export function isWebUri(text: string): boolean {
  return /^https?:/i.test(text);
}

/**
 * The key and serial of a GS1 Digital Link: any host, any path before the key, qualifiers between key and serial (lot, variant),
 * query parameters and fragment, which are no part of the identity. Path segments are percent-decoded. Refuses `epc_bad_uri`.
 */
export function parseDigitalLink(uri: string): Result<Gs1Key> {
  const segments = (LINK.exec(uri)?.[1] ?? "").split("/").slice(1);
  if (segments.at(-1) === "") segments.pop();
  // Keys stand before their qualifiers, so the last segment that can begin a key at an even distance from the end does.
  for (let start = segments.length - 2; start >= 0; start -= 2) {
    const ai = segments[start] ?? "";
    if (!isGs1KeyAi(ai)) continue;
    const key = keyOf(ai, segments.slice(start + 1));
    if (key !== null) return ok(key);
    break;
  }
  return refuse(
    "epc_bad_uri",
    `"${uri.slice(0, 80)}" is not a Digital Link with a key (/01/…/21/…, /00/…, /414/…, /8003/…, /8004/…)`,
  );
}

/** `rest` is the key's value, then pairs of qualifier and value. */
function keyOf(ai: Gs1Key["ai"], rest: readonly string[]): Gs1Key | null {
  const [value = "", ...qualifiers] = rest;
  const decoded = decodedSegment(value);
  if (decoded === null || decoded === "") return null;
  const serialAi = ai === "01" ? "21" : ai === "414" ? "254" : null;
  let serial: string | null = null;
  for (let index = 0; index < qualifiers.length; index += 2) {
    const text = decodedSegment(qualifiers[index + 1] ?? "");
    if (text === null || !/^\d{2,4}$/.test(qualifiers[index] ?? "")) return null;
    if (qualifiers[index] === serialAi) serial = text;
  }
  // GTINs of 8, 12 and 13 digits are allowed in links; the key is the GTIN of 14.
  return { ai, value: ai === "01" ? decoded.padStart(14, "0") : decoded, serial };
}

function decodedSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
