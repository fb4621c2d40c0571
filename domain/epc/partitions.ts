import { refuse, type Refusal } from "../result.ts";

/** How a partition value divides prefix and reference: bits and decimal digits of each. */
export type Partition = {
  prefixBits: number;
  prefixDigits: number;
  referenceBits: number;
  referenceDigits: number;
};

/** SGTIN's partitions by their value 0 to 6 (TDS 1.13, table 14-3). 7 is not allowed. */
export const SGTIN_PARTITIONS: readonly Partition[] = [
  { prefixBits: 40, prefixDigits: 12, referenceBits: 4, referenceDigits: 1 },
  { prefixBits: 37, prefixDigits: 11, referenceBits: 7, referenceDigits: 2 },
  { prefixBits: 34, prefixDigits: 10, referenceBits: 10, referenceDigits: 3 },
  { prefixBits: 30, prefixDigits: 9, referenceBits: 14, referenceDigits: 4 },
  { prefixBits: 27, prefixDigits: 8, referenceBits: 17, referenceDigits: 5 },
  { prefixBits: 24, prefixDigits: 7, referenceBits: 20, referenceDigits: 6 },
  { prefixBits: 20, prefixDigits: 6, referenceBits: 24, referenceDigits: 7 },
];

export function refusePartition(value: number): Refusal {
  return refuse("epc_partition_invalid", `the partition value is ${value}; only 0 to 6 are defined`);
}

export function refusePrefix(prefix: number, partition: Partition): Refusal {
  return refuse(
    "epc_prefix_out_of_range",
    `the company prefix field holds ${prefix}, more than ${partition.prefixDigits} digits`,
  );
}

export function refuseReference(reference: number, partition: Partition): Refusal {
  return refuse(
    "epc_reference_out_of_range",
    `the item reference field holds ${reference}, more than ${partition.referenceDigits} digit${partition.referenceDigits === 1 ? "" : "s"}`,
  );
}
