/** Standard deviations to either side of a 95 % interval. */
const Z = 1.959963984540054;

/**
 * Between which shares a share lies that was seen in `successes` of `n` cases, with 95 % probability: the score interval (Wilson
 * 1927), which holds for few cases and for shares near 0 and 1 too. Null without a case.
 */
export function shareInterval(successes: number, n: number): { lower: number; upper: number } | null {
  if (n === 0) return null;
  const middle = successes + (Z * Z) / 2;
  const half = Z * Math.sqrt((successes * (n - successes)) / n + (Z * Z) / 4);
  return {
    lower: successes === 0 ? 0 : (middle - half) / (n + Z * Z),
    upper: successes === n ? 1 : (middle + half) / (n + Z * Z),
  };
}
