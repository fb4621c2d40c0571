import { identityOfEpc } from "../../../domain/epc/identity.ts";
import type { ReadPointSettings } from "../../../domain/tracking/tracking-settings.ts";
import { learnNearRule, type WalkRead, type WalkTestResult } from "../../../domain/tracking/walk-test.ts";
import type { Scenario } from "../../../simulators/scenario.ts";
import { createWalkTest, type NearStay } from "../../../simulators/walk-test.ts";

/** A walk test has its own seed: what it learnt from is not what is measured. */
const WALK_SEED_OFFSET = 10_000;
/** Goods pass a portal in seconds, and lie on a shelf for days. */
const PORTAL_WINDOWS_MS = [5000, 10_000];
const SHELF_WINDOWS_MS = [30_000, 60_000];

export type CalibratedPoint = ReadPointSettings & { result: WalkTestResult };

/** What a walk test before the opening teaches of each antenna of the chain. */
export function calibrateScenario(scenario: Scenario, seed: number): CalibratedPoint[] {
  const { simulation, near } = createWalkTest(scenario, seed + WALK_SEED_OFFSET);
  const readsOf = new Map<string, WalkRead[]>();
  for (const step of simulation.steps()) {
    if (step.kind === "truth" || step.body.kind !== "reads") continue;
    const { readerId, reads } = step.body;
    for (const { epcHex, antenna, observedAtMs, rssiDbm } of reads) {
      const key = `${step.locationId}/${readerId}/${antenna}`;
      const list = readsOf.get(key) ?? [];
      readsOf.set(key, list);
      list.push({ epc: identityOfEpc(epcHex), atMs: observedAtMs, rssiDbm });
    }
  }
  const staysOf = new Map<string, NearStay[]>();
  for (const stay of near) {
    const epc = identityOfEpc(stay.epcHex);
    const stays = staysOf.get(epc) ?? [];
    staysOf.set(epc, stays);
    stays.push(stay);
  }
  const points: CalibratedPoint[] = [];
  for (const { locationId, readerId, antennas } of simulation.readers) {
    for (const [antenna, zoneId] of Object.entries(antennas)) {
      const reads = readsOf.get(`${locationId}/${readerId}/${antenna}`) ?? [];
      if (reads.length === 0) continue;
      const isNear = (epc: string, atMs: number): boolean =>
        (staysOf.get(epc) ?? []).some(
          (stay) =>
            stay.locationId === locationId &&
            stay.zoneId === zoneId &&
            atMs >= stay.fromMs &&
            atMs <= stay.toMs,
        );
      const isShelf = zoneId === "sales-floor" || zoneId === "backroom";
      const windowsMs = isShelf ? SHELF_WINDOWS_MS : PORTAL_WINDOWS_MS;
      const result = learnNearRule(reads, isNear, { windowsMs });
      points.push({ locationId, readerId, antenna: Number(antenna), ...result.rule, result });
    }
  }
  return points;
}
