import { gtinCheckDigit, gtinFromNumber } from "../gtin.ts";
import type { EpcHex } from "../identifiers.ts";
import { ok, refuse, type Refusal, type Result } from "../result.ts";
import { bitsAt, digitAt, hexOfBits } from "./bits.ts";
import { escapeForPath, escapeForUri, isSerialCode } from "./characters.ts";
import type { EpcFields } from "./epc-fields.ts";
import { refusePartition, refusePrefix, refuseReference, SGTIN_PARTITIONS } from "./partitions.ts";

export type SgtinScheme = "sgtin-96" | "sgtin-198";

/** What an SGTIN is made of. `reference` starts with the GTIN's indicator digit; prefix and reference have 13 digits together. */
export type SgtinParts = { filter: number; gs1CompanyPrefix: string; reference: string; serial: string };

export const SGTIN_BITS: Readonly<Record<SgtinScheme, number>> = { "sgtin-96": 96, "sgtin-198": 198 };
const SERIAL_OFFSET = 58;
const SERIAL_96_LIMIT = 2 ** 38;
const SERIAL_198_CHARACTERS = 20;

/** What each filter value says of a trade item (TDS 1.13, table 10-1). It is no part of the item's identity. */
export const SGTIN_FILTERS = [
  "all others",
  "POS trade item",
  "full case for transport",
  "reserved",
  "inner pack",
  "reserved",
  "unit load",
  "unit inside trade item or component not for individual sale",
] as const;

/**
 * Decodes an SGTIN whose header and length have been checked. Refuses `epc_partition_invalid`,
 * `epc_prefix_out_of_range`, `epc_reference_out_of_range`, `epc_serial_characters`.
 */
export function decodeSgtin(scheme: SgtinScheme, hex: string): Result<EpcFields> {
  const partitionValue = bitsAt(hex, 11, 3);
  const partition = SGTIN_PARTITIONS[partitionValue];
  if (partition === undefined) return refusePartition(partitionValue);
  const prefix = bitsAt(hex, 14, partition.prefixBits);
  if (prefix >= 10 ** partition.prefixDigits) return refusePrefix(prefix, partition);
  const item = bitsAt(hex, 14 + partition.prefixBits, partition.referenceBits);
  if (item >= 10 ** partition.referenceDigits) return refuseReference(item, partition);
  const serial = scheme === "sgtin-96" ? ok(String(bitsAt(hex, SERIAL_OFFSET, 38))) : serialCharacters(hex);
  if (!serial.ok) return serial;
  const filter = bitsAt(hex, 8, 3);
  const gs1CompanyPrefix = String(prefix).padStart(partition.prefixDigits, "0");
  const reference = String(item).padStart(partition.referenceDigits, "0");
  const gtin14 = gtinOfParts(gs1CompanyPrefix, reference);
  const uriTail = `${gs1CompanyPrefix}.${reference}.${escapeForUri(serial.value)}`;
  return ok({
    filter,
    partition: partitionValue,
    gs1CompanyPrefix,
    reference,
    serial: serial.value,
    gtin14,
    pureIdentityUri: `urn:epc:id:sgtin:${uriTail}`,
    tagUri: `urn:epc:tag:${scheme}:${filter}.${uriTail}`,
    elementString: `(01)${gtin14}(21)${serial.value}`,
    digitalLink: `https://id.gs1.org/01/${gtin14}/21/${escapeForPath(serial.value)}`,
  });
}

/** The up to 20 characters of SGTIN-198's serial; after the first zero code only zeros may follow. */
function serialCharacters(hex: string): Result<string> {
  let serial = "";
  for (let index = 0; index < SERIAL_198_CHARACTERS; index += 1) {
    const code = bitsAt(hex, SERIAL_OFFSET + index * 7, 7);
    if (code === 0) {
      if (index === 0) return refuse("epc_serial_characters", "the serial is empty");
      if (endsInZeros(hex, index)) return ok(serial);
      return refuse("epc_serial_characters", "the serial goes on after its end (a zero code)");
    }
    if (!isSerialCode(code)) {
      return refuse(
        "epc_serial_characters",
        `character ${index + 1} of the serial has the code ${code}, which GS1 does not allow`,
      );
    }
    serial += String.fromCharCode(code);
  }
  return ok(serial);
}

