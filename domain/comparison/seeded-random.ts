/** Numbers that look like chance and are the same for the same seed. */
export type SeededRandom = {
  /** At least 0, below 1. */
  uniform(): number;
  /** Of mean 0 and variance 1. */
  normal(): number;
  /** A count of mean 1. */
  poissonOfOne(): number;
};

/** P(count ≤ k) of a Poisson of mean 1, for k = 0, 1, …; beyond the last one nothing is left that a double can tell. */
const POISSON_OF_ONE = cumulativePoissonOfOne();

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, a period of 2³². `seed` is cut to 32 bits. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    uniform,
    // Box and Muller; 1 − u, because u may be 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    poissonOfOne() {
      const at = uniform();
      let count = 0;
      while (count < POISSON_OF_ONE.length && at >= (POISSON_OF_ONE[count] ?? 1)) count += 1;
      return count;
    },
  };
}

function cumulativePoissonOfOne(): readonly number[] {
  const sums: number[] = [];
  let term = Math.exp(-1);
  let sum = term;
  for (let count = 1; count < 18; count += 1) {
    sums.push(sum);
    term /= count;
    sum += term;
  }
  return sums;
}
