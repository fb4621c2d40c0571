import type { BgNbd } from "./bg-nbd.ts";

/** A series that has not ended by then is one that no parameters within the bounds give. */
const MAX_TERMS = 200_000;
const TINY = 1e-17;
/** Nearer to one, the general form divides nothing by nothing; it is smooth there, so the middle of two neighbours is taken. */
const NEAR_ONE = 1e-4;
/** Sums are scaled down beyond it, so that long ones do not overflow. */
const HUGE = 1e200;

/**
 * Purchases that are expected in the next `weeks` of a customer who is alive at age T after x repeats: E[Y(t) | x, t_x, T] is this
 * times P(alive). With x = 0 and T = 0 it is E[X(t)] of a new customer. Fader, Hardie, Lee (2005), equation 10.
 *
 * The published form is C/(a−1) · (1 − (1−z)^(r+x) ₂F₁(r+x, b+x; C; z)) with C = a+b+x−1 and z = t/(α+T+t). By Euler's transformation the
 * product is (1−z)^(a−1) ₂F₁(a+b−1−r, a−1; C; z), whose terms all but the first carry a factor a−1: it is divided out, so that nothing is
 * lost near a = 1, and the terms fall quickly however large x is. Where its terms would change their signs (r > a+b), or grow (a large
 * a), the published form is summed, whose terms have one sign.
 */
export function expectedPurchasesOfAlive(
  params: BgNbd,
  history: { repeats: number; ageWeeks: number },
  weeks: number,
): number {
  if (weeks === 0) return 0;
  const { r, alpha, a, b } = params;
  const shape = r + history.repeats;
  const z = weeks / (alpha + history.ageWeeks + weeks);
  const isEuler = a + b - 1 - r >= -1 && !(a > 2 && a > shape + 1);
  if (isEuler) return eulerForm(a, b, r, history.repeats, z);
  if (Math.abs(a - 1) >= NEAR_ONE) return publishedForm(a, b, shape, history.repeats, z);
  return (
    (publishedForm(1 - NEAR_ONE, b, shape, history.repeats, z) +
      publishedForm(1 + NEAR_ONE, b, shape, history.repeats, z)) /
    2
  );
}

/** C · ( (1 − (1−z)^(a−1)) / (a−1) − (1−z)^(a−1) Σ_{n≥1} (a+b−1−r)_n (a)_{n−1} z^n / ((C)_n n!) ). */
function eulerForm(a: number, b: number, r: number, x: number, z: number): number {
  const c = a + b + x - 1;
  const first = a + b - 1 - r;
  let term = (first / c) * z;
  let sum = term;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    term *= ((first + n) / (c + n)) * ((a + n - 1) / (n + 1)) * z;
    sum += term;
    if (Math.abs(term) <= TINY * Math.abs(sum)) break;
  }
  const logRest = Math.log1p(-z);
  const whole = (a - 1) * logRest;
  const lost = a === 1 ? -logRest : -Math.expm1(whole) / (a - 1);
  return c * (lost - Math.exp(whole) * sum);
}

function publishedForm(a: number, b: number, shape: number, x: number, z: number): number {
  const c = a + b + x - 1;
  let term = 1;
  let sum = 1;
  let logScale = shape * Math.log1p(-z);
  for (let n = 0; n < MAX_TERMS; n += 1) {
    const ratio = ((shape + n) / (c + n)) * ((b + x + n) / (n + 1)) * z;
    term *= ratio;
    sum += term;
    if (Math.abs(ratio) < 1 && Math.abs(term) <= TINY * Math.abs(sum)) break;
    if (Math.abs(sum) > HUGE) {
      term /= HUGE;
      sum /= HUGE;
      logScale += Math.log(HUGE);
    }
  }
  // Below zero only for x = 0 and a + b < 1, where C is.
  const rest = sum > 0 ? -Math.expm1(logScale + Math.log(sum)) : 1 - Math.exp(logScale) * sum;
  return (c / (a - 1)) * rest;
}
