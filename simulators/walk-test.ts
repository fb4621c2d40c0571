import type { Scenario } from "./scenario.ts";
import { type Simulation, createSimulation } from "./simulation.ts";
import { WALK_MS } from "./world/walk-through.ts";

/** From and to when (simulated ms) a tag was really in a zone; `toMs` Infinity where it stayed. */
export type NearStay = { epcHex: string; locationId: string; zoneId: string; fromMs: number; toMs: number };

/**
 * A walk test of all read points of a chain before it opens: nothing moves but one box of goods in each building. `near` is the
 * list that the person keeps, complete once the simulation was walked.
 */
export function createWalkTest(
  scenario: Scenario,
  seed: number,
): { simulation: Simulation; near: readonly NearStay[] } {
  const near: NearStay[] = [];
  const last = new Map<string, NearStay>();
  const waiting: Parameters<NonNullable<Parameters<typeof createSimulation>[0]["onUnitChanged"]>>[0][] = [];
  let simulation: Simulation | null = null;
  const note = (unit: (typeof waiting)[number], nowMs: number): void => {
    const place = simulation?.placeOf(unit) ?? null;
    const before = last.get(unit.epcHex);
    if (before !== undefined && before.zoneId === place?.zoneId) return;
    if (before !== undefined) before.toMs = nowMs;
    if (place === null || unit.epcHex === "") return;
    const stay = { epcHex: unit.epcHex, ...place, fromMs: nowMs, toMs: Infinity };
    near.push(stay);
    last.set(unit.epcHex, stay);
  };
  const quiet: Scenario = {
    ...scenario,
    shoppersPerStoreHour: 0,
    deliverEveryMs: Infinity,
    supplyEveryMs: Infinity,
    replenishEveryMs: Infinity,
    transferEveryMs: 0,
    duplicateProbability: 0,
    outagesPerReaderHour: 0,
    maxSkewMs: 40,
    incidents: { outage: null, count: null, clocksSetAtMs: null, walkTest: true },
  };
  const created = createSimulation({
    scenario: quiet,
    seed,
    durationMs: WALK_MS,
    onUnitChanged: (unit, nowMs) => (simulation === null ? void waiting.push(unit) : note(unit, nowMs)),
  });
  simulation = created;
  for (const unit of waiting) note(unit, 0);
  return { simulation: created, near };
}
