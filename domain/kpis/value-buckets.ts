import { quantileOf } from "./sale-line.ts";

/** From and to null at the open ends. */
export type ValueBucket = {
  bucket: number;
  from_value: number | null;
  to_value: number | null;
  customers: number;
  customers_share: number;
};

/**
 * About `wanted` buckets of a round width (1, 2 or 5 × a power of ten) from the 1st to the 99th percentile; what lies beyond is in the
 * first and the last. Null of no values.
 */
export function bucketLadder(values: readonly number[], wanted: number) {
  const [low, high] = [quantileOf(values, 0.01), quantileOf(values, 0.99)];
  if (low === null || high === null) return null;
  const raw = high > low ? (high - low) / wanted : 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const width = power * ([1, 2, 5].find((step) => raw <= step * power) ?? 10);
  const begin = Math.floor(low / width) * width;
  const n = Math.max(1, Math.ceil((high - begin) / width));
  return {
    buckets: Array.from({ length: n }, (_, index) => ({
      bucket: index + 1,
      from_value: index === 0 ? null : begin + index * width,
      to_value: index + 1 === n ? null : begin + (index + 1) * width,
    })),
    bucketOf: (value: number): number => Math.min(n, Math.max(1, 1 + Math.floor((value - begin) / width))),
  };
}

/** The buckets of `bucketLadder` with how many values are in each. */
export function valueBuckets(values: readonly number[], wanted: number): ValueBucket[] {
  const ladder = bucketLadder(values, wanted);
  return (ladder?.buckets ?? []).map((bucket) => {
    const customers = values.filter((value) => ladder?.bucketOf(value) === bucket.bucket).length;
    return Object.assign(bucket, { customers, customers_share: customers / values.length });
  });
}
