import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";

/** One customer or order. Only those of the same stratum are compared with each other. */
export type ComparedRow = { stratum: string; isTreated: boolean; value: number };

export type ComparisonOptions = {
  /** treated ÷ control, or treated − control, of mean values. */
  statistic: "ratio" | "difference";
  /** The same seed and rows give the same interval. */
  seed?: number;
  /** How often the bootstrap draws; 0 leaves the interval out. */
  resamples?: number;
  /** Share of resamples within the interval. */
  confidence?: number;
};

/** How many rows a comparison stands on. */
export type ComparedGroup = { n: number; matched: number; mean: number | null };

export type Comparison = {
  /** Null where nothing matches, or where a ratio's lower part is not above zero. */
  estimate: number | null;
  /** Percentiles of the bootstrap; null without one, or where that end is not bounded. */
  lower: number | null;
  upper: number | null;
  confidence: number;
  resamples: number;
  seed: number;
  /** `mean` is of the matched, the control's weighted as the treated are spread over the strata. */
  treated: ComparedGroup;
  control: ComparedGroup;
  strata: number;
  matchedStrata: number;
};

/** From so many on a cell's mean is drawn from the normal distribution that it nears, so that a million rows take a second. */
const MANY = 500;

type Cell = { values: number[]; n: number; mean: number; deviation: number };
type Stratum = { treated: Cell; control: Cell };

/**
 * Compares treated rows with untreated ones of the same strata. Strata with only one kind are left out. Each stratum counts as
 * often as it has treated rows, so the answer is about the treated: what differs from the untreated who are otherwise like them.
 * The interval is a Poisson bootstrap (Chamandy, Muralidharan, Najmi, Naidu 2012): each row counts 0, 1, 2, … times by chance, and
 * the matching is done again. It needs O(rows + strata × resamples) for large strata. A cell of one row hardly varies in it:
 * many strata of a few rows give an interval that is too narrow.
 */
export function compareMatched(rows: Iterable<ComparedRow>, options: ComparisonOptions): Comparison {
  const { statistic, seed = 1, resamples = 1_000, confidence = 0.95 } = options;
  const strata = group(rows);
  const matched = strata.filter(({ treated, control }) => treated.n > 0 && control.n > 0);
  const means = meansOf(matched, ({ n, mean }) => ({ n, mean }));
  const random = createSeededRandom(seed);
  const draws: number[] = [];
  for (let draw = 0; matched.length > 0 && draw < resamples; draw += 1) {
    const found = estimateOf(
      meansOf(matched, (cell) => redraw(cell, random)),
      statistic,
    );
    // Where no control is left above zero, the ratio is as large as you like.
    if (found !== "nothing") draws.push(found ?? Number.POSITIVE_INFINITY);
  }
  draws.sort((left, right) => left - right);
  const estimate = estimateOf(means, statistic);
  const at = (share: number): number | null => {
    const value = draws[Math.min(draws.length - 1, Math.max(0, Math.round(share * (draws.length - 1))))];
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
  const describe = (kind: "treated" | "control"): ComparedGroup => ({
    n: strata.reduce((sum, stratum) => sum + stratum[kind].n, 0),
    matched: matched.reduce((sum, stratum) => sum + stratum[kind].n, 0),
    mean: means === null ? null : means[kind],
  });
  return {
    estimate: estimate === "nothing" ? null : estimate,
    lower: at((1 - confidence) / 2),
    upper: at((1 + confidence) / 2),
    confidence,
    resamples: draws.length,
    seed,
    treated: describe("treated"),
    control: describe("control"),
    strata: strata.length,
    matchedStrata: matched.length,
  };
}

function group(rows: Iterable<ComparedRow>): Stratum[] {
  const values = new Map<string, { treated: number[]; control: number[] }>();
  for (const { stratum, isTreated, value } of rows) {
    let found = values.get(stratum);
    if (found === undefined) values.set(stratum, (found = { treated: [], control: [] }));
    (isTreated ? found.treated : found.control).push(value);
  }
  return [...values.values()].map(({ treated, control }) => ({
    treated: toCell(treated),
    control: toCell(control),
  }));
}

function toCell(values: number[]): Cell {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, n);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, n, mean, deviation: Math.sqrt(squares / Math.max(1, n)) };
}

/** How many a cell has in one resample, and their mean. */
function redraw(cell: Cell, random: SeededRandom): { n: number; mean: number } {
  if (cell.n >= MANY) {
    const root = Math.sqrt(cell.n);
    return {
      n: cell.n + root * random.normal(),
      mean: cell.mean + (cell.deviation / root) * random.normal(),
    };
  }
  let n = 0;
  let sum = 0;
  for (const value of cell.values) {
    const times = random.poissonOfOne();
    n += times;
    sum += times * value;
  }
  return { n, mean: n === 0 ? 0 : sum / n };
}

function meansOf(
  strata: readonly Stratum[],
  read: (cell: Cell) => { n: number; mean: number },
): { treated: number; control: number } | null {
  let [weight, treatedSum, controlSum] = [0, 0, 0];
  for (const stratum of strata) {
    const treated = read(stratum.treated);
    const control = read(stratum.control);
    if (treated.n <= 0 || control.n <= 0) continue;
    weight += treated.n;
    treatedSum += treated.n * treated.mean;
    controlSum += treated.n * control.mean;
  }
  return weight === 0 ? null : { treated: treatedSum / weight, control: controlSum / weight };
}

function estimateOf(
  means: { treated: number; control: number } | null,
  statistic: "ratio" | "difference",
): number | null | "nothing" {
  if (means === null) return "nothing";
  if (statistic === "difference") return means.treated - means.control;
  return means.control > 0 ? means.treated / means.control : null;
}
