/** What becomes of a raw read when it is taken in. `stray`: not near enough to an antenna to say anything. */
export const READ_VERDICTS = [
  "accepted",
  "stray",
  "waiting",
  "too_old",
  "in_future",
  "no_product",
  "unknown_product",
] as const;
export type ReadVerdict = (typeof READ_VERDICTS)[number];
