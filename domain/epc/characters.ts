import { ok, refuse, type Result } from "../result.ts";

/** The 82 characters that GS1 allows in alphanumeric serials (TDS table A-1). */
const CHARACTERS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const ESCAPED_IN_URI = /["%&/<>?]/g;
const IS_LEGAL = legalCodes();

function legalCodes(): Uint8Array {
  const codes = new Uint8Array(128);
  for (const character of CHARACTERS) codes[character.charCodeAt(0)] = 1;
  return codes;
}

/** Whether a 7-bit code is one of GS1's 82 characters. */
export function isSerialCode(code: number): boolean {
  return IS_LEGAL[code] === 1;
}

/** A serial as it stands in an EPC URI: only `" % & / < > ?` are percent-escaped. */
export function escapeForUri(serial: string): string {
  return serial.replace(ESCAPED_IN_URI, percent);
}

/** A serial as a segment of a Digital Link's path. */
export function escapeForPath(serial: string): string {
  return encodeURIComponent(serial).replace(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/**
 * The serial behind its form in a URI. Any legal character may stand escaped; those that must be escaped may not stand
 * bare. Refuses `epc_serial_characters`.
 */
export function unescapeFromUri(text: string): Result<string> {
  let serial = "";
  for (let index = 0; index < text.length; index += 1) {
    let code = text.charCodeAt(index);
    if (text[index] === "%") {
      const digits = text.slice(index + 1, index + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) {
        return refuse(
          "epc_serial_characters",
          `"%${digits}" in the serial is not an escape: two hex digits follow a %`,
        );
      }
      code = Number.parseInt(digits, 16);
      index += 2;
    } else if ('"&/<>?'.includes(text[index] ?? "")) {
      return refuse(
        "epc_serial_characters",
        `"${text[index]}" in the serial must be written ${percent(text[index] ?? "")}`,
      );
    }
    if (!isSerialCode(code)) {
      return refuse(
        "epc_serial_characters",
        `the serial holds a character that GS1 does not allow (code ${code})`,
      );
    }
    serial += String.fromCharCode(code);
  }
  return ok(serial);
}
