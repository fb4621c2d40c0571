import { isCollected, type PromiseSource } from "./promise-source.ts";

/** Sources that splits are searched among; all of them where there are no more. */
export const MAX_SPLIT_SOURCES = 24;
/** Splits into so many shipments are searched in full; beyond it one is found by taking what covers most. */
const MAX_SEARCHED_SHIPMENTS = 3;

/** What one source gives: units by line. */
export type Part = { source: PromiseSource; units: number[] };
/** The whole basket by one or several sources, each at another location and each with something. */
export type FoundWay = { parts: Part[] };

export type WaySearch = {
  sources: readonly PromiseSource[];
  /** Units asked for, by line. */
  wanted: readonly number[];
  maxShipments: number;
};

/**
 * Ways to fulfil a basket whole.
 *
 * From one source: every one. Split: every set of two and of three sources in which no source can be left out, among the `MAX_SPLIT_SOURCES`
 * that `pickSources` chose; when there is none and more shipments are allowed, one by greedy cover. At most one
 * of a way's sources is collected from, and each is another location. So the cheapest of all ways up to three shipments is found
 * whenever there are no more sources than `MAX_SPLIT_SOURCES`. Cost O(sources × lines) + O(24³ / 6 × lines).
 */
export function findWays(search: WaySearch): FoundWay[] {
  const { sources, wanted } = search;
  const whole = sources.filter((source) => covers(source.units, wanted));
  const ways: FoundWay[] = whole.map((source) => ({ parts: [{ source, units: [...source.units] }] }));
  const most = Math.min(search.maxShipments, MAX_SEARCHED_SHIPMENTS);
  if (most > 1) ways.push(...searchSplits(search, most));
  if (ways.length === 0 && search.maxShipments > MAX_SEARCHED_SHIPMENTS) {
    const greedy = greedyWay(search);
    if (greedy !== null) ways.push(greedy);
  }
  return ways;
}

function searchSplits({ sources, wanted }: WaySearch, most: number): FoundWay[] {
  const picked = pickSources(sources, wanted);
  const ways: FoundWay[] = [];
  const visit = (from: number, chosen: readonly PromiseSource[]) => {
    for (let at = from; at < picked.length; at += 1) {
      const source = picked[at];
      if (source === undefined || !canJoin(chosen, source)) continue;
      const next = [...chosen, source];
      if (next.length > 1 && isMinimal(next, wanted)) ways.push({ parts: allocate(next, wanted) });
      else if (next.length < most && !isEnough(next, wanted)) visit(at + 1, next);
    }
  };
  visit(0, []);
  return ways;
}

/**
 * Those worth splitting among: of each line, the scarcest first, the cheapest sources that have all of it and those that have most of
 * it; then what covers most of the basket. Deterministic.
 */
export function pickSources(sources: readonly PromiseSource[], wanted: readonly number[]): PromiseSource[] {
  if (sources.length <= MAX_SPLIT_SOURCES) return [...sources];
  const picked = new Set<PromiseSource>();
  const byCost = [...sources].sort((one, other) => one.cost - other.cost || compareText(one.key, other.key));
  const lines = wanted
    .map((units, line) => ({
      line,
      units,
      sources: byCost.filter((source) => (source.units[line] ?? 0) > 0),
    }))
    .sort((one, other) => one.sources.length - other.sources.length || one.line - other.line);
  for (const { line, units, sources: having } of lines) {
    if (picked.size >= MAX_SPLIT_SOURCES / 2) break;
    for (const source of having.filter((one) => (one.units[line] ?? 0) >= units).slice(0, 2))
      picked.add(source);
    const [most] = having.toSorted((one, other) => (other.units[line] ?? 0) - (one.units[line] ?? 0));
    if (most !== undefined) picked.add(most);
  }
  const byCover = byCost.toSorted((one, other) => total(other.units) - total(one.units));
  for (const source of byCover) {
    if (picked.size >= MAX_SPLIT_SOURCES) break;
    picked.add(source);
  }
  return [...picked];
}

/** Takes what covers most of what is still open, the cheaper of equals, until nothing is open. Null: not within the limit. */
function greedyWay({ sources, wanted, maxShipments }: WaySearch): FoundWay | null {
  const open = [...wanted];
  const chosen: PromiseSource[] = [];
  while (open.some((units) => units > 0)) {
    if (chosen.length === maxShipments) return null;
    let best: { source: PromiseSource; gain: number } | null = null;
    for (const source of sources) {
      if (!canJoin(chosen, source)) continue;
      const gain = total(open.map((units, line) => Math.min(units, source.units[line] ?? 0)));
      if (gain === 0) continue;
      const isBetter =
        best === null ||
        gain > best.gain ||
        (gain === best.gain &&
          (source.cost - best.source.cost || compareText(source.key, best.source.key)) < 0);
      if (isBetter) best = { source, gain };
    }
    if (best === null) return null;
    const { source } = best;
    chosen.push(source);
    open.forEach((units, line) => {
      open[line] = Math.max(0, units - (source.units[line] ?? 0));
    });
  }
  return { parts: allocate(chosen, wanted).filter((part) => total(part.units) > 0) };
}

function canJoin(chosen: readonly PromiseSource[], source: PromiseSource): boolean {
  return chosen.every(
    (one) => one.locationId !== source.locationId && !(isCollected(one.method) && isCollected(source.method)),
  );
}

/** Together they have all, and without any one of them they have not. */
function isMinimal(sources: readonly PromiseSource[], wanted: readonly number[]): boolean {
  const isNeeded = sources.map(() => false);
  for (let line = 0; line < wanted.length; line += 1) {
    let spare = -(wanted[line] ?? 0);
    for (const source of sources) spare += source.units[line] ?? 0;
    if (spare < 0) return false;
    for (let at = 0; at < sources.length; at += 1) {
      if ((sources[at]?.units[line] ?? 0) > spare) isNeeded[at] = true;
    }
  }
  return isNeeded.every(Boolean);
}

function isEnough(sources: readonly PromiseSource[], wanted: readonly number[]): boolean {
  return wanted.every((units, line) => {
    let sum = 0;
    for (const source of sources) sum += source.units[line] ?? 0;
    return sum >= units;
  });
}

/**
 * Who gives what: a line comes from one source where one has all of it, the one with the most to give the others first (so that a
 * line that must be split is split as little as it can be); of equals the cheaper one.
 */
function allocate(sources: readonly PromiseSource[], wanted: readonly number[]): Part[] {
  const parts = sources.map((source) => ({ source, units: wanted.map(() => 0) }));
  const byCost = parts.toSorted(
    (one, other) => one.source.cost - other.source.cost || compareText(one.source.key, other.source.key),
  );
  wanted.forEach((units, line) => {
    const having = byCost.toSorted(
      (one, other) => (other.source.units[line] ?? 0) - (one.source.units[line] ?? 0),
    );
    let open = units;
    for (const part of having) {
      const given = Math.min(open, part.source.units[line] ?? 0);
      part.units[line] = given;
      open -= given;
    }
  });
  return parts;
}

function covers(units: readonly number[], wanted: readonly number[]): boolean {
  return wanted.every((one, line) => (units[line] ?? 0) >= one);
}

function total(units: readonly number[]): number {
  let sum = 0;
  for (const one of units) sum += one;
  return sum;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
