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
 * first and the last. None of no values.
 */
export function valueBuckets(values: readonly number[], wanted: number): ValueBucket[] {
  const [low, high] = [quantileOf(values, 0.01), quantileOf(values, 0.99)];
  if (low === null || high === null) return [];
  const raw = high > low ? (high - low) / wanted : 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const width = power * ([1, 2, 5].find((step) => raw <= step * power) ?? 10);
  const begin = Math.floor(low / width) * width;
  const n = Math.max(1, Math.ceil((high - begin) / width));
  const bucketOf = (value: number): number =>
    Math.min(n, Math.max(1, 1 + Math.floor((value - begin) / width)));
  return Array.from({ length: n }, (_, index) => {
    const bucket = index + 1;
    const customers = values.filter((value) => bucketOf(value) === bucket).length;
    return {
      bucket,
      from_value: bucket === 1 ? null : begin + (bucket - 1) * width,
      to_value: bucket === n ? null : begin + bucket * width,
      customers,
      customers_share: customers / values.length,
    };
  });
}
