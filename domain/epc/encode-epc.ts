import type { EpcHex } from "../identifiers.ts";
import { type Result, refuse } from "../result.ts";
import { fixedPrefixLength, noPrefixLength, type PrefixLength } from "./company-prefix.ts";
import { isWebUri, parseDigitalLink } from "./digital-link.ts";
import { isElementString, parseElementString } from "./element-string.ts";
import { encodeKey } from "./encode-key.ts";
import { type Gs1Key, partsOfGs1Key } from "./gs1-key.ts";
import { parseEpcHex } from "./hex.ts";
import { type KeyParts, type KeySchemeName, keySchemeNamed, schemesOfKey } from "./key-schemes.ts";
import { parseEpcUri } from "./parse-epc-uri.ts";

/**
 * What forms other than tag and raw URIs leave open: the company prefix's length (needed for element strings and Digital
 * Links), the filter (default 0, as in `identityOfEpc`), and the tag's length in bits (default: the shortest scheme).
 */
export type EncodeOptions = { prefixLength?: PrefixLength; filter?: number; bits?: number };

/**
 * The code word that an EPC URI stands for: tag URI, pure identity URI, or raw URI, with or without control fields (which are
 * no part of the EPC). Refuses what `parseEpcUri` and `encodeKey` refuse, `epc_not_an_epc` for an ISO tag's raw URI, and
 * `epc_length_not_of_scheme`.
 */
export function encodeEpcUri(uri: string, options: EncodeOptions = {}): Result<EpcHex> {
  const parsed = parseEpcUri(uri);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (value.kind === "tag") return encodeKey(value.parts, value.scheme);
  if (value.kind === "id") {
    return encodeWithOptions({ ...value.parts, filter: options.filter ?? value.parts.filter }, options);
  }
  return value.applicationFamily === null
    ? { ok: true, value: value.hex }
    : refuse("epc_not_an_epc", "the URI has an application family (AFI): an ISO tag, which carries no EPC");
}

/** The code word of a GS1 key. Refuses what `partsOfGs1Key` and `encodeKey` refuse, and `epc_length_not_of_scheme`. */
export function encodeGs1Key(key: Gs1Key, options: EncodeOptions = {}): Result<EpcHex> {
  const parts = partsOfGs1Key(key, options.prefixLength ?? noPrefixLength, options.filter ?? 0);
  return parts.ok ? encodeWithOptions(parts.value, options) : parts;
}

/** The code word of any text that names one thing: EPC URI, element string, or Digital Link. */
export function encodeEpcText(text: string, options: EncodeOptions = {}): Result<EpcHex> {
  const isLink = isWebUri(text);
  if (!isLink && !isElementString(text)) return encodeEpcUri(text, options);
  const key = isLink ? parseDigitalLink(text) : parseElementString(text);
  return key.ok ? encodeGs1Key(key.value, options) : key;
}

/**
 * An EPC as tills and people write it: hex (any case, `0x`), or any URI of `encodeEpcUri`. Refuses as these do.
 */
export function parseEpcText(text: string): Result<EpcHex> {
  return /^urn:/i.test(text) ? encodeEpcUri(text) : parseEpcHex(text);
}

/**
 * The code word of an item whose GTIN and serial are known. `prefixDigits` (6 to 12) is the length of the company prefix
 * inside the GTIN: it is not in the GTIN itself, so it comes from a table or the caller's own list.
 */
export function epcOfGtin(
  item: { gtin: string; prefixDigits: number; serial: string; filter: number },
  scheme?: Extract<KeySchemeName, `sgtin-${string}`>,
): Result<EpcHex> {
  const key: Gs1Key = { ai: "01", value: item.gtin, serial: item.serial };
  const parts = partsOfGs1Key(key, fixedPrefixLength(item.prefixDigits), item.filter);
  return parts.ok ? encodeKey(parts.value, scheme && keySchemeNamed(scheme)) : parts;
}

function encodeWithOptions(parts: KeyParts, { bits }: EncodeOptions): Result<EpcHex> {
  if (bits === undefined) return encodeKey(parts);
  const schemes = schemesOfKey(parts.key);
  const scheme = schemes.find((one) => one.bits === bits);
  if (scheme !== undefined) return encodeKey(parts, scheme);
  const lengths = schemes.map((one) => one.bits).join(" or ");
  return refuse("epc_length_not_of_scheme", `tags of ${parts.key} have ${lengths} bits, not ${bits}`);
}
