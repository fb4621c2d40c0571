import { STOCK_STATES } from "../stock-state.ts";

/** Which units go first where there are more than were found: those that nobody can buy are the last to be doubted. */
const ORDER = (["sellable", "display_only", "inspect", "damaged"] as const).map((s) =>
  STOCK_STATES.indexOf(s),
);

/**
 * How many units to take from each state (by index of STOCK_STATES) to be `surplus` fewer, none below 0 as long as that can be.
 * Where units are missing (`surplus` below 0) they are added to those for sale.
 */
export function splitOfSettlement(surplus: number, unitsIn: (state: number) => number): number[] {
  const split = STOCK_STATES.map(() => 0);
  let left = surplus;
  for (const state of ORDER) {
    const taken = Math.max(0, Math.min(left, unitsIn(state)));
    split[state] = taken;
    left -= taken;
  }
  const first = ORDER[0] ?? 0;
  split[first] = (split[first] ?? 0) + left;
  return split;
}
