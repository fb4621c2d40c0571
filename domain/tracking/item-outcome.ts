import type { MovementReason } from "../movement.ts";
import {
  FACT_COUNT_FOUND,
  FACT_COUNT_MISSED,
  FACT_ELSEWHERE,
  FACT_LEAVE,
  FACT_MISS,
  FACT_PLACE,
  FACT_RECEIVE,
  FACT_RETURN,
  FACT_SALE,
  FACT_SHIP,
  FACT_STATE,
} from "./fact-log.ts";
import { cameBack, isGone, left, wentMissing } from "./item-going.ts";
import { arrived, missedByCount, shipped, stateChanged } from "./item-outcome-of-events.ts";
import { isOnHand, STATUS_IN_TRANSIT, STATUS_PRESENT, STATUS_SOLD } from "./item-table.ts";
import { transferred } from "./item-transfer.ts";
import type { TransferArrival } from "./open-transfers.ts";

/** What is believed of an item: codes and indexes as in the item table. */
export type ItemBefore = { status: number; state: number; location: number; isClaimed: boolean };

/** What is learnt of it. `canClaim`: an unidentified unit is there whose place it can take. */
export type ItemFact = {
  kind: number;
  location: number;
  state: number;
  /** The status that another ingest has it in. */
  status: number;
  isAtDock: boolean;
  canClaim: boolean;
  /** More units went than were known: an item that is gone settles one of them. */
  isOwed: boolean;
  /** A sale that named no item was of this one. */
  isSaleFound: boolean;
  /** Replaces the reason that the fact would have. */
  reason: MovementReason | null;
  /** The state that its change of state names as the one before. */
  stateBefore: number;
  /** Where a transfer takes it, -1 for none. */
  destination: number;
  /** The transfer that it comes in by; null when it comes by none. */
  arrival: TransferArrival | null;
};

export type ItemLine = { location: number; state: number; quantity: number; reason: MovementReason };

export type ItemOutcome = { after: ItemBefore; lines: ItemLine[] };

/** What one fact makes of one item, and the lines of the ledger that say so. Pure: the same input, the same answer. */
export function itemOutcome(before: ItemBefore, fact: ItemFact): ItemOutcome {
  switch (fact.kind) {
    case FACT_PLACE:
      return placed(before, fact);
    case FACT_RECEIVE:
      return received(before, fact);
    case FACT_RETURN:
      return returned(before, fact);
    case FACT_SALE:
      return sold(before, fact);
    case FACT_ELSEWHERE:
      return elsewhere(before, fact);
    case FACT_SHIP:
      return shipped(before, fact);
    case FACT_STATE:
      return stateChanged(before, fact);
    case FACT_COUNT_FOUND:
      return placed(before, fact);
    case FACT_COUNT_MISSED:
      return missedByCount(before, fact);
    case FACT_LEAVE:
      return left(before, fact);
    case FACT_MISS:
      return wentMissing(before, fact);
    default:
      throw new Error(`fact ${fact.kind} is none of an item`);
  }
}

/** Its reads have it here. A sold item is a shopper walking about, not stock: only a return brings it back. */
function placed(before: ItemBefore, fact: ItemFact): ItemOutcome {
  if (before.status === STATUS_SOLD) return { after: before, lines: [] };
  if (fact.arrival !== null) return arrived(before, fact);
  if (isOnHand(before.status)) return transferred(before, fact.location);
  // It is read where it was shipped until the lorry leaves.
  if (before.status === STATUS_IN_TRANSIT) return { after: before, lines: [] };
  const reason = fact.reason ?? (fact.isAtDock ? "received" : "found");
  if (isGone(before.status)) return cameBack(before, fact.location, reason);
  const after = { status: STATUS_PRESENT, state: 0, location: fact.location, isClaimed: fact.canClaim };
  const line = { location: fact.location, state: 0, quantity: 1, reason } as const;
  return { after, lines: fact.canClaim ? [] : [line] };
}

/** A receipt names it. The receipt and its reads are one fact: only one of them adds a unit. */
function received(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const reason = fact.reason ?? "received";
  const line = { location: fact.location, state: fact.state, quantity: 1, reason };
  // It was sold, and only a return brings it back: the unit that came in is one without identity.
  if (before.status === STATUS_SOLD) return { after: before, lines: [line] };
  const isThere = isOnHand(before.status) && before.location === fact.location;
  if (fact.arrival !== null && !isThere) return arrived(before, fact);
  if (fact.arrival?.entersTo === true) return { after: { ...before, isClaimed: false }, lines: [line] };
  if (!isOnHand(before.status)) {
    const after = { status: STATUS_PRESENT, state: fact.state, location: fact.location, isClaimed: false };
    return { after, lines: [line] };
  }
  if (before.location !== fact.location) return transferred(before, fact.location);
  if (!before.isClaimed) return { after: before, lines: [] };
  // Its read came first and took the place of a unit that is still there: now there is one more.
  return { after: { ...before, isClaimed: false }, lines: [{ ...line, state: before.state }] };
}

function returned(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const after = { status: STATUS_PRESENT, state: fact.state, location: fact.location, isClaimed: false };
  const isOnItsWay = before.status === STATUS_IN_TRANSIT;
  const reason = isOnItsWay ? "transferred_in" : (fact.reason ?? "returned");
  if (!isOnHand(before.status)) {
    return { after, lines: [{ location: fact.location, state: fact.state, quantity: 1, reason }] };
  }
  // Its sale was never told: it is one unit all the same.
  const isHere = before.location === fact.location;
  if (isHere && before.state === fact.state) return { after: before, lines: [] };
  const out = { location: before.location, state: before.state, quantity: -1 };
  const into = { location: fact.location, state: fact.state, quantity: 1 };
  return {
    after: { ...after, isClaimed: isHere && before.isClaimed },
    lines: [
      { ...out, reason: isHere ? "state_changed" : "transferred_out" },
      { ...into, reason: isHere ? "state_changed" : "transferred_in" },
    ],
  };
}

function sold(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const after = { status: STATUS_SOLD, state: before.state, location: fact.location, isClaimed: false };
  const reason = fact.reason ?? "sold";
  const line = { location: fact.location, state: before.state, quantity: -1, reason };
  if (isOnHand(before.status)) {
    const way = before.location === fact.location ? [] : transferred(before, fact.location).lines;
    return { after, lines: [...way, line] };
  }
  // It was sold before anybody told that it had come in, or it never went.
  if (before.status === STATUS_IN_TRANSIT) {
    return { after, lines: [{ ...line, quantity: 1, reason: "transferred_in" }, line] };
  }
  // It had left stock by name: it turned up, and was sold.
  if (isGone(before.status)) {
    return { after, lines: [...cameBack(before, fact.location, "found").lines, line] };
  }
  // Never seen here, or sold before: a unit went all the same, one without identity.
  return { after: { ...after, state: 0 }, lines: [{ ...line, state: 0 }] };
}

/** Another ingest has it, and writes the line of its own location. Ours says that it went there. */
function elsewhere(before: ItemBefore, fact: ItemFact): ItemOutcome {
  const after = { status: fact.status, state: fact.state, location: fact.location, isClaimed: false };
  if (!isOnHand(before.status) || before.location === fact.location) return { after, lines: [] };
  // It was told as shipped, as one of a quantity.
  if (fact.arrival?.leavesFrom === false) return { after, lines: [] };
  const { location, state } = before;
  return { after, lines: [{ location, state, quantity: -1, reason: "transferred_out" }] };
}
