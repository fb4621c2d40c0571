import { gtinCheckDigit } from "../gtin.ts";
import { bitsAt } from "./bits.ts";
import { SGTIN_PARTITIONS } from "./partitions.ts";
import { hasValidSerialCharacters, SGTIN_BITS, serialNumberOf198 } from "./sgtin.ts";

const NOT_AN_SGTIN = -1;
const HEX_DIGITS_96 = SGTIN_BITS["sgtin-96"] / 4;
const HEX_DIGITS_198 = Math.ceil(SGTIN_BITS["sgtin-198"] / 4);
const DIGIT_3 = 51;
const DIGIT_0 = 48;
const DIGIT_6 = 54;

/** Limits and scales by partition value, so that the hot loop computes no powers. */
const LAYOUTS = SGTIN_PARTITIONS.map((partition) => ({
  prefixBits: partition.prefixBits,
  referenceBits: partition.referenceBits,
  prefixLimit: 10 ** partition.prefixDigits,
  referenceLimit: 10 ** partition.referenceDigits,
  itemLimit: 10 ** (partition.referenceDigits - 1),
}));

/**
 * The product on a tag: its GTIN-14 as a number, 0 when the tag names no product (another scheme, unencoded, foreign, or not
 * decodable). `epcHex` is upper-case hex as `normaliseEpcHex` gives it. Runs for every read: it makes no object and no text.
 */
export function gtinOfEpc(epcHex: string): number {
  const gtin = sgtinOf(epcHex);
  return gtin === NOT_AN_SGTIN ? 0 : gtin;
}

/**
 * The key of the item behind a tag: two tags with the same pure identity have the same key, and no others do.
 * It is upper-case hex of the shortest code word of that identity: filter bits zero, SGTIN-96 where the serial fits it, cut
 * or filled with zero bits to whole words (24 or 52 digits). A tag that can't be decoded is its own key, unchanged.
 */
export function identityOfEpc(epcHex: string): string {
  if (sgtinOf(epcHex) === NOT_AN_SGTIN) return epcHex;
  if (epcHex.charCodeAt(1) === DIGIT_6) return identityOfSgtin198(epcHex);
  if (bitsAt(epcHex, 8, 3) === 0)
    return epcHex.length === HEX_DIGITS_96 ? epcHex : epcHex.slice(0, HEX_DIGITS_96);
  return `30${bitsAt(epcHex, 11, 1)}${epcHex.slice(3, HEX_DIGITS_96)}`;
}

/** Both SGTIN schemes share the bits from partition to item reference, so only header, filter and serial change. */
function identityOfSgtin198(epcHex: string): string {
  const partitionBit = bitsAt(epcHex, 11, 1);
  const serial = serialNumberOf198(epcHex);
  if (serial < 0) {
    const kept = epcHex.slice(3, HEX_DIGITS_198 - 1);
    const lastDigit = (bitsAt(epcHex, 196, 2) * 4).toString(16).toUpperCase();
    return `36${partitionBit}${kept}${lastDigit}00`;
  }
  const tail = (bitsAt(epcHex, 56, 2) * 2 ** 38 + serial).toString(16).toUpperCase().padStart(10, "0");
  return `30${partitionBit}${epcHex.slice(3, 14)}${tail}`;
}

function sgtinOf(epcHex: string): number {
  if (epcHex.charCodeAt(0) !== DIGIT_3) return NOT_AN_SGTIN;
  const second = epcHex.charCodeAt(1);
  if (second === DIGIT_0) {
    if (epcHex.length < HEX_DIGITS_96) return NOT_AN_SGTIN;
  } else if (second !== DIGIT_6 || epcHex.length < HEX_DIGITS_198 || !hasValidSerialCharacters(epcHex)) {
    return NOT_AN_SGTIN;
  }
  const layout = LAYOUTS[bitsAt(epcHex, 11, 3)];
  if (layout === undefined) return NOT_AN_SGTIN;
  const prefix = bitsAt(epcHex, 14, layout.prefixBits);
  if (prefix >= layout.prefixLimit) return NOT_AN_SGTIN;
  const reference = bitsAt(epcHex, 14 + layout.prefixBits, layout.referenceBits);
  if (reference >= layout.referenceLimit) return NOT_AN_SGTIN;
  const indicator = Math.floor(reference / layout.itemLimit);
  const body = indicator * 1e12 + prefix * layout.itemLimit + (reference - indicator * layout.itemLimit);
  return body * 10 + gtinCheckDigit(body);
}
