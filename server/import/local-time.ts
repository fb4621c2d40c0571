import { refuse, type Result } from "../../domain/result.ts";
import { createLocalClock } from "../../domain/time-zone/local-clock.ts";

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads times such as `2010-12-01 08:26`, with or without seconds and zone, as Unix ms. Times without a zone are read in
 * `timeZone`: one that comes twice (clocks going back) is the first, one that is skipped (clocks going forward) is an hour
 * later. Refuses `no_time_zone`, `invalid_time`, and with `ambiguous_time` orders of day and month that cannot be told apart.
 */
export function createTimeParser(timeZone: string | undefined): (text: string) => Result<number> {
  const clock = timeZone === undefined ? null : createLocalClock(timeZone);
  return (text) => {
    const match = TIME.exec(text);
    if (match === null) {
      return /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}/.test(text)
        ? refuse(
            "ambiguous_time",
            `"${text}" may be day first or month first; write times as 2010-12-31 08:26`,
          )
        : refuse("invalid_time", `"${text}" is not a time such as 2010-12-31 08:26:00`);
    }
    const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = match;
    const localMs =
      Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
      Number(fraction.padEnd(3, "0").slice(0, 3));
    const back = new Date(localMs);
    if (
      back.getUTCDate() !== Number(day) ||
      back.getUTCMonth() + 1 !== Number(month) ||
      Number(hour) > 23 ||
      Number(minute) > 59 ||
      Number(second) > 59 ||
      Number(year) < 1900 ||
      Number(year) > 2299
    ) {
      return refuse("invalid_time", `"${text}" is no time between 1900 and 2299`);
    }
    if (zone !== undefined) return { ok: true, value: localMs - offsetOf(zone) };
    if (clock === null) {
      return refuse(
        "no_time_zone",
        `"${text}" has no time zone; say which it is in, for example --time-zone Europe/London`,
      );
    }
    return { ok: true, value: clock.instantOf(localMs) };
  };
}

function offsetOf(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
