import type { Annotation } from "../../../domain/api/annotations.ts";
import type { PeriodKind } from "../format/day.ts";

/** An annotation in the time of a chart: the first and the last of the chart's periods that it touches, and the sign it goes by. */
export type PlacedAnnotation = { annotation: Annotation; sign: string; x: string; toX: string };

const DAY_MS = 86_400_000;

/**
 * The annotations that fall into the periods of a chart, the earliest first, as A, B, C … `xs` are the periods' first days (or months, as
 * 2026-03), rising; `locationIds` null takes those of all locations. Those of the whole company always count.
 */
export function marksOf(
  annotations: readonly Annotation[],
  xs: readonly string[],
  kind: PeriodKind,
  locationIds: readonly string[] | null,
): PlacedAnnotation[] {
  const periods = xs.map((x, index) => {
    const next = xs[index + 1];
    return {
      x,
      first: dayOf(x),
      last: next === undefined ? lastDay(dayOf(x), kind) : dayBefore(dayOf(next)),
    };
  });
  const placed = annotations
    .filter(({ locationId }) => locationId === null || (locationIds?.includes(locationId) ?? true))
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.annotationId.localeCompare(b.annotationId))
    .flatMap((annotation) => {
      const touched = periods.filter(({ first, last }) => first <= annotation.to && last >= annotation.from);
      const [begin, end] = [touched[0], touched.at(-1)];
      return begin === undefined || end === undefined ? [] : [{ annotation, x: begin.x, toX: end.x }];
    });
  return placed.map(({ annotation, x, toX }, place) => ({ annotation, x, toX, sign: signOf(place) }));
}

/** A to Z, then A2 to Z2. */
function signOf(place: number): string {
  const letter = String.fromCodePoint(65 + (place % 26));
  const round = Math.floor(place / 26) + 1;
  return round === 1 ? letter : `${letter}${round}`;
}

function dayOf(x: string): string {
  return x.length === 7 ? `${x}-01` : x.slice(0, 10);
}

function dayBefore(day: string): string {
  return writeDay(Date.parse(day) - DAY_MS);
}

function writeDay(atMs: number): string {
  return Number.isNaN(atMs) ? "" : new Date(atMs).toISOString().slice(0, 10);
}

/** The last day of the period that begins on `first`. */
function lastDay(first: string, kind: PeriodKind): string {
  const at = new Date(`${first}T00:00:00Z`);
  switch (kind) {
    case "day":
      return first;
    case "week":
      return writeDay(at.getTime() + 6 * DAY_MS);
    case "month":
      return writeDay(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0));
    case "quarter":
      return writeDay(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 3, 0));
    case "year":
      return writeDay(Date.UTC(at.getUTCFullYear() + 1, 0, 0));
    default:
      return kind satisfies never;
  }
}
