import { type LocalClock, weekdayOf } from "../time-zone/local-clock.ts";
import { type AvailabilityRule, WEEKDAYS } from "./availability-rule.ts";

const DAY_MINUTES = 1440;
/** Every day of the week comes within a week, and one of before may go on. */
const DAYS_AHEAD = 8;

/** Whether a rule holds at an instant, and until when it stays so, Unix ms (Infinity: for good). */
export type WindowState = { isIn: boolean; untilMs: number };

/**
 * A rule's window at a place, by the place's own clock. It holds from `startsAt` on and no more at `endsAt`, nor (of an
 * allocation) at `releaseAt`. Within that, in the stretch from `from` to `to` of the days of `weekdays`; one that ends at or before
 * its start goes on after midnight and belongs to the day on which it starts. Where the clocks change, a time that comes
 * twice is the first, one that is skipped is as much later.
 */
export function windowAt(rule: AvailabilityRule, clock: LocalClock, atMs: number): WindowState {
  const { window } = rule;
  const startMs = window.startsAt === null ? -Infinity : Date.parse(window.startsAt);
  const ends = [window.endsAt, rule.kind === "allocation" ? rule.releaseAt : null];
  const endMs = Math.min(...ends.map((end) => (end === null ? Infinity : Date.parse(end))));
  if (endMs <= startMs || atMs >= endMs) return { isIn: false, untilMs: Infinity };
  if (atMs < startMs) return { isIn: false, untilMs: startMs };
  const ofWeek = weekAt(rule, clock, atMs);
  return { isIn: ofWeek.isIn, untilMs: Math.min(ofWeek.untilMs, endMs) };
}

function weekAt({ window }: AvailabilityRule, clock: LocalClock, atMs: number): WindowState {
  if (window.weekdays === null && window.from === null && window.to === null) {
    return { isIn: true, untilMs: Infinity };
  }
  const from = minuteOf(window.from ?? "00:00");
  const end = minuteOf(window.to ?? "24:00");
  const to = end <= from ? end + DAY_MINUTES : end;
  const today = clock.read(atMs).day;
  let reachedMs = atMs;
  for (let day = today - 1; day <= today + DAYS_AHEAD; day += 1) {
    const name = WEEKDAYS[weekdayOf(day)];
    if (window.weekdays !== null && (name === undefined || !window.weekdays.includes(name))) continue;
    const fromMs = clock.toUnixMs(day, from);
    const toMs = clock.toUnixMs(day, to);
    if (toMs <= reachedMs || toMs <= fromMs) continue;
    if (fromMs > reachedMs) {
      return reachedMs > atMs ? { isIn: true, untilMs: reachedMs } : { isIn: false, untilMs: fromMs };
    }
    // Stretches that touch are one: nothing changes between them.
    reachedMs = toMs;
  }
  return { isIn: reachedMs > atMs, untilMs: reachedMs > atMs ? reachedMs : Infinity };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
