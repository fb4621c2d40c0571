import { parseGtin } from "../gtin.ts";
import type { EpcHex } from "../identifiers.ts";
import { type Refusal, type Result, refuse } from "../result.ts";
import { unescapeFromUri } from "./characters.ts";
import { parseEpcHex } from "./hex.ts";
import { encodeSgtin, type SgtinScheme } from "./sgtin.ts";

const SHAPE = /^urn:epc:(id|tag|raw|idpat|pat|class):(.*)$/i;
const CONTROL_FIELDS = /^(\[[^\]]*\])+:?/;
const RAW = /^(\d{1,3})\.(x[0-9A-Fa-f]{1,2}\.)?x([0-9A-Fa-f]+)$/;

/**
 * The code word that an EPC URI stands for: tag URI, pure identity URI, or raw URI, with or without control fields (which
 * are no part of the EPC). A pure identity URI has no filter and no length: filter 0 and the shortest scheme are taken, the
 * same as `identityOfEpc` gives. Refuses `epc_bad_uri`, `epc_uri_is_pattern`, `epc_scheme_not_encoded`, `epc_not_an_epc`,
 * and what `encodeSgtin` refuses.
 */
export function encodeEpcUri(uri: string): Result<EpcHex> {
  const shape = SHAPE.exec(uri);
  if (shape === null)
    return refuseUri(uri, "it begins neither with urn:epc:id:, urn:epc:tag: nor urn:epc:raw:");
  const body = (shape[2] ?? "").replace(CONTROL_FIELDS, "");
  switch ((shape[1] ?? "").toLowerCase()) {
    case "id":
      return encodeBody(uri, body, false);
    case "tag":
      return encodeBody(uri, body, true);
    case "raw":
      return encodeRaw(uri, body);
    default:
      return refuse("epc_uri_is_pattern", `"${shown(uri)}" names a class of items, not one item`);
  }
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
  scheme?: SgtinScheme,
): Result<EpcHex> {
  const gtin = parseGtin(item.gtin);
  if (!gtin.ok) return gtin;
  if (!Number.isInteger(item.prefixDigits) || item.prefixDigits < 6 || item.prefixDigits > 12) {
    return refuse("epc_uri_digits", `a company prefix has 6 to 12 digits, not ${item.prefixDigits}`);
  }
  const end = 1 + item.prefixDigits;
  const gs1CompanyPrefix = gtin.value.slice(1, end);
  const reference = gtin.value.slice(0, 1) + gtin.value.slice(end, 13);
  return encodeSgtin({ filter: item.filter, gs1CompanyPrefix, reference, serial: item.serial }, scheme);
}

function encodeBody(uri: string, body: string, isTag: boolean): Result<EpcHex> {
  const colon = body.indexOf(":");
  const name = body.slice(0, Math.max(colon, 0)).toLowerCase();
  const isSgtin = isTag ? name === "sgtin-96" || name === "sgtin-198" : name === "sgtin";
  if (!isSgtin) {
    return /^[a-z][a-z0-9-]*$/.test(name)
      ? refuse(
          "epc_scheme_not_encoded",
          `the scheme ${name} is not encoded here; sgtin, sgtin-96 and sgtin-198 are`,
        )
      : refuseUri(uri, "no scheme follows");
  }
  const parts = body.slice(colon + 1).split(".");
  const filter = isTag ? filterOf(parts.shift()) : 0;
  if (filter === null) return refuse("epc_filter_out_of_range", "the filter must be one digit from 0 to 7");
  // A serial may hold dots itself: what follows the second dot is all serial.
  const [gs1CompanyPrefix, reference, ...rest] = parts;
  if (gs1CompanyPrefix === undefined || reference === undefined || rest.length === 0) {
    return refuseUri(uri, "company prefix, item reference and serial must follow, divided by dots");
  }
  const serial = unescapeFromUri(rest.join("."));
  if (!serial.ok) return serial;
  const encodedParts = { filter, gs1CompanyPrefix, reference, serial: serial.value };
  return name === "sgtin-96" || name === "sgtin-198"
    ? encodeSgtin(encodedParts, name)
    : encodeSgtin(encodedParts);
}

function filterOf(text: string | undefined): number | null {
  return text !== undefined && /^[0-7]$/.test(text) ? Number(text) : null;
}

function encodeRaw(uri: string, body: string): Result<EpcHex> {
  const match = RAW.exec(body);
  if (match === null) return refuseUri(uri, "after raw: comes the number of bits, .x and the hex digits");
  if (match[2] !== undefined) {
    return refuse(
      "epc_not_an_epc",
      "the URI has an application family (AFI): an ISO tag, which carries no EPC",
    );
  }
  const digits = match[3] ?? "";
  if (Math.ceil(Number(match[1]) / 4) !== digits.length) {
    return refuseUri(uri, `${match[1]} bits do not fit ${digits.length} hex digits`);
  }
  return parseEpcHex(digits);
}

function refuseUri(uri: string, reason: string): Refusal {
  return refuse("epc_bad_uri", `"${shown(uri)}" is not an EPC URI: ${reason}`);
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
