import type { EpcHex } from "../identifiers.ts";
import { ok, refuse, type Result } from "../result.ts";
import { schemeOfHeader } from "./headers.ts";
import { keySchemeNamed } from "./key-schemes.ts";

/** The length field of a Gen2 tag has five bits: at most 31 words of 16 bits. */
const MAX_HEX_DIGITS = 124;
const UPPER_HEX = /^[0-9A-F]+$/;
const ANY_HEX = /^[0-9A-F]+$/i;

/**
 * The hex of a tag as Onhand keeps it: upper case, without `0x`, whole bytes. Empty text where it is not: ask `parseEpcHex`
 * for the reason. This runs for every tag read and makes nothing for text that is right already.
 */
export function normaliseEpcHex(text: string): string {
  if ((text.length & 1) === 0 && text.length <= MAX_HEX_DIGITS && UPPER_HEX.test(text)) return text;
  const parsed = parseEpcHex(text);
  return parsed.ok ? parsed.value : "";
}

/**
 * The hex of a whole EPC code word: any case, an optional `0x`, any number of whole bytes up to 496 bits (readers send
 * whole 16-bit words, but printed forms do not). An odd number of digits is taken only where the header's scheme ends there, as
 * the standard prints SGLN-195, GRAI-170 and schemes of variable length; a zero is added. Refuses `epc_bad_hex` and
 * `epc_bad_length`. It says nothing of the content.
 */
export function parseEpcHex(text: string): Result<EpcHex> {
  const digits = text.startsWith("0x") || text.startsWith("0X") ? text.slice(2) : text;
  if (digits === "") return refuse("epc_bad_length", "the EPC is empty");
  if (!ANY_HEX.test(digits)) {
    const shown = digits.length > 60 ? `${digits.slice(0, 60)}…` : digits;
    return refuse("epc_bad_hex", `"${shown}" is not hex: an EPC is written with 0-9 and A-F`);
  }
  if (digits.length > MAX_HEX_DIGITS) {
    return refuse("epc_bad_length", `the EPC has ${digits.length * 4} bits; a tag holds at most 496`);
  }
  if (digits.length % 2 !== 0) {
    if (endsWithItsScheme(digits.toUpperCase())) return ok(`${digits.toUpperCase()}0` as EpcHex);
    return refuse(
      "epc_bad_length",
      `the EPC has ${digits.length} hex digits; an odd number means that one was lost or added on the way`,
    );
  }
  return ok(digits.toUpperCase() as EpcHex);
}

function endsWithItsScheme(hex: string): boolean {
  const scheme = schemeOfHeader(hex) ?? "";
  const layout = keySchemeNamed(scheme);
  if (layout !== undefined) return hex.length === Math.ceil(layout.bits / 4);
  return scheme.endsWith("+") || scheme.endsWith("-var");
}
