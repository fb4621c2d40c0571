import type { Random } from "../random.ts";

/** Standard normal (Box, Muller 1958). */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Gamma of mean `shape × scale` (Marsaglia, Tsang 2000; below a shape of 1 by their boost). */
export function drawGamma(random: Random, shape: number, scale: number): number {
  if (shape < 1) return drawGamma(random, shape + 1, scale) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Beta of mean `a / (a + b)`. */
export function drawBeta(random: Random, a: number, b: number): number {
  const x = drawGamma(random, a, 1);
  return x / (x + drawGamma(random, b, 1));
}

/** Poisson, by counting exponential gaps: for small means. */
export function drawPoisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = mean - random.exponential(1); left > 0; left -= random.exponential(1)) count += 1;
  return count;
}

/** Lognormal with this median; `spread` is the deviation of its logarithm. */
export function drawLogNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * drawNormal(random));
}

/** Draws indexes with chances in proportion to `weights`. */
export function createWeightedDraw(weights: readonly number[]): (random: Random) => number {
  const cumulative = new Float64Array(weights.length);
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    cumulative[index] = sum;
  }
  return (random) => firstAbove(cumulative, random.next() * sum);
}

/** The first index whose value is above; the last one where none is. `rising` rises. */
export function firstAbove(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
