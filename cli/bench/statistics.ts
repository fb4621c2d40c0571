/** The middle value; the mean of the two middle ones of an even number. NaN for none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Linear between the two nearest values, as spreadsheets do. `share` from 0 to 100. NaN for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const position = ((sorted.length - 1) * share) / 100;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position % 1);
}

/** Four significant digits are more than a run on a shared machine can tell. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
