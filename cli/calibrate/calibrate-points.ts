import type { ReadPointSettings } from "../../domain/tracking/tracking-settings.ts";
import { learnNearRule, type WalkTestResult } from "../../domain/tracking/walk-test.ts";
import type { RawWalkRead } from "./reads-of-file.ts";
import type { WalkList } from "./walk-list.ts";

/** What a walk test teaches of one antenna. */
export type CalibratedPoint = { settings: ReadPointSettings; result: WalkTestResult };

/** Learns a rule for each antenna that read anything, in the order of location, reader and antenna. */
export function calibratePoints(
  reads: readonly RawWalkRead[],
  near: WalkList,
  windowsMs: readonly number[],
): CalibratedPoint[] {
  const byPoint = new Map<string, RawWalkRead[]>();
  for (const read of reads) {
    const key = `${read.locationId}/${read.readerId}/${String(read.antenna).padStart(5, "0")}`;
    const list = byPoint.get(key);
    if (list === undefined) byPoint.set(key, [read]);
    else list.push(read);
  }
  const points: CalibratedPoint[] = [];
  for (const [, list] of [...byPoint].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [first] = list;
    if (first === undefined) continue;
    const { locationId, readerId, antenna } = first;
    const zoneId = list.find((read) => read.zoneId !== "")?.zoneId ?? "";
    const isNear = (epc: string, atMs: number): boolean =>
      near.isNear({ readerId, antenna, zoneId, epc, atMs });
    const result = learnNearRule(list, isNear, { windowsMs });
    const settings = { locationId, readerId, antenna: antenna < 0 ? null : antenna, ...result.rule };
    points.push({ settings, result });
  }
  return points;
}
