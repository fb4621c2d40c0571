import { gtinCheckDigit } from "../gtin.ts";
import { bitsAt } from "./bits.ts";
import { decodeKey } from "./decode-key.ts";
import { encodeKey } from "./encode-key.ts";
import { schemeOfHeader } from "./headers.ts";
import { keySchemeNamed } from "./key-schemes.ts";
import { SGTIN_PARTITIONS } from "./partitions.ts";
import { decodePlus, identityOfPlus, type PlusParts } from "./plus.ts";
import { hasValidSerialCharacters, serialNumberOf198 } from "./sgtin-198-serial.ts";

const NOT_AN_SGTIN = -1;
const HEX_DIGITS_96 = 96 / 4;
const HEX_DIGITS_198 = Math.ceil(198 / 4);
const DIGIT_3 = 51;
const DIGIT_0 = 48;
const DIGIT_6 = 54;
const LETTER_F = 70;

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
 * decodable). `epcHex` is upper-case hex as `normaliseEpcHex` gives it. Runs for every read: for SGTIN-96 and -198 it makes no
 * object and no text.
 */
export function gtinOfEpc(epcHex: string): number {
  const gtin = sgtinOf(epcHex);
  if (gtin !== NOT_AN_SGTIN) return gtin;
  return epcHex.charCodeAt(0) === LETTER_F ? Number(plusPartsOf(epcHex)?.gtin14 ?? 0) : 0;
}

/**
 * The key of the item behind a tag: two tags with the same pure identity have the same key, and no others do.
 * It is upper-case hex of the shortest code word of that identity: filter bits zero, the short scheme of a key where it fits, cut
 * or filled with zero bits to whole words. SGTIN+ and DSGTIN+ of one GTIN and serial are one item, as an SGTIN+; they are not
 * the same as an SGTIN-96 of these, since they do not tell the company prefix. A tag that can't be decoded is its own key.
 */
export function identityOfEpc(epcHex: string): string {
  if (sgtinOf(epcHex) === NOT_AN_SGTIN) return identityOfOther(epcHex);
  if (epcHex.charCodeAt(1) === DIGIT_6) return identityOfSgtin198(epcHex);
  if (bitsAt(epcHex, 8, 3) === 0)
    return epcHex.length === HEX_DIGITS_96 ? epcHex : epcHex.slice(0, HEX_DIGITS_96);
  return `30${bitsAt(epcHex, 11, 1)}${epcHex.slice(3, HEX_DIGITS_96)}`;
}

function identityOfOther(epcHex: string): string {
  const plus = plusPartsOf(epcHex);
  if (plus !== null) return identityOfPlus(plus);
  const scheme = keySchemeNamed(schemeOfHeader(epcHex) ?? "");
  if (scheme === undefined || epcHex.length * 4 < scheme.bits) return epcHex;
  const parts = decodeKey(scheme, epcHex);
  const shortest = parts.ok ? encodeKey({ ...parts.value, filter: 0 }) : parts;
  return shortest.ok ? shortest.value : epcHex;
}

function plusPartsOf(epcHex: string): PlusParts | null {
  const header = epcHex.slice(0, 2);
  if (header !== "F7" && header !== "FB") return null;
  const parts = decodePlus(header === "F7" ? "SGTIN+" : "DSGTIN+", epcHex);
  return parts.ok ? parts.value : null;
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
