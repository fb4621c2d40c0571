import { ok, refuse, type Result } from "../result.ts";
import { bigBitsAt, bitsAt } from "./bits.ts";
import { isSerialCode } from "./characters.ts";

/** The longest serial of AI 21. */
const MAX_CHARACTERS = 20;
const HEX_UPPER = "0123456789ABCDEF";
const HEX_LOWER = "0123456789abcdef";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** URN Code 40: three characters in 16 bits, 1600 a + 40 b + c + 1; 0 is a place that is not used. */
const CODE_40 = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789";

export type PlusSerial = { serial: string; bits: number };
type Bits = { value: number | bigint; bits: number };

/**
 * The serial of a "+" scheme at bit `offset`: how it is encoded (3 bits), its length (5 bits), its value (TDS 2.3, 14.5.6).
 * `bits` are all that it takes. Refuses `epc_too_short`, `epc_serial_encoding`, `epc_serial_empty`, `epc_serial_length`,
 * `epc_serial_characters`.
 */
export function plusSerialAt(hex: string, offset: number): Result<PlusSerial> {
  const total = hex.length * 4;
  if (total < offset + 8) return tooShort(offset + 8, total);
  const encoding = bitsAt(hex, offset, 3);
  const length = bitsAt(hex, offset + 3, 5);
  if (length === 0) return refuse("epc_serial_empty", "the serial is empty");
  if (length > MAX_CHARACTERS) {
    return refuse("epc_serial_length", `the serial has ${length} characters; at most ${MAX_CHARACTERS} fit`);
  }
  const bits = bitsOfEncoding(encoding, length);
  if (bits === null) {
    return refuse("epc_serial_encoding", `the serial's encoding is ${encoding}; only 0 to 5 are defined`);
  }
  const start = offset + 8;
  if (total < start + bits) return tooShort(start + bits, total);
  const serial = charactersAt(hex, start, encoding, length, bits);
  return serial.ok ? ok({ serial: serial.value, bits: 8 + bits }) : serial;
}

/** The same serial as bit fields: digits as a number, anything else as 7-bit characters. It is trusted to be legal. */
export function plusSerialFields(serial: string): Bits[] {
  const isNumber = /^\d+$/.test(serial);
  const head = [
    { value: isNumber ? 0 : 4, bits: 3 },
    { value: serial.length, bits: 5 },
  ];
  if (isNumber) return [...head, { value: BigInt(serial), bits: bitsOfDigits(serial.length) }];
  return [...head, ...Array.from(serial, (character) => ({ value: character.charCodeAt(0), bits: 7 }))];
}

function bitsOfEncoding(encoding: number, length: number): number | null {
  switch (encoding) {
    case 0:
      return bitsOfDigits(length);
    case 1:
    case 2:
      return length * 4;
    case 3:
      return length * 6;
    case 4:
      return length * 7;
    case 5:
      return Math.ceil(length / 3) * 16;
    default:
      return null;
  }
}

/** Bits that hold any number of so many digits: ⌈n · log2 10⌉. */
function bitsOfDigits(length: number): number {
  return Math.ceil(length * Math.log2(10));
}

function charactersAt(
  hex: string,
  offset: number,
  encoding: number,
  length: number,
  bits: number,
): Result<string> {
  if (encoding === 0) {
    const text = bigBitsAt(hex, offset, bits).toString();
    return text.length > length
      ? refuse("epc_serial_characters", `the serial's number ${text} has more than its ${length} digits`)
      : ok(text.padStart(length, "0"));
  }
  if (encoding === 5) return code40At(hex, offset, length);
  if (encoding === 4) return asciiAt(hex, offset, length);
  const alphabet = encoding === 1 ? HEX_UPPER : encoding === 2 ? HEX_LOWER : BASE64;
  const width = encoding === 3 ? 6 : 4;
  let serial = "";
  for (let index = 0; index < length; index += 1) {
    serial += alphabet.charAt(bitsAt(hex, offset + index * width, width));
  }
  return ok(serial);
}

function asciiAt(hex: string, offset: number, length: number): Result<string> {
  let serial = "";
  for (let index = 0; index < length; index += 1) {
    const code = bitsAt(hex, offset + index * 7, 7);
    if (!isSerialCode(code)) return refuseCharacter(index, code);
    serial += String.fromCharCode(code);
  }
  return ok(serial);
}

function code40At(hex: string, offset: number, length: number): Result<string> {
  let serial = "";
  for (let index = 0; index < length; index += 3) {
    const word = bitsAt(hex, offset + (index / 3) * 16, 16) - 1;
    const codes = [Math.floor(word / 1600), Math.floor(word / 40) % 40, word % 40];
    for (const [place, code] of codes.entries()) {
      const isUsed = index + place < length;
      const character = CODE_40[code];
      if (character === undefined || isUsed !== code > 0) return refuseCharacter(index + place, code);
      if (isUsed) serial += character;
    }
  }
  return ok(serial);
}

function refuseCharacter(index: number, code: number) {
  return refuse(
    "epc_serial_characters",
    `character ${index + 1} of the serial has the code ${code}, which GS1 does not allow`,
  );
}

function tooShort(needed: number, bits: number) {
  return refuse("epc_too_short", `the tag's content needs ${needed} bits, but there are ${bits}`);
}
