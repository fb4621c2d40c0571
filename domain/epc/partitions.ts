import { refuse, type Refusal } from "../result.ts";

/** How a partition value divides prefix and reference: bits of each, digits of the prefix, digits or characters of the reference. */
export type Partition = {
  prefixBits: number;
  prefixDigits: number;
  referenceBits: number;
  referenceDigits: number;
};

const PREFIX_BITS = [40, 37, 34, 30, 27, 24, 20] as const;
const LONGEST_PREFIX = 12;

/** All schemes share the prefix's column: the reference gets what is left of the scheme's bits and digits. */
function partitionsOf(bits: number, digits: number): readonly Partition[] {
  return PREFIX_BITS.map((prefixBits, value) => {
    const prefixDigits = LONGEST_PREFIX - value;
    return {
      prefixBits,
      prefixDigits,
      referenceBits: bits - prefixBits,
      referenceDigits: digits - prefixDigits,
    };
  });
}

/**
 * Partitions by their value 0 to 6; 7 is not allowed (TDS 1.13, tables 14-3 to 14-14). GIAI's "digits" are the most that its
 * reference may have; elsewhere they are padded to exactly that.
 */
export const SGTIN_PARTITIONS = partitionsOf(44, 13);
export const SSCC_PARTITIONS = partitionsOf(58, 17);
export const SGLN_PARTITIONS = partitionsOf(41, 12);
export const GRAI_PARTITIONS = partitionsOf(44, 12);
export const GIAI_96_PARTITIONS = partitionsOf(82, 25);
export const GIAI_202_PARTITIONS = partitionsOf(188, 30);

export function refusePartition(value: number): Refusal {
  return refuse("epc_partition_invalid", `the partition value is ${value}; only 0 to 6 are defined`);
}

export function refusePrefix(prefix: number, partition: Partition): Refusal {
  return refuse(
    "epc_prefix_out_of_range",
    `the company prefix field holds ${prefix}, more than ${partition.prefixDigits} digits`,
  );
}

export function refuseReference(reference: number | bigint, partition: Partition): Refusal {
  const { referenceDigits } = partition;
  return refuse(
    "epc_reference_out_of_range",
    `the reference field holds ${reference}, more than ${referenceDigits} digit${referenceDigits === 1 ? "" : "s"}`,
  );
}
