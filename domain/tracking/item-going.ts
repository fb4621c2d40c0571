import type { MovementReason } from "../movement.ts";
import type { ItemBefore, ItemFact, ItemLine, ItemOutcome } from "./item-outcome.ts";
import { STATUS_LEFT, STATUS_MISSING, STATUS_PRESENT, STATUS_SOLD } from "./item-table.ts";

/** An item that is no longer on hand though nobody sold it. */
export function isGone(status: number): boolean {
  return status === STATUS_LEFT || status === STATUS_MISSING;
}

/**
 * It was last seen at an exit and has been silent since. A sale of its product that named no item was of it; else an owed sale
 * is settled by it, whichever unit that was of; else it is a loss. `isClaimed` of an item that is gone: no line told of it.
 */
export function left(before: ItemBefore, fact: ItemFact): ItemOutcome {
  if (!isThere(before, fact)) return { after: before, lines: [] };
  if (fact.isSaleFound) return { after: { ...before, status: STATUS_SOLD, isClaimed: false }, lines: [] };
  return goneAs(STATUS_LEFT, "left", before, fact);
}

/** Look after look should have seen it and did not. */
export function wentMissing(before: ItemBefore, fact: ItemFact): ItemOutcome {
  return isThere(before, fact)
    ? goneAs(STATUS_MISSING, "missing", before, fact)
    : { after: before, lines: [] };
}

/** It was gone and is here: what its going did is taken back, with a reason of its own. */
export function cameBack(before: ItemBefore, location: number, reason: MovementReason): ItemOutcome {
  const after = { status: STATUS_PRESENT, state: before.state, location, isClaimed: false };
  if (!before.isClaimed) {
    return { after, lines: [{ location, state: before.state, quantity: 1, reason }] };
  }
  // Its going settled an owed sale. That sale is owed again.
  if (before.location === location) return { after, lines: [] };
  return {
    after,
    lines: [
      { location: before.location, state: before.state, quantity: -1, reason: "transferred_out" },
      { location, state: before.state, quantity: 1, reason: "transferred_in" },
    ],
  };
}

function isThere(before: ItemBefore, fact: ItemFact): boolean {
  return before.status === STATUS_PRESENT && before.location === fact.location;
}

function goneAs(status: number, reason: "left" | "missing", before: ItemBefore, fact: ItemFact): ItemOutcome {
  const after = { ...before, status, isClaimed: fact.isOwed };
  const line: ItemLine = { location: before.location, state: before.state, quantity: -1, reason };
  return { after, lines: fact.isOwed ? [] : [line] };
}
