const DAY_MS = 24 * 3_600_000;
/** Where readers see less than this share of what they should, the readers are doubted and not the items. */
const LEAST_SIGHT = 0.7;
/** Items that may go at once without any doubt in the readers: in a small zone each is a large share. */
const SLACK_ITEMS = 2;
/** Items a day that may be missing in the smallest of zones. */
const LEAST_MISSING = 3;
/** So many items would have to stay missing before one that comes back says much. */
const RETURNS_WEIGHT = 20;

/** One look at one zone: items placed there, how many of them were seen, and how many should have been. */
export type LookAtZone = { items: number; seen: number; expected: number };

/** Of one zone: items that went missing lately, and how many came back. Both fade within a day. */
export type ZoneDoubt = { missing: number; returned: number };

/** A look that saw fewer than this share of the items is none: the readers slept. */
export function isLook({ items, seen }: LookAtZone, minShare: number): boolean {
  return items > 0 && seen >= minShare * items;
}

/**
 * How much a look counts against those that it did not see, 0 to 1. One that saw far fewer than it should says more of its
 * readers (a cart before an antenna, a reader gone) than of the items: between 70 and 100 % of what it should have seen it
 * counts in proportion.
 */
export function weightOfLook({ seen, expected }: LookAtZone): number {
  const share = Math.min(1, (seen + SLACK_ITEMS) / Math.max(expected, 1));
  return Math.max(0, (share - LEAST_SIGHT) / (1 - LEAST_SIGHT));
}

/**
 * Whether silence says enough in this zone to call one more item missing. Not if more are silent than shrink explains (twice
 * the prior share of its items a day): then they sit where no reader looks. And not if too many of those called missing came
 * back: of them at most the share 1 − `missingAbove` may.
 */
export function isSilenceTrusted(
  doubt: ZoneDoubt,
  items: number,
  { absencePrior, missingAbove }: { absencePrior: number; missingAbove: number },
): boolean {
  if (doubt.missing + 1 > Math.max(LEAST_MISSING, 2 * absencePrior * items)) return false;
  return doubt.returned * missingAbove <= (1 - missingAbove) * (doubt.missing + RETURNS_WEIGHT);
}

/** Lets the past fade: half of it counts after about 17 hours. */
export function fade(doubt: ZoneDoubt, elapsedMs: number): void {
  const kept = Math.exp(-elapsedMs / DAY_MS);
  doubt.missing *= kept;
  doubt.returned *= kept;
}