function endsInZeros(hex: string, from: number): boolean {
  for (let index = from; index < SERIAL_198_CHARACTERS; index += 1) {
    if (bitsAt(hex, SERIAL_OFFSET + index * 7, 7) !== 0) return false;
  }
  return true;
}

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
  for (let index = 0; index < SERIAL_198_CHARACTERS; index += 1) {
    const code = bitsAt(hex, SERIAL_OFFSET + index * 7, 7);
    if (code === 0) break;
    const digit = code - 48;
    if (digit < 0 || digit > 9 || (index === 1 && serial === 0)) return -1;
    serial = serial * 10 + digit;
    if (serial >= SERIAL_96_LIMIT) return -1;
  }
  return serial;
}

/**
 * Encodes an SGTIN. Without `scheme` the shortest that can hold the serial is taken. Refuses `epc_filter_out_of_range`,
 * `epc_uri_digits`, `epc_serial_leading_zero`, `epc_serial_out_of_range`, `epc_serial_length`, `epc_serial_characters`.
 */
export function encodeSgtin(
  parts: SgtinParts,
  scheme: SgtinScheme = shortestScheme(parts.serial),
): Result<EpcHex> {
  const { filter, gs1CompanyPrefix, reference, serial } = parts;
  if (!Number.isInteger(filter) || filter < 0 || filter > 7) {
    return refuse("epc_filter_out_of_range", `the filter is ${filter}; it goes from 0 to 7`);
  }
  const partitionValue = 12 - gs1CompanyPrefix.length;
  const partition = SGTIN_PARTITIONS[partitionValue];
  if (
    partition === undefined ||
    reference.length !== partition.referenceDigits ||
    !/^\d+$/.test(gs1CompanyPrefix + reference)
  ) {
    return refuse(
      "epc_uri_digits",
      `company prefix "${gs1CompanyPrefix}" and item reference "${reference}" must be digits, 6 to 12 and 13 in all`,
    );
  }
  const refusal = scheme === "sgtin-96" ? refusalOfNumber(serial) : refusalOfCharacters(serial);
  if (refusal !== null) return refusal;
  const head = [
    { value: scheme === "sgtin-96" ? 0x30 : 0x36, bits: 8 },
    { value: filter, bits: 3 },
    { value: partitionValue, bits: 3 },
    { value: Number(gs1CompanyPrefix), bits: partition.prefixBits },
    { value: Number(reference), bits: partition.referenceBits },
  ];
  return ok(hexOfBits([...head, ...serialFields(scheme, serial)]) as EpcHex);
}

function serialFields(scheme: SgtinScheme, serial: string): { value: number; bits: number }[] {
  if (scheme === "sgtin-96") return [{ value: Number(serial), bits: 38 }];
  return Array.from({ length: SERIAL_198_CHARACTERS }, (_, index) => ({
    value: index < serial.length ? serial.charCodeAt(index) : 0,
    bits: 7,
  }));
}

/** SGTIN-96 where its 38-bit integer can hold the serial (digits, no leading zero), else SGTIN-198. */
export function shortestScheme(serial: string): SgtinScheme {
  return refusalOfNumber(serial) === null ? "sgtin-96" : "sgtin-198";
}

function refusalOfNumber(serial: string): Refusal | null {
  if (!/^\d+$/.test(serial)) {
    return refuse(
      "epc_serial_characters",
      `the serial "${serial}" is not a number; SGTIN-96 holds digits only`,
    );
  }
  if (serial.length > 1 && serial.startsWith("0")) {
    return refuse(
      "epc_serial_leading_zero",
      `the serial "${serial}" has a leading zero, which SGTIN-96 can't keep; use SGTIN-198`,
    );
  }
  if (serial.length > 12 || Number(serial) >= SERIAL_96_LIMIT) {
    return refuse(
      "epc_serial_out_of_range",
      `the serial ${serial} is not below 274877906944 (2^38); use SGTIN-198`,
    );
  }
  return null;
}

function refusalOfCharacters(serial: string): Refusal | null {
  if (serial.length === 0 || serial.length > SERIAL_198_CHARACTERS) {
    return refuse("epc_serial_length", `the serial has ${serial.length} characters; SGTIN-198 holds 1 to 20`);
  }
  for (const character of serial) {
    if (!isSerialCode(character.charCodeAt(0))) {
      return refuse("epc_serial_characters", `the serial holds "${character}", which GS1 does not allow`);
    }
  }
  return null;
}

/** Indicator + prefix + rest of the item reference + check digit (TDS 1.13, 7.2). */
function gtinOfParts(gs1CompanyPrefix: string, reference: string): string {
  const body = Number(reference.slice(0, 1) + gs1CompanyPrefix + reference.slice(1));
  return gtinFromNumber(body * 10 + gtinCheckDigit(body));
}
