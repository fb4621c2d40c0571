import type { Random } from "../random.ts";

/** The EPC with one bit turned over: what a reader takes for a tag when a corrupted reply passes its checksum. */
export function ghostOf(epcHex: string, random: Random): string {
  const bit = random.int(epcHex.length * 4);
  const at = bit >> 2;
  const digit = Number.parseInt(epcHex.charAt(at), 16) ^ (1 << (bit & 3));
  return epcHex.slice(0, at) + digit.toString(16).toUpperCase() + epcHex.slice(at + 1);
}
