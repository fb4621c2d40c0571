import { ok, refuse, type Result } from "../result.ts";
import { areZeros, bigBitsAt, bitsAt } from "./bits.ts";
import { textAt } from "./characters.ts";
import type { KeyParts, KeyScheme } from "./key-schemes.ts";
import { type Partition, refusePartition, refusePrefix, refuseReference } from "./partitions.ts";

const FILTER_OFFSET = 8;
const PARTITION_OFFSET = 11;
const PREFIX_OFFSET = 14;

/**
 * Decodes a tag of a GS1 key whose header and length have been checked. Refuses `epc_partition_invalid`,
 * `epc_prefix_out_of_range`, `epc_reference_out_of_range`, `epc_reserved_bits`, `epc_serial_empty`, `epc_serial_after_end`,
 * `epc_serial_characters`.
 */
export function decodeKey(scheme: KeyScheme, hex: string): Result<KeyParts & { partition: number }> {
  const partitionValue = bitsAt(hex, PARTITION_OFFSET, 3);
  const partition = scheme.partitions[partitionValue];
  if (partition === undefined) return refusePartition(partitionValue);
  const prefix = bitsAt(hex, PREFIX_OFFSET, partition.prefixBits);
  if (prefix >= 10 ** partition.prefixDigits) return refusePrefix(prefix, partition);
  const referenceOffset = PREFIX_OFFSET + partition.prefixBits;
  const reference = referenceAt(scheme, hex, referenceOffset, partition);
  if (!reference.ok) return reference;
  const serial = serialAt(scheme, hex, referenceOffset + partition.referenceBits);
  if (!serial.ok) return serial;
  return ok({
    key: scheme.key,
    filter: bitsAt(hex, FILTER_OFFSET, 3),
    partition: partitionValue,
    gs1CompanyPrefix: String(prefix).padStart(partition.prefixDigits, "0"),
    reference: reference.value,
    serial: serial.value,
  });
}

function referenceAt(scheme: KeyScheme, hex: string, offset: number, partition: Partition): Result<string> {
  const { referenceBits, referenceDigits } = partition;
  if (scheme.reference === "text") {
    return textAt(hex, { offset, bits: referenceBits, characters: referenceDigits }, "asset reference");
  }
  if (scheme.reference === "integer") {
    const asset = bigBitsAt(hex, offset, referenceBits);
    return asset < 10n ** BigInt(referenceDigits) ? ok(String(asset)) : refuseReference(asset, partition);
  }
  const reference = bitsAt(hex, offset, referenceBits);
  if (reference >= 10 ** referenceDigits) return refuseReference(reference, partition);
  return ok(referenceDigits === 0 ? "" : String(reference).padStart(referenceDigits, "0"));
}

function serialAt({ key, serial }: KeyScheme, hex: string, offset: number): Result<string | null> {
  switch (serial.kind) {
    case "integer":
      return ok(String(bitsAt(hex, offset, serial.bits)));
    case "text": {
      const { characters } = serial;
      return textAt(hex, { offset, bits: characters * 7, characters }, nameOfSerial(key));
    }
    case "zeros":
      return areZeros(hex, offset, serial.bits)
        ? ok(null)
        : refuse("epc_reserved_bits", `the last ${serial.bits} bits are reserved and must be zero`);
    case "none":
      return ok(null);
    default:
      return serial satisfies never;
  }
}

/** The serial field's word for people. */
export function nameOfSerial(key: KeyScheme["key"]): string {
  return key === "sgln" ? "extension" : "serial";
}
