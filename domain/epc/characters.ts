import { ok, refuse, type Refusal, type Result } from "../result.ts";
import { areZeros, bitsAt } from "./bits.ts";

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

/**
 * The characters of 7 bits in a field of `bits` bits, at most `characters` of them, filled with zero bits. Refuses
 * `epc_serial_empty`, `epc_serial_after_end` (something follows a zero) and `epc_serial_characters`. `what` names the field.
 */
export function textAt(
  hex: string,
  field: { offset: number; bits: number; characters: number },
  what: string,
): Result<string> {
  const end = field.offset + field.bits;
  let text = "";
  let offset = field.offset;
  for (; text.length < field.characters; offset += 7) {
    const code = bitsAt(hex, offset, 7);
    if (code === 0) break;
    if (!isSerialCode(code)) {
      return refuse(
        "epc_serial_characters",
        `character ${text.length + 1} of the ${what} has the code ${code}, which GS1 does not allow`,
      );
    }
    text += String.fromCharCode(code);
  }
  if (!areZeros(hex, offset, end - offset)) {
    return refuse("epc_serial_after_end", `the ${what} goes on after its end`);
  }
  return text === "" ? refuse("epc_serial_empty", `the ${what} is empty`) : ok(text);
}

/** Fields of 7 bits for a text, filled with zeros to `bits`. */
export function textFields(text: string, bits: number): { value: number; bits: number }[] {
  const fields = Array.from(text, (character) => ({ value: character.charCodeAt(0), bits: 7 }));
  return [...fields, { value: 0, bits: bits - 7 * text.length }];
}

/** Why a text can't stand in a field of `characters` characters; null when it can. */
export function refusalOfText(text: string, characters: number, what: string): Refusal | null {
  if (text.length === 0) return refuse("epc_serial_empty", `the ${what} is empty`);
  if (text.length > characters) {
    return refuse(
      "epc_serial_length",
      `the ${what} has ${text.length} characters; at most ${characters} fit`,
    );
  }
  for (const character of text) {
    if (!isSerialCode(character.charCodeAt(0))) {
      return refuse("epc_serial_characters", `the ${what} holds "${character}", which GS1 does not allow`);
    }
  }
  return null;
}
