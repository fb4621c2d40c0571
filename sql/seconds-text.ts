const NEVER = "1970-01-01 00:00:00";

/** An instant as ClickHouse reads it fastest; it does not take a plain 0 for one. */
export function secondsText(ms: number): string {
  return ms === 0 ? NEVER : (ms / 1000).toFixed(3);
}
