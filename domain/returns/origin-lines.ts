import { gtinFromNumber } from "../gtin.ts";
import type { BoughtIn, Purchase, Return } from "./return.ts";

/**
 * A line of what was bought. `handedOver` units left with the customer; `returned` of them came back by what the order or the
 * ledger knows, without returns that are not noted there yet. `epcs`: the very items, where they are known.
 */
export type OriginLine = {
  lineId: string;
  gtin: number;
  handedOver: number;
  returned: number;
  epcs: readonly string[];
};

/** What was bought, as it is known when a return is decided. */
export type Origin = { boughtIn: BoughtIn; lines: readonly OriginLine[] };

/** A return whose units its origin does not count as returned yet, though it may become one. */
export function isUnnoted(one: Return): boolean {
  if (one.status === "refused") return false;
  // What is of no order is counted by the ledger itself, from the moment it is taken.
  return one.boughtIn.kind === "order" ? !one.isNoted : one.status === "taking";
}

/** Units of each line that can still be returned: never more than were handed over, whatever is under way. By line id. */
export function unitsLeft(origin: Origin, underWay: Iterable<Return>): Map<string, number> {
  const left = new Map(origin.lines.map((line) => [line.lineId, line.handedOver - line.returned]));
  for (const one of underWay) {
    if (!isUnnoted(one) || one.boughtIn.kind !== origin.boughtIn.kind) continue;
    if (one.boughtIn.id !== origin.boughtIn.id) continue;
    for (const { linkedLineId, quantity } of one.lines) {
      if (linkedLineId === null) continue;
      left.set(linkedLineId, (left.get(linkedLineId) ?? 0) - quantity);
    }
  }
  return left;
}

/** What was bought, as people see it who take goods back. */
export function purchaseOf(origin: Origin, underWay: Iterable<Return>): Purchase {
  const left = unitsLeft(origin, underWay);
  return {
    boughtIn: origin.boughtIn,
    lines: origin.lines.map(({ lineId, gtin, handedOver, epcs }) => ({
      lineId,
      gtin: gtinFromNumber(gtin),
      handedOver,
      left: Math.max(0, left.get(lineId) ?? 0),
      epcs: [...epcs],
    })),
  };
}
