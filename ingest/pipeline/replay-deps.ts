import type { IncomingMessage } from "../intake/intake.ts";
import type { MasterData } from "../master-data.ts";
import type { ReaderActivity } from "../reader-activity.ts";
import type { TimeLimits } from "./take-reads.ts";

/**
 * What a message is judged with. A replayed one says nothing of its reader's health today, so it is noted in an activity
 * that nobody looks at; and the order may lift the limit on age.
 */
export function depsFor<Deps extends { activity: ReaderActivity; limits: TimeLimits; nowMs(): number }>(
  deps: Deps,
  { replay }: IncomingMessage,
): Deps {
  if (replay === undefined) return deps;
  const limits = replay.isHistorical ? { ...deps.limits, maxPastMs: Number.POSITIVE_INFINITY } : deps.limits;
  return { ...deps, limits, activity: deps.activity.aside() };
}

/** Reads of a replayed message that wait for a zone are taken when their reader is assigned, like any that wait. */
export function listWaiting(
  { activity, masterData }: { activity: ReaderActivity; masterData: MasterData },
  noted: ReaderActivity,
): void {
  for (const { locationId, readerId, waitingReads } of noted.waiting()) {
    const heard = activity.heard(locationId, readerId, "", masterData.isAssignedReader(locationId, readerId));
    if (heard !== null) heard.waitingReads += waitingReads;
  }
}
