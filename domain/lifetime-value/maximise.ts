import { invertPositiveDefinite } from "./invert-positive-definite.ts";

/** A smooth function with its derivatives at a point. */
export type Objective = (point: readonly number[]) => { value: number; gradient: readonly number[] };

export type Maximum = {
  point: number[];
  value: number;
  /** True where no free coordinate slopes any more. */
  isConverged: boolean;
  /** Which coordinates stand at a bound. */
  isAtBound: boolean[];
  evaluations: number;
  /** Inverse of the negative second derivatives, 0 for coordinates at a bound; null where the point is no peak. */
  covariance: number[][] | null;
};

type Spot = { point: number[]; value: number; gradient: readonly number[] };

const MAX_ITERATIONS = 500;
/** One step changes no coordinate by more. */
const MAX_STEP = 2;
const SUFFICIENT = 1e-4;
const HALVINGS = 30;
/** A slope is none below this share of the value: what is left is rounding. */
const SLOPE = 1e-9;
/** A gain is none below this share of the value. */
const GAIN = 1e-12;
const DIFFERENCE = 1e-4;
const POLISHING_STEPS = 4;

/**
 * The highest point of `objective` within a box, from `start` on: BFGS with backtracking, coordinates that press against a bound held
 * there (Bertsekas 1982), then Newton steps with second derivatives by central differences of the gradient, which bring the last
 * digits. It climbs one hill: give it several starts. `guess` is a covariance to begin with, where one is known nearby.
 */
export function maximise(
  objective: Objective,
  start: readonly number[],
  bounds: { lower: number; upper: number },
  guess: number[][] | null = null,
): Maximum {
  let evaluations = 0;
  const clamp = (each: number) => Math.min(bounds.upper, Math.max(bounds.lower, each));
  const visit = (point: number[]): Spot => {
    evaluations += 1;
    return { point, ...objective(point) };
  };
  const isHeld = ({ point, gradient }: Spot, at: number) =>
    ((point[at] ?? 0) <= bounds.lower && (gradient[at] ?? 0) < 0) ||
    ((point[at] ?? 0) >= bounds.upper && (gradient[at] ?? 0) > 0);
  const freeSlope = (spot: Spot) => spot.gradient.map((each, at) => (isHeld(spot, at) ? 0 : each));
  const isFlat = (spot: Spot) =>
    freeSlope(spot).every((each) => Math.abs(each) <= SLOPE * (1 + Math.abs(spot.value)));

  /** The first of ever shorter steps that climbs enough; null where none does. */
  function climb(from: Spot, direction: readonly number[]): Spot | null {
    const longest = direction.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    let share = Math.min(1, MAX_STEP / longest);
    for (let halving = 0; halving < HALVINGS; halving += 1, share /= 2) {
      const next = visit(from.point.map((each, at) => clamp(each + share * (direction[at] ?? 0))));
      const moved = next.point.map((each, at) => each - (from.point[at] ?? 0));
      if (
        next.value >= from.value + SUFFICIENT * dot(from.gradient, moved) &&
        moved.some((each) => each !== 0)
      )
        return next;
    }
    return null;
  }

  let here = visit(start.map(clamp));
  let inverse = guess;
  for (let iteration = 0; iteration < MAX_ITERATIONS && !isFlat(here); iteration += 1) {
    const slope = freeSlope(here);
    let direction = inverse === null ? slope : maskedProduct(inverse, slope);
    if (dot(direction, slope) <= 0) [direction, inverse] = [slope, null];
    // The rest is less than values can tell apart; slopes still can, below.
    if (inverse !== null && dot(direction, slope) <= GAIN * (1 + Math.abs(here.value))) break;
    const next = climb(here, direction);
    if (next === null && inverse === null) break;
    if (next === null) {
      inverse = null;
      continue;
    }
    inverse = updated(inverse, here, next);
    here = next;
  }

  let best: Spot = here;
  let covariance = curvatureInverse(best);
  for (let step = 0; step < POLISHING_STEPS && covariance !== null; step += 1) {
    const direction = maskedProduct(covariance, freeSlope(best));
    const next = visit(best.point.map((each, at) => clamp(each + (direction[at] ?? 0))));
    if (!(norm(freeSlope(next)) < norm(freeSlope(best)))) break;
    best = next;
    // So near, the curvature is the same.
    if (norm(direction) < DIFFERENCE) break;
    covariance = curvatureInverse(best);
  }
  return {
    point: best.point,
    value: best.value,
    isConverged: isFlat(best),
    isAtBound: best.point.map((each) => each <= bounds.lower || each >= bounds.upper),
    evaluations,
    covariance,
  };

  function curvatureInverse(spot: Spot): number[][] | null {
    const free = spot.point.map((_, at) => at).filter((at) => !isHeld(spot, at));
    const sides = free.map((at) => {
      const shifted = (by: number) =>
        visit(spot.point.map((each, other) => (other === at ? each + by : each)));
      return { above: shifted(DIFFERENCE).gradient, below: shifted(-DIFFERENCE).gradient };
    });
    const slopeOf = (row: number, column: number) =>
      -((sides[row]?.above[column] ?? 0) - (sides[row]?.below[column] ?? 0)) / (2 * DIFFERENCE);
    const inner = invertPositiveDefinite(
      free.map((row, i) => free.map((column, j) => (slopeOf(i, column) + slopeOf(j, row)) / 2)),
    );
    if (inner === null) return null;
    const placeOf = (at: number) => free.indexOf(at);
    return spot.point.map((_, row) =>
      spot.point.map((__, column) => inner[placeOf(row)]?.[placeOf(column)] ?? 0),
    );
  }
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, each, at) => sum + each * (right[at] ?? 0), 0);
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}

/** Coordinates without a slope are held: they neither move nor move others. */
function maskedProduct(matrix: readonly (readonly number[])[], slope: readonly number[]): number[] {
  return slope.map((each, row) => (each === 0 ? 0 : dot(matrix[row] ?? [], slope)));
}

/** The BFGS update of the inverse of the negative second derivatives; unchanged where the step tells nothing of them. */
function updated(inverse: number[][] | null, from: Spot, to: Spot): number[][] | null {
  const step = to.point.map((each, at) => each - (from.point[at] ?? 0));
  const fall = to.gradient.map((each, at) => (from.gradient[at] ?? 0) - each);
  const product = dot(step, fall);
  if (product <= 1e-12 * norm(step) * norm(fall)) return inverse;
  const size = step.length;
  const before =
    inverse ??
    Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (__, column) => (row === column ? product / dot(fall, fall) : 0)),
    );
  const image = before.map((row) => dot(row, fall));
  const scale = (1 + dot(fall, image) / product) / product;
  return before.map((row, i) =>
    row.map(
      (each, j) =>
        each +
        scale * (step[i] ?? 0) * (step[j] ?? 0) -
        ((image[i] ?? 0) * (step[j] ?? 0) + (step[i] ?? 0) * (image[j] ?? 0)) / product,
    ),
  );
}
