import { gtinCheckDigit } from "../gtin.ts";

/** `urn:epc:id:{scheme}:…`, `urn:epc:class:lgtin:…` and `urn:epc:idpat:{scheme}:….*`. */
const SHAPE = /^urn:epc:(id|class|idpat):([a-z]+):([^?#]*)$/;
const ESCAPED_IN_LINK = /[!()*+,:]/g;

type Parts = { prefix: string; reference: string; rest: string };

/**
 * How each scheme becomes the path of a Digital Link (TDS 1.13 §7, GS1 Digital Link 1.2 §4). `rest` is what follows the
 * reference and is empty for a class; null where the parts do not fit the scheme.
 */
const PATHS: Readonly<Record<string, (parts: Parts) => string | null>> = {
  sgtin: (parts) => withQualifier(gtin(parts), "01", "21", parts.rest),
  lgtin: (parts) => withQualifier(gtin(parts), "01", "10", parts.rest),
  upui: (parts) => withQualifier(gtin(parts), "01", "235", parts.rest),
  sscc: (parts) => key("00", leadingDigitKey(parts, 17)),
  sgln: (parts) => withQualifier(keyOf(parts, 12), "414", "254", parts.rest === "0" ? "" : parts.rest),
  pgln: (parts) => key("417", keyOf(parts, 12)),
  grai: (parts) => key("8003", keyOf(parts, 12), parts.rest, "0"),
  giai: ({ prefix, reference, rest }) => `8004/${prefix}${linkText(dotted(reference, rest))}`,
  gdti: (parts) => key("253", keyOf(parts, 12), parts.rest),
  sgcn: (parts) => key("255", keyOf(parts, 12), parts.rest),
  gsrn: (parts) => key("8018", keyOf(parts, 17)),
  gsrnp: (parts) => key("8017", keyOf(parts, 17)),
  gsin: (parts) => key("402", keyOf(parts, 16)),
  ginc: ({ prefix, reference, rest }) => `401/${prefix}${linkText(dotted(reference, rest))}`,
  cpi: ({ prefix, reference, rest }) =>
    `8010/${prefix}${linkText(reference)}${rest === "" ? "" : `/8011/${linkText(rest)}`}`,
  itip(parts) {
    const [piece = "", total = "", ...serial] = parts.rest.split(".");
    const number = gtin(parts);
    if (number === null || !/^\d{4}$/.test(piece + total)) return null;
    return withQualifier(`${number}${piece}${total}`, "8006", "21", serial.join("."));
  },
};

/**
 * The canonical GS1 Digital Link of an EPC URN, an EPC class URN or a pattern of one class; null for any other text. The check
 * digit is made, serials keep their percent-escapes.
 */
export function linkOfUrn(urn: string): string | null {
  const shape = SHAPE.exec(urn);
  const [, form = "", scheme = "", body = ""] = shape ?? [];
  const path = PATHS[scheme];
  if (path === undefined || (form === "class") !== (scheme === "lgtin")) return null;
  const [prefix = "", reference = "", ...others] = body.split(".");
  if (!/^\d{6,12}$/.test(prefix)) return null;
  let rest = others.join(".");
  if (form === "idpat") {
    if (!rest.endsWith("*")) return null;
    rest = rest.replace(/\.?\*$/, "");
    if (rest.includes("*")) return null;
  }
  const found = path({ prefix, reference, rest });
  return found === null ? null : `https://id.gs1.org/${found}`;
}

function gtin({ prefix, reference }: Parts): string | null {
  if (!/^\d+$/.test(reference) || prefix.length + reference.length !== 13) return null;
  const body = reference.slice(0, 1) + prefix + reference.slice(1);
  return body + gtinCheckDigit(Number(body));
}

/** SSCC's first digit stands before the company prefix. */
function leadingDigitKey({ prefix, reference }: Parts, digits: number): string | null {
  if (!/^\d+$/.test(reference) || prefix.length + reference.length !== digits) return null;
  return checked(reference.slice(0, 1) + prefix + reference.slice(1));
}

function keyOf({ prefix, reference }: Parts, digits: number): string | null {
  if (!/^\d*$/.test(reference) || prefix.length + reference.length !== digits) return null;
  return checked(prefix + reference);
}

/** With its check digit. Of 17 digits the sum is made in two halves that a double can hold; both start at an even place. */
export function checked(body: string): string {
  const high = gtinCheckDigit(Number(body.slice(0, -8)));
  const low = gtinCheckDigit(Number(body.slice(-8)));
  return `${body}${(high + low) % 10}`;
}

function key(ai: string, value: string | null, serial = "", before = ""): string | null {
  return value === null ? null : `${ai}/${before}${value}${linkText(serial)}`;
}

function withQualifier(value: string | null, ai: string, qualifier: string, text: string): string | null {
  if (value === null) return null;
  return text === "" ? `${ai}/${value}` : `${ai}/${value}/${qualifier}/${linkText(text)}`;
}

function dotted(reference: string, rest: string): string {
  return rest === "" ? reference : `${reference}.${rest}`;
}

/** What a Digital Link escapes and an EPC URN leaves bare (GS1 Digital Link 1.2, table 7-1). */
function linkText(text: string): string {
  return text.replace(
    ESCAPED_IN_LINK,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
