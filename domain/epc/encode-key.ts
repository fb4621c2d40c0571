import type { EpcHex } from "../identifiers.ts";
import { ok, refuse, type Refusal, type Result } from "../result.ts";
import { hexOfBits } from "./bits.ts";
import { refusalOfText, textFields } from "./characters.ts";
import { nameOfSerial } from "./decode-key.ts";
import { type KeyParts, type KeyScheme, schemesOfKey } from "./key-schemes.ts";
import type { Partition } from "./partitions.ts";

const ONLY_DIGITS = /^\d+$/;
const LONGEST_PREFIX = 12;

type Field = { value: number | bigint; bits: number };

/**
 * The code word of a GS1 key. Without `scheme` the shortest that holds it is taken. Refuses `epc_filter_out_of_range`,
 * `epc_uri_digits`, `epc_serial_leading_zero`, `epc_serial_out_of_range`, `epc_serial_empty`, `epc_serial_length`,
 * `epc_serial_characters`.
 */
export function encodeKey(parts: KeyParts, scheme: KeyScheme = shortestScheme(parts)): Result<EpcHex> {
  const { filter, gs1CompanyPrefix } = parts;
  if (!Number.isInteger(filter) || filter < 0 || filter > 7) {
    return refuse("epc_filter_out_of_range", `the filter is ${filter}; it goes from 0 to 7`);
  }
  const partitionValue = LONGEST_PREFIX - gs1CompanyPrefix.length;
  const partition = scheme.partitions[partitionValue];
  if (partition === undefined || !ONLY_DIGITS.test(gs1CompanyPrefix)) {
    return refuse("epc_uri_digits", `the company prefix "${gs1CompanyPrefix}" must have 6 to 12 digits`);
  }
  const reference = referenceFields(scheme, parts, partition);
  if (!reference.ok) return reference;
  const serial = serialFields(scheme, parts);
  if (!serial.ok) return serial;
  return ok(
    hexOfBits([
      { value: scheme.header, bits: 8 },
      { value: filter, bits: 3 },
      { value: partitionValue, bits: 3 },
      { value: Number(gs1CompanyPrefix), bits: partition.prefixBits },
      ...reference.value,
      ...serial.value,
    ]) as EpcHex,
  );
}

/** The shortest scheme that holds the parts; the longest of the key where none does. */
export function shortestScheme(parts: KeyParts): KeyScheme {
  const schemes = schemesOfKey(parts.key);
  const [short, long = short] = schemes;
  if (short === undefined || long === undefined) throw new Error(`no scheme for ${parts.key}`);
  const partition = short.partitions[LONGEST_PREFIX - parts.gs1CompanyPrefix.length];
  const isShort =
    serialFields(short, parts).ok && (partition === undefined || referenceFields(short, parts, partition).ok);
  return isShort ? short : long;
}

function referenceFields(scheme: KeyScheme, parts: KeyParts, partition: Partition): Result<Field[]> {
  const { reference } = parts;
  const { referenceBits: bits, referenceDigits } = partition;
  if (scheme.reference === "text") {
    return refusalOfText(reference, referenceDigits, "asset reference") ?? ok(textFields(reference, bits));
  }
  if (scheme.reference === "integer") {
    return (
      refusalOfNumber(reference, bits, scheme, "asset reference") ?? ok([{ value: BigInt(reference), bits }])
    );
  }
  if (reference.length !== referenceDigits || (reference !== "" && !ONLY_DIGITS.test(reference))) {
    return refuse(
      "epc_uri_digits",
      `after a company prefix of ${partition.prefixDigits} digits the reference must have ${referenceDigits}, but it is "${reference}"`,
    );
  }
  return ok([{ value: Number(reference), bits }]);
}

function serialFields(scheme: KeyScheme, parts: KeyParts): Result<Field[]> {
  const serial = parts.serial ?? "";
  const what = nameOfSerial(scheme.key);
  const field = scheme.serial;
  switch (field.kind) {
    case "integer":
      return (
        refusalOfNumber(serial, field.bits, scheme, what) ?? ok([{ value: Number(serial), bits: field.bits }])
      );
    case "text":
      return refusalOfText(serial, field.characters, what) ?? ok(textFields(serial, field.characters * 7));
    case "zeros":
      return ok([{ value: 0, bits: field.bits }]);
    case "none":
      return ok([]);
    default:
      return field satisfies never;
  }
}

function refusalOfNumber(text: string, bits: number, scheme: KeyScheme, what: string): Refusal | null {
  const longer = schemesOfKey(scheme.key).find(({ bits: others }) => others > scheme.bits)?.name;
  if (text === "") return refuse("epc_serial_empty", `the ${what} is empty`);
  if (!ONLY_DIGITS.test(text)) {
    return refuse(
      "epc_serial_characters",
      `the ${what} "${text}" is not a number; ${scheme.name} holds digits only`,
    );
  }
  if (text.length > 1 && text.startsWith("0")) {
    return refuse(
      "epc_serial_leading_zero",
      `the ${what} "${text}" has a leading zero, which ${scheme.name} can't keep; use ${longer}`,
    );
  }
  if (text.length > 20 || BigInt(text) >= 1n << BigInt(bits)) {
    return refuse(
      "epc_serial_out_of_range",
      `the ${what} ${text.slice(0, 40)} is not below ${1n << BigInt(bits)} (2^${bits}); use ${longer}`,
    );
  }
  return null;
}
