import type { ItemBefore, ItemOutcome } from "./item-outcome.ts";

/** An item on hand is at that location now: it left the one as it entered the other. */
export function transferred(before: ItemBefore, location: number): ItemOutcome {
  if (before.location === location) return { after: before, lines: [] };
  return {
    after: { ...before, location, isClaimed: false },
    lines: [
      { location: before.location, state: before.state, quantity: -1, reason: "transferred_out" },
      { location, state: before.state, quantity: 1, reason: "transferred_in" },
    ],
  };
}
