/** The value below which this share of them lies, between two by proportion (ClickHouse's quantileExactInclusive); NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Keeps how many there are of each. */
export function createTally() {
  const counts = new Map<string, number>();
  return {
    add: (name: string, units = 1): void => void counts.set(name, (counts.get(name) ?? 0) + units),
    of: (name: string): number => counts.get(name) ?? 0,
    ratio: (name: string, of: string): number => (counts.get(name) ?? 0) / (counts.get(of) ?? 0),
    entries: (): [string, number][] => [...counts.entries()],
  };
}
