const DAY_MS = 86_400_000;
/** 2200-01-01: beyond it a clock is broken, and the tables' times end in 2299. */
const LATEST_MS = 7_258_118_400_000;
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:([Zz])|([+-])(\d\d):?(\d\d)?)$/;
const EPOCH = /^\d{1,17}(?:\.\d{1,9})?$/;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A time as readers write it, as Unix milliseconds; NaN where it is none, has no zone, or lies outside 1970 to 2199.
 * Texts: ISO 8601 with `Z`, `+0000`, `+03:00` or `-06` and up to 9 decimals (cut after the third). Numbers, also as text: seconds
 * below 10^11, milliseconds below 10^14, else microseconds since 1970.
 */
export function parseReaderTime(value: unknown): number {
  if (typeof value === "string") {
    const fast = parseIsoUtc(value);
    if (fast >= 0) return fast;
    return EPOCH.test(value) ? fromEpoch(Number(value)) : parseIso(value);
  }
  return typeof value === "number" ? fromEpoch(value) : Number.NaN;
}

function fromEpoch(value: number): number {
  const milliseconds = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return inRange(Math.floor(milliseconds));
}

function inRange(milliseconds: number): number {
  return milliseconds >= 0 && milliseconds < LATEST_MS ? milliseconds : Number.NaN;
}

function parseIso(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = match;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === "-" ? -1 : 1);
  if (Math.abs(offset) > 18 * 60 || Number(offsetMinutes ?? 0) > 59) return Number.NaN;
  const milliseconds = Number((fraction ?? "").padEnd(3, "0").slice(0, 3));
  const local = instant(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return inRange(local + milliseconds - offset * 60_000);
}

/** `YYYY-MM-DDTHH:MM:SS[.f…]Z` without a regular expression, several times faster: -1 where the text has another form. */
function parseIsoUtc(text: string): number {
  const end = text.length - 1;
  if (end < 19 || end > 29 || text.charCodeAt(end) !== 90 || text.charCodeAt(10) !== 84) return -1;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return -1;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return -1;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const seconds = instant(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  );
  const milliseconds = fractionMs(text, end);
  const total = seconds + milliseconds;
  return total >= 0 && total < LATEST_MS ? total : -1;
}

/** Milliseconds of the decimals that stand from place 19 to the Z; NaN where these are not a point and digits. */
function fractionMs(text: string, end: number): number {
  if (end === 19) return 0;
  if (text.charCodeAt(19) !== 46 || end === 20) return Number.NaN;
  let milliseconds = 0;
  let scale = 100;
  for (let index = 20; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    if (index < 23) {
      milliseconds += digit * scale;
      scale /= 10;
    }
  }
  return milliseconds;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : tens * 10 + ones;
}

/** Unix ms of a UTC date and time; NaN where a part is out of its range. Second 60 (a leap second) is the next minute's 0. */
function instant(
  y: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  if (!(day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0))) return Number.NaN;
  if (month === 2 && day === 29 && !(y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0))) return Number.NaN;
  // Days since 1970 with the year beginning in March, so that the leap day comes last (H. Hinnant, chrono algorithms).
  const year = month <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}
