/** Below it the recurrence lifts an argument to where the asymptotic series has the digits of a double. */
const LIFT = 10;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(z) for z > 0, to about 1e-15 of max(1, |ln Γ|). Stirling's series: Abramowitz and Stegun 6.1.41. */
export function logGamma(z: number): number {
  let lifted = z;
  let product = 1;
  while (lifted < LIFT) {
    product *= lifted;
    lifted += 1;
  }
  const inverse = 1 / lifted;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 -
      square *
        (1 / 360 -
          square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360_360)))));
  return (lifted - 0.5) * Math.log(lifted) - lifted + HALF_LOG_TWO_PI + series - Math.log(product);
}

/** ψ(z), the derivative of ln Γ, for z > 0. Abramowitz and Stegun 6.3.18. */
export function digamma(z: number): number {
  let lifted = z;
  let sum = 0;
  while (lifted < LIFT) {
    sum -= 1 / lifted;
    lifted += 1;
  }
  const square = 1 / (lifted * lifted);
  const series =
    square *
    (1 / 12 -
      square *
        (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32_760)))));
  return sum + Math.log(lifted) - 0.5 / lifted - series;
}
