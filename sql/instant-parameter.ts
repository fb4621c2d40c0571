/**
 * An instant, Unix ms, as a `DateTime64(3, 'UTC')` parameter. Not a `Date`: the client writes it as Unix seconds with a
 * fraction, of which ClickHouse drops the fraction.
 */
export function instantParameter(ms: number): string {
  return new Date(ms).toISOString().slice(0, 23).replace("T", " ");
}
