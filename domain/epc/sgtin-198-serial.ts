import { bitsAt, digitAt } from "./bits.ts";
import { isSerialCode } from "./characters.ts";

const SERIAL_OFFSET = 58;
const CHARACTERS = 20;
const SERIAL_96_LIMIT = 2 ** 38;

/** Whether SGTIN-198's serial can be decoded, in one pass over its hex digits: this runs for every read of such a tag. */
export function hasValidSerialCharacters(hex: string): boolean {
  // The serial begins with the last two bits of hex digit 14 and ends with the first two of digit 49.
  let window = digitAt(hex, 14) & 3;
  let bits = 2;
  let hasEnded = false;
  for (let index = 15; index <= 49; index += 1) {
    window = (window << 4) | digitAt(hex, index);
    bits += 4;
    if (bits < 7) continue;
    bits -= 7;
    const code = window >> bits;
    window &= (1 << bits) - 1;
    if (code === 0) {
      if (index === 16) return false;
      hasEnded = true;
    } else if (hasEnded || !isSerialCode(code)) return false;
  }
  return true;
}

/** SGTIN-198's serial as the number that SGTIN-96 would hold; -1 where it can't (a letter, a leading zero, too large). */
export function serialNumberOf198(hex: string): number {
  let serial = 0;
  for (let index = 0; index < CHARACTERS; index += 1) {
    const code = bitsAt(hex, SERIAL_OFFSET + index * 7, 7);
    if (code === 0) break;
    const digit = code - 48;
    if (digit < 0 || digit > 9 || (index === 1 && serial === 0)) return -1;
    serial = serial * 10 + digit;
    if (serial >= SERIAL_96_LIMIT) return -1;
  }
  return serial;
}
