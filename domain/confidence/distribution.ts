/** Probabilities of whole numbers: `mass[i]` = P(`first` + i). What is left out has less than 1e-15 in all. */
export type Distribution = { first: number; mass: Float64Array };

/** Of a peak this share is taken for nothing: far below what adding up numbers of 53 bits can tell. */
const NEGLIGIBLE = 1e-18;

export function certainly(units: number): Distribution {
  return { first: units, mass: Float64Array.of(1) };
}

/** How many of `count` are there when each is with probability `p` (0 to 1), independently: n over k · p^k · (1 − p)^(n − k). */
export function binomial(count: number, p: number): Distribution {
  if (count <= 0 || p <= 0) return certainly(0);
  if (p >= 1) return certainly(count);
  const odds = p / (1 - p);
  const mode = Math.min(count, Math.floor((count + 1) * p));
  // From the peak to both sides by the ratio of neighbours, which neither over- nor underflows.
  const below: number[] = [];
  for (let k = mode, mass = 1; k > 0; k--) {
    mass *= k / ((count - k + 1) * odds);
    if (mass < NEGLIGIBLE) break;
    below.push(mass);
  }
  const above: number[] = [];
  for (let k = mode, mass = 1; k < count; k++) {
    mass *= ((count - k) * odds) / (k + 1);
    if (mass < NEGLIGIBLE) break;
    above.push(mass);
  }
  return normalized(mode - below.length, Float64Array.from([...below.reverse(), 1, ...above]));
}

/** How many are there of `count` that are there together with probability `p`, or none of them. */
export function allOrNone(count: number, p: number): Distribution {
  if (count <= 0) return certainly(0);
  const mass = new Float64Array(count + 1);
  mass[0] = 1 - p;
  mass[count] = p;
  return { first: 0, mass };
}

/**
 * How many events an exposure brings when their rate is only known as Gamma(`shape`, `rate`), so `shape` events in an exposure of
 * `rate`: the negative binomial distribution, P(0) = (rate ÷ (rate + exposure))^shape. At most `max` events are told apart.
 */
export function negativeBinomial(shape: number, rate: number, exposure: number, max: number): Distribution {
  if (exposure <= 0 || shape <= 0) return certainly(0);
  const share = exposure / (rate + exposure);
  const mass: number[] = [];
  let next = Math.exp(-shape * Math.log1p(exposure / rate));
  for (let events = 0, sum = 0; events <= max; events++) {
    mass.push(next);
    sum += next;
    if (1 - sum < 1e-12) break;
    next *= ((events + shape) / (events + 1)) * share;
  }
  return normalized(0, Float64Array.from(mass));
}

/** The sum of two that know nothing of each other. */
export function convolve(a: Distribution, b: Distribution): Distribution {
  const mass = new Float64Array(a.mass.length + b.mass.length - 1);
  for (let i = 0; i < a.mass.length; i++) {
    const one = a.mass[i] ?? 0;
    for (let j = 0; j < b.mass.length; j++) mass[i + j] = (mass[i + j] ?? 0) + one * (b.mass[j] ?? 0);
  }
  return trimmed(a.first + b.first, mass);
}

/** The same with the sign turned. */
export function negated({ first, mass }: Distribution): Distribution {
  return { first: -(first + mass.length - 1), mass: mass.slice().reverse() };
}

/** What is left of it when it is known to be at least `least`. What can hardly be is taken for as close as it comes. */
export function given(distribution: Distribution, least: number): Distribution {
  const { first, mass } = distribution;
  if (first >= least) return distribution;
  if (first + mass.length - 1 < least) return certainly(least);
  const kept = mass.slice(least - first);
  let sum = 0;
  for (const one of kept) sum += one;
  return sum > 0 ? normalized(least, kept) : certainly(least);
}

/** `tail[k]` = P(at least k) for k from 0 on; beyond its end it is 0. */
export function tailOf({ first, mass }: Distribution): Float64Array {
  const last = first + mass.length - 1;
  const tail = new Float64Array(Math.max(0, last) + 1);
  let sum = 0;
  for (let units = last; units > 0; units--) {
    sum += mass[units - first] ?? 0;
    tail[units] = Math.min(1, sum);
  }
  tail[0] = 1;
  return tail;
}

function normalized(first: number, mass: Float64Array): Distribution {
  let sum = 0;
  for (const one of mass) sum += one;
  return { first, mass: mass.map((one) => one / sum) };
}

function trimmed(first: number, mass: Float64Array): Distribution {
  let from = 0;
  let to = mass.length;
  while (from < to - 1 && (mass[from] ?? 0) < NEGLIGIBLE) from++;
  while (to > from + 1 && (mass[to - 1] ?? 0) < NEGLIGIBLE) to--;
  return from === 0 && to === mass.length
    ? { first, mass }
    : { first: first + from, mass: mass.slice(from, to) };
}

/** P(at least so many), by a tail of `tailOf`. */
export function atLeast(tail: Float64Array, units: number): number {
  return units <= 0 ? 1 : (tail[units] ?? 0);
}

/** The largest k with P(at least k) ≥ `probability`. */
export function mostWith(tail: Float64Array, probability: number): number {
  let low = 0;
  let high = tail.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tail[middle] ?? 0) >= probability) low = middle;
    else high = middle - 1;
  }
  return low;
}
