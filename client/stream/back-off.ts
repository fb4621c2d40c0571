/** Bounds of the wait between two attempts to connect, milliseconds. */
export type BackOff = { firstMs: number; longestMs: number };

export const DEFAULT_BACK_OFF: BackOff = { firstMs: 250, longestMs: 15_000 };

/**
 * How long to wait before attempt `attempt` (0 = the first retry), milliseconds. The wait doubles up to `longestMs`; half of it
 * is random (`random` in [0, 1)), so that a thousand clients of a restarted server do not come back in one instant.
 */
export function backOffDelayMs(attempt: number, random: number, backOff: BackOff = DEFAULT_BACK_OFF): number {
  const ceilingMs = Math.min(backOff.longestMs, backOff.firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random);
}
