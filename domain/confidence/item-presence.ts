import { type LookRecord, missedByAll } from "../tracking/absence.ts";

const DAY_MS = 24 * 3_600_000;
/** The mean over the silence is taken at so many points at most; four a look. */
const MAX_POINTS = 40;
const POINTS_PER_LOOK = 4;

/** What is known of an item that is silent: see `probabilityOfPresence`. */
export type Silence = {
  /** Items that go in a day without anybody telling, as a share. */
  goingPerDay: number;
  record: LookRecord;
  /** Since it was last seen, or an event told that it is there. */
  silentMs: number;
  /** How many looks of that time should have seen it and did not; the part of one that is still going on counts too. */
  missedLooks: number;
};

/**
 * P(an item is there | it was seen, and then W looks missed it in a time t). It may have gone at any instant of that time: with
 * M(x) the chance that x looks miss it while it is there (absence.ts) and g the share that goes in t,
 *
 *   P(there) = (1 − g) · M(W) ÷ ((1 − g) · M(W) + g · mean of M(x) over x from 0 to W),   g = 1 − (1 − going per day)^t.
 */
export function probabilityOfPresence({ goingPerDay, record, silentMs, missedLooks }: Silence): number {
  const perMs = -Math.log1p(-Math.min(0.999_999, goingPerDay)) / DAY_MS;
  const stays = Math.exp(-perMs * Math.max(0, silentMs));
  if (missedLooks <= 0) return stays;
  const points = Math.min(MAX_POINTS, Math.ceil(missedLooks * POINTS_PER_LOOK));
  let unseen = 0;
  for (let point = 0; point < points; point++) {
    unseen += missedByAll(record, (missedLooks * (point + 0.5)) / points) / points;
  }
  const there = stays * missedByAll(record, missedLooks);
  return there / (there + (1 - stays) * unseen);
}

/**
 * P(an item is there) after a silence at a portal, where nobody looks for long: what passes a dock is soon seen inside again, or it
 * has gone out. Falls from 0.95 with a time constant of 12 minutes. At an exit as many turn back as go. Both are set by hand
 * on simulated stores, not learnt.
 */
export function presenceAtPortal(kind: "dock" | "exit", silentMs: number): number {
  return kind === "exit" ? AT_EXIT : AT_DOCK * Math.exp(-Math.max(0, silentMs) / DOCK_MS);
}

const AT_EXIT = 0.5;
const AT_DOCK = 0.95;
const DOCK_MS = 720_000;
