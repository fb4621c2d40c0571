/** Something that happens to one product at one location, with no two at the same time. */
export type CountStory =
  | { atMs: number; kind: "change"; quantity: number }
  | { atMs: number; kind: "count"; quantity: number };

/**
 * The rule of counts told plainly: what is on hand is what was counted last, and what happened since. Counts that found too
 * little are left out by whoever tells the story.
 */
export function naiveOnHand(story: readonly CountStory[]): number {
  let units = 0;
  for (const step of [...story].sort((a, b) => a.atMs - b.atMs)) {
    units = step.kind === "count" ? step.quantity : units + step.quantity;
  }
  return units;
}
