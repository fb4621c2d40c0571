/** A seeded stream of random numbers. The same seed and label give the same numbers on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T | undefined;
  /** Waiting time of a Poisson process with the given mean, in the mean's unit. */
  exponential(mean: number): number;
  /** A bell around `mean`: the sum of four uniforms, so never further than 3.5 deviations away. */
  bell(mean: number, deviation: number): number;
};

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, period at least 2^32, integer arithmetic only.
 * `label` separates the streams of one seed, so that another draw in one place moves nothing elsewhere.
 */
export function createRandom(seed: number, label: string): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = hashText(label);
  let counter = 1;

  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // Nearby seeds give nearby first numbers; twelve rounds part them.
  for (let round = 0; round < 12; round += 1) draw();

  const next = (): number => draw() / 2 ** 32;
  return {
    next,
    int: (below) => Math.floor(next() * below),
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    exponential: (mean) => -Math.log(1 - next()) * mean,
    bell: (mean, deviation) => mean + deviation * Math.sqrt(3) * (next() + next() + next() + next() - 2),
  };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
