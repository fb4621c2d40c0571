import type { MovementReason } from "../movement.ts";
import { STOCK_STATES } from "../stock-state.ts";
import { cameBack, isGone } from "./item-going.ts";
import type { ItemBefore, ItemFact, ItemLine, ItemOutcome } from "./item-outcome.ts";
import {
  isOnHand,
  STATUS_IN_TRANSIT,
  STATUS_MISSING,
  STATUS_NONE,
  STATUS_PRESENT,
  STATUS_SOLD,
} from "./item-table.ts";
import { transferred } from "./item-transfer.ts";

const DAMAGED = STOCK_STATES.indexOf("damaged");
const SELLABLE = STOCK_STATES.indexOf("sellable");

/** It left for another location. Where it is there already, its reads have told of its way before. */
export function shipped(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const isThere = isOnHand(before.status) && before.location === fact.destination;
  if (isThere || before.status === STATUS_IN_TRANSIT) return { after: before, lines: [] };
  const out = { location: fact.location, quantity: -1, reason: "transferred_out" } as const;
  // It was sold, and only a return brings it back: the unit that went is one without identity.
  if (before.status === STATUS_SOLD) return { after: before, lines: [{ ...out, state: fact.state }] };
  const after = { status: STATUS_IN_TRANSIT, state: before.state, location: fact.location, isClaimed: false };
  if (isOnHand(before.status)) {
    const way = transferred(before, fact.location).lines;
    return { after, lines: [...way, { ...out, state: before.state }] };
  }
  const line = { ...out, state: fact.state };
  if (before.status === STATUS_NONE) return { after: { ...after, state: fact.state }, lines: [line] };
  // It had left stock by name and was there all the same.
  const back = cameBack(before, fact.location, "found").lines;
  return { after, lines: [...back, { ...out, state: before.state }] };
}

/** It came in from a transfer, as far as neither end has it on its book already. */
export function arrived(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const arrival = fact.arrival;
  const lines: ItemLine[] = [];
  const wasOnHand = isOnHand(before.status);
  const state = wasOnHand || before.status === STATUS_IN_TRANSIT ? before.state : fact.state;
  if (wasOnHand) {
    const from = arrival?.transfer?.from ?? before.location;
    const isItsPlace = from === before.location;
    if (!isItsPlace || arrival?.leavesFrom !== false) {
      lines.push({ location: before.location, state, quantity: -1, reason: "transferred_out" });
    }
    // The sender has told of it as a unit without identity, which it was not here.
    if (!isItsPlace && arrival?.leavesFrom === false) {
      lines.push({ location: from, state, quantity: 1, reason: "transferred_in" });
    }
  }
  if (arrival?.entersTo !== false) {
    lines.push({ location: fact.location, state, quantity: 1, reason: "transferred_in" });
  }
  return { after: { status: STATUS_PRESENT, state, location: fact.location, isClaimed: false }, lines };
}

/** It stands otherwise from now on. Whoever says so has it in hand: it is there. */
export function stateChanged(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const to = fact.state;
  const change = (from: number): ItemLine[] => {
    if (from === to) return [];
    const reason = reasonOfStates(from, to);
    return [
      { location: fact.location, state: from, quantity: -1, reason },
      { location: fact.location, state: to, quantity: 1, reason },
    ];
  };
  if (before.status === STATUS_SOLD) return { after: before, lines: change(fact.stateBefore) };
  if (isOnHand(before.status)) {
    const way = transferred(before, fact.location);
    return { after: { ...way.after, state: to }, lines: [...way.lines, ...change(before.state)] };
  }
  if (isGone(before.status)) {
    const back = cameBack(before, fact.location, "found");
    return { after: { ...back.after, state: to }, lines: [...back.lines, ...change(before.state)] };
  }
  const after = { status: STATUS_PRESENT, state: to, location: fact.location, isClaimed: fact.canClaim };
  if (fact.canClaim) return { after, lines: change(fact.stateBefore) };
  const reason = before.status === STATUS_IN_TRANSIT ? "transferred_in" : "found";
  return {
    after: { ...after, isClaimed: false },
    lines: [{ location: fact.location, state: to, quantity: 1, reason }],
  };
}

/** A count did not find it. An owed sale of its product is settled by it: that unit left stock before. */
export function missedByCount(before: ItemBefore, fact: ItemFact): ItemOutcome {
  if (before.status !== STATUS_PRESENT || before.location !== fact.location) {
    return { after: before, lines: [] };
  }
  // `isClaimed` of an item that is gone: no line told of it.
  const after = { ...before, status: STATUS_MISSING, isClaimed: fact.isOwed };
  const line = { location: before.location, state: before.state, quantity: -1, reason: "counted" } as const;
  return { after, lines: fact.isOwed ? [] : [line] };
}

/** Why units went from one state to another: indexes of STOCK_STATES. */
export function reasonOfStates(from: number, to: number): MovementReason {
  if (to === DAMAGED) return "damaged";
  return from === DAMAGED && to === SELLABLE ? "repaired" : "state_changed";
}
