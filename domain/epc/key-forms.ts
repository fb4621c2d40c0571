import { checkDigitOf } from "../gs1-check-digit.ts";
import { escapeForPath, escapeForUri } from "./characters.ts";
import type { EpcFields } from "./epc-fields.ts";
import type { KeyParts, KeyScheme } from "./key-schemes.ts";

const RESOLVER = "https://id.gs1.org";
const NOTHING = { gtin14: null, sscc: null, gln: null, grai: null, giai: null } as const;

type Forms = Pick<EpcFields, "gtin14" | "sscc" | "gln" | "grai" | "giai" | "ais">;

/** All that a decoded key's parts give: its number, URIs, element string and Digital Link (TDS 1.13, 6.3, 7, 12). */
export function fieldsOfKey(parts: KeyParts & { partition: number }, scheme: KeyScheme): EpcFields {
  const { filter, partition, gs1CompanyPrefix, serial } = parts;
  const forms = formsOf(parts);
  const uriBody = uriBodyOf(parts);
  return {
    filter,
    partition,
    gs1CompanyPrefix,
    reference: escapeForUri(parts.reference),
    serial,
    ...forms,
    aidcDataFollows: null,
    pureIdentityUri: `urn:epc:id:${parts.key}:${uriBody}`,
    tagUri: `urn:epc:tag:${scheme.name}:${filter}.${uriBody}`,
    elementString: elementStringOf(forms.ais),
    digitalLink: digitalLinkOf(forms.ais),
  };
}

/** The pure identity URI of a key's parts, which are trusted to fit together. */
export function pureIdentityUriOf(parts: KeyParts): string {
  return `urn:epc:id:${parts.key}:${uriBodyOf(parts)}`;
}

function uriBodyOf({ gs1CompanyPrefix, reference, serial }: KeyParts): string {
  const body = `${gs1CompanyPrefix}.${escapeForUri(reference)}`;
  return serial === null ? body : `${body}.${escapeForUri(serial)}`;
}

function formsOf({ key, gs1CompanyPrefix: prefix, reference, serial }: KeyParts): Forms {
  switch (key) {
    case "sgtin": {
      const gtin14 = withCheckDigit(reference.slice(0, 1) + prefix + reference.slice(1));
      return { ...NOTHING, gtin14, ais: { "01": gtin14, "21": serial ?? "" } };
    }
    case "sscc": {
      const sscc = withCheckDigit(reference.slice(0, 1) + prefix + reference.slice(1));
      return { ...NOTHING, sscc, ais: { "00": sscc } };
    }
    case "sgln": {
      const gln = withCheckDigit(prefix + reference);
      const hasExtension = serial !== null && serial !== "0";
      return { ...NOTHING, gln, ais: hasExtension ? { "414": gln, "254": serial } : { "414": gln } };
    }
    case "grai": {
      const grai = `${withCheckDigit(`0${prefix}${reference}`)}${serial ?? ""}`;
      return { ...NOTHING, grai, ais: { "8003": grai } };
    }
    case "giai": {
      const giai = prefix + reference;
      return { ...NOTHING, giai, ais: { "8004": giai } };
    }
    default:
      return key satisfies never;
  }
}

function withCheckDigit(body: string): string {
  return `${body}${checkDigitOf(body)}`;
}

/** The order of a GS1 key before its serial; `ais` alone would sort them as numbers. */
const KEY_ORDER = ["00", "01", "414", "8003", "8004", "21", "254"];
const QUALIFIERS = new Set(KEY_ORDER);

/** `(01)…(21)…`, then dates. */
export function elementStringOf(ais: Readonly<Record<string, string>>): string {
  return inOrder(ais)
    .map(([ai, value]) => `(${ai})${value}`)
    .join("");
}

/** `https://id.gs1.org/01/…/21/…`, dates as query parameters. */
export function digitalLinkOf(ais: Readonly<Record<string, string>>): string {
  let path = RESOLVER;
  const query: string[] = [];
  for (const [ai, value] of inOrder(ais)) {
    if (QUALIFIERS.has(ai)) path += `/${ai}/${escapeForPath(value)}`;
    else query.push(`${ai}=${value}`);
  }
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

function inOrder(ais: Readonly<Record<string, string>>): [string, string][] {
  const rank = (ai: string) => (QUALIFIERS.has(ai) ? KEY_ORDER.indexOf(ai) : KEY_ORDER.length);
  return Object.entries(ais).sort(([a], [b]) => rank(a) - rank(b));
}
