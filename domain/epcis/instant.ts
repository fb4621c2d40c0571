const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt\s](\d{2}:\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):?(\d{2})?)$/;

/**
 * Unix milliseconds of a time as JSON Schema's `date-time` has it, NaN for any other text. It may have a leap second (counted
 * as the second after), any number of decimals (the third is rounded by the fourth, CBV 2.0 §8.9) and an offset without minutes.
 */
export function instantMs(text: string): number {
  const match = INSTANT.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, date = "", time = "", seconds = "", fraction = "", sign = "+", hours = "0", minutes = "0"] = match;
  const digits = fraction.padEnd(4, "0");
  const ms = Number(digits.slice(0, 3)) + (Number(digits.slice(3, 4)) >= 5 ? 1 : 0);
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  return Date.parse(`${date}T${time}:00.000Z`) + Number(seconds) * 1000 + ms - offsetMs;
}
