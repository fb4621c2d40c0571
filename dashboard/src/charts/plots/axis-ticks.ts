import type { ReportUnit } from "../../../../domain/reports/report.ts";
import type { Point } from "../chart-series.ts";

/** Each divides 1, so that no axis of shares goes beyond 100 % unless a share does. */
const STEPS_OF_SHARES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];
const MOST_STEPS = 5;

/** Marks of an axis for shares (1 is 100 %) between the least and the most of them, round, and no more than seven. */
export function shareTicks(least: number, most: number): number[] {
  const step = STEPS_OF_SHARES.find((each) => most - least <= each * MOST_STEPS) ?? 1;
  const per = Math.round(1 / step);
  const last = Math.max(Math.ceil(most * per - 1e-9), 1);
  const first = Math.min(Math.floor(least * per + 1e-9), last - 1);
  return marks(first, last).map((place) => place / per);
}

/** The same for amounts: steps of 1, 2 or 5 times a power of ten, which stay true when they are written short. */
export function amountTicks(least: number, most: number): number[] {
  const exponent = Math.max(Math.floor(Math.log10(Math.max(most - least, MOST_STEPS) / MOST_STEPS)), 0);
  const step = [1, 2, 5, 10]
    .map((each) => each * 10 ** exponent)
    .find((each) => most - least <= each * MOST_STEPS);
  const width = step ?? 10 ** (exponent + 1);
  const first = Math.floor(least / width);
  const last = Math.max(Math.ceil(most / width), first + 1);
  return marks(first, last).map((place) => place * width);
}

const marks = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** What an axis of values has to hold of `count` series, and of the window before; stacked ones reach as far as their sum. */
export function valuesOf(points: readonly Point[], count: number, isStacked: boolean): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  return points
    .flatMap((point) => {
      const now = places.map((at) => point[`v${at}`] ?? null);
      const before = places.map((at) => point[`p${at}`] ?? null);
      return isStacked ? [sum(now), sum(before)] : [...now, ...before, point.low, point.high];
    })
    .filter((value) => value !== null);
}

const sum = (values: readonly (number | null)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

type Axis = { domain: [number | "auto", number | "auto"]; ticks?: number[]; interval?: 0 };

/** What recharts is told of an axis of values. Durations and ratios have the marks that it chooses. */
export function axisOf(unit: ReportUnit, values: readonly number[], isFromZero: boolean): Axis {
  const isAmount = unit === "count" || unit === "units" || unit === "money";
  if (values.length === 0 || !(isAmount || unit === "share")) {
    return { domain: [isFromZero ? 0 : "auto", "auto"] };
  }
  const least = Math.min(...values, ...(isFromZero ? [0] : []));
  const most = Math.max(...values);
  const ticks = unit === "share" ? shareTicks(least, most) : amountTicks(least, most);
  return { ticks, interval: 0, domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1] };
}
