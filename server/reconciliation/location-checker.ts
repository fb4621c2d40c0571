import type { Logger } from "pino";
import type { LocationCheck, ReconciliationDifference } from "../../domain/api/reconciliation.ts";
import type { Projection } from "../projection/projection.ts";
import { comparePositions, copyPositions } from "./position-copy.ts";
import type { ReconciliationStore } from "./reconciliation-store.ts";

/** Differences that a result names; the number is always whole. */
const MAX_EXAMPLES = 50;

/** Reserved units of a location in memory against the fold of the stored events, as of one instant. */
export type HeldCheck = {
  compare(locationId: string): Promise<{ products: number; differences: ReconciliationDifference[] }>;
};

type Found = {
  sequence: number;
  positions: number;
  heldProducts: number;
  stock: ReconciliationDifference[];
  held: ReconciliationDifference[];
};

export type LocationChecker = ReturnType<typeof createLocationChecker>;

/**
 * Compares one location's memory with the ledger. Memory is copied in one step with the last sequence that is in it, and the
 * ledger is summed through that sequence: stock may change meanwhile. What differs is looked at once more before it is
 * believed; then the position is put right by the difference, which is exact whatever came after the copy.
 */
export function createLocationChecker(deps: {
  projection: Projection;
  store: ReconciliationStore;
  held: HeldCheck;
  logger: Logger;
  nowMs(): number;
}) {
  const { projection, store, logger } = deps;

  async function look(locationId: string): Promise<Found> {
    const sequence = projection.appliedSequence(locationId);
    const copy = copyPositions(projection.table(), locationId);
    const ledger = await store.positions(locationId, sequence);
    const held = await deps.held.compare(locationId);
    return {
      sequence,
      positions: Math.max(copy.gtins.length, ledger.length),
      heldProducts: held.products,
      stock: comparePositions(copy, ledger),
      held: held.differences,
    };
  }

  function toCheck(
    locationId: string,
    found: Found,
    outcome: LocationCheck["outcome"],
    startedMs: number,
  ): LocationCheck {
    const differences = [...found.stock, ...found.held];
    return {
      locationId,
      checkedAt: new Date(deps.nowMs()).toISOString(),
      sequence: found.sequence,
      positions: found.positions,
      heldProducts: found.heldProducts,
      outcome,
      differences: differences.length,
      examples: differences.slice(0, MAX_EXAMPLES),
      reason: null,
      tookMs: Math.max(0, deps.nowMs() - startedMs),
    };
  }

  /** Both looks must agree on a difference, number for number; stock that moved in between tells of no fault. */
  function inBoth(first: Found, second: Found): Found {
    const keyOf = (one: ReconciliationDifference) =>
      `${one.gtin}/${one.state}/${one.inMemory - one.inLedger}`;
    const keys = new Set([...first.stock, ...first.held].map(keyOf));
    const kept = (list: ReconciliationDifference[]) => list.filter((one) => keys.has(keyOf(one)));
    return { ...second, stock: kept(second.stock), held: kept(second.held) };
  }

  return async function check(locationId: string): Promise<LocationCheck> {
    const startedMs = deps.nowMs();
    const first = await look(locationId);
    if (first.stock.length + first.held.length === 0) return toCheck(locationId, first, "equal", startedMs);
    const found = inBoth(first, await look(locationId));
    if (found.stock.length + found.held.length === 0) return toCheck(locationId, found, "equal", startedMs);
    logger.error(
      {
        locationId,
        sequence: found.sequence,
        differences: [...found.stock, ...found.held].slice(0, MAX_EXAMPLES),
      },
      "memory differs from the ledger; positions are put right from the ledger",
    );
    projection.correct(
      locationId,
      found.stock.flatMap(({ gtin, state, inMemory, inLedger }) =>
        state === null ? [] : [{ gtin: Number(gtin), state, quantity: inLedger - inMemory }],
      ),
    );
    const after = await look(locationId);
    const isMended = after.stock.length + after.held.length === 0;
    return toCheck(locationId, found, isMended ? "mended" : "different", startedMs);
  };
}
