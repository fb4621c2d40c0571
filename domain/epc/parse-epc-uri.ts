import type { EpcHex } from "../identifiers.ts";
import { ok, refuse, type Refusal, type Result } from "../result.ts";
import { unescapeFromUri } from "./characters.ts";
import { type ControlFields, takeControlFields } from "./control-fields.ts";
import { parseEpcHex } from "./hex.ts";
import { isKeyName, type KeyParts, type KeyScheme, keySchemeNamed } from "./key-schemes.ts";

const SHAPE = /^urn:epc:(id|tag|raw|idpat|pat|class):(.*)$/i;
const RAW = /^(\d{1,3})\.(?:x([0-9A-Fa-f]{2})\.)?x([0-9A-Fa-f]+)$/;

/**
 * An EPC URI taken apart. A pure identity has no filter (0 stands there) and no scheme. A raw URI with an application family
 * (AFI) is an ISO tag's: no EPC.
 */
export type EpcUri =
  | { kind: "id"; parts: KeyParts; scheme: null; controls: ControlFields }
  | { kind: "tag"; parts: KeyParts; scheme: KeyScheme; controls: ControlFields }
  | { kind: "raw"; hex: EpcHex; applicationFamily: string | null; controls: ControlFields };

/**
 * Parses a pure identity URI, tag URI, or raw URI, the last two with or without control fields. Refuses `epc_bad_uri`,
 * `epc_uri_is_pattern`, `epc_scheme_not_encoded`, `epc_filter_out_of_range`, `epc_control_fields`, `epc_serial_characters` and
 * what `parseEpcHex` refuses. Digits and serials are judged by `encodeKey`.
 */
export function parseEpcUri(uri: string): Result<EpcUri> {
  const [, form = "", whole = ""] = SHAPE.exec(uri) ?? [];
  const kind = form.toLowerCase();
  if (kind === "id") return parseBody(uri, whole, null);
  if (kind === "tag" || kind === "raw") {
    const taken = takeControlFields(whole);
    if (!taken.ok) return taken;
    const { fields, rest } = taken.value;
    return kind === "tag" ? parseBody(uri, rest, fields) : parseRaw(uri, rest, fields);
  }
  return kind === ""
    ? refuseUri(uri, "it begins neither with urn:epc:id:, urn:epc:tag: nor urn:epc:raw:")
    : refuse("epc_uri_is_pattern", `"${shown(uri)}" names a class of items, not one item`);
}

/** `controls` null: a pure identity URI, which has neither them nor a filter. */
function parseBody(uri: string, body: string, controls: ControlFields | null): Result<EpcUri> {
  const colon = body.indexOf(":");
  const name = body.slice(0, Math.max(colon, 0)).toLowerCase();
  const scheme = controls === null ? undefined : keySchemeNamed(name);
  const key = controls === null ? name : (scheme?.key ?? "");
  if (!isKeyName(key)) {
    return /^[a-z][a-z0-9-]*$/.test(name)
      ? refuse(
          "epc_scheme_not_encoded",
          `the scheme ${name} is not encoded here; sgtin, sscc, sgln, grai and giai are, in all lengths`,
        )
      : refuseUri(uri, "no scheme follows");
  }
  const parts = body.slice(colon + 1).split(".");
  const filter = controls === null ? "0" : (parts.shift() ?? "");
  if (!/^[0-7]$/.test(filter)) {
    return refuse("epc_filter_out_of_range", "the filter must be one digit from 0 to 7");
  }
  const fields = keyFields(uri, key, parts);
  if (!fields.ok) return fields;
  const keyParts: KeyParts = { key, filter: Number(filter), ...fields.value };
  if (controls === null || scheme === undefined) {
    return ok({ kind: "id", parts: keyParts, scheme: null, controls: { att: null, umi: null, xpc: null } });
  }
  return ok({ kind: "tag", parts: keyParts, scheme, controls });
}

/** Prefix, reference and serial between the dots. The last one may hold dots itself where it is text. */
function keyFields(
  uri: string,
  key: KeyParts["key"],
  [gs1CompanyPrefix, ...rest]: readonly string[],
): Result<Pick<KeyParts, "gs1CompanyPrefix" | "reference" | "serial">> {
  const hasSerial = key !== "sscc" && key !== "giai";
  const isComplete = rest.length >= (hasSerial ? 2 : 1) && (key !== "sscc" || rest.length === 1);
  if (gs1CompanyPrefix === undefined || !isComplete) {
    const words = hasSerial ? "company prefix, reference and serial" : "company prefix and reference";
    return refuseUri(uri, `${words} must follow, divided by dots`);
  }
  const last = unescapeFromUri(rest.slice(hasSerial ? 1 : 0).join("."));
  if (!last.ok) return last;
  return ok(
    hasSerial
      ? { gs1CompanyPrefix, reference: rest[0] ?? "", serial: last.value }
      : { gs1CompanyPrefix, reference: last.value, serial: null },
  );
}

function parseRaw(uri: string, body: string, controls: ControlFields): Result<EpcUri> {
  const match = RAW.exec(body);
  if (match === null) return refuseUri(uri, "after raw: comes the number of bits, .x and the hex digits");
  const [, bits, family, digits = ""] = match;
  if (Math.ceil(Number(bits) / 4) !== digits.length) {
    return refuseUri(uri, `${bits} bits do not fit ${digits.length} hex digits`);
  }
  const hex = parseEpcHex(digits);
  if (!hex.ok) return hex;
  return ok({ kind: "raw", hex: hex.value, applicationFamily: family?.toUpperCase() ?? null, controls });
}

function refuseUri(uri: string, reason: string): Refusal {
  return refuse("epc_bad_uri", `"${shown(uri)}" is not an EPC URI: ${reason}`);
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
