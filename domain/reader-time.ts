const DAY_MS = 86_400_000;
/** 2200-01-01: beyond it a clock is broken, and the tables' times end in 2299. */
const LATEST_MS = 7_258_118_400_000;
const EPOCH = /^\d{1,17}(?:\.\d{1,9})?$/;
const MAX_OFFSET_MINUTES = 18 * 60;
const [SPACE, PLUS, COMMA, HYPHEN, POINT, COLON] = [32, 43, 44, 45, 46, 58];
const [UPPER_T, LOWER_T, UPPER_Z, LOWER_Z] = [84, 116, 90, 122];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A time as readers write it, as Unix milliseconds; NaN where it is none, has no zone, or lies outside 1970 to 2199.
 * Texts: ISO 8601 with `Z`, `+0000`, `+03:00` or `-06` and up to 9 decimals (cut after the third). Numbers, also as text: seconds
 * below 10^11, milliseconds below 10^14, else microseconds since 1970.
 */
export function parseReaderTime(value: unknown): number {
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string") return Number.NaN;
  if (value.charCodeAt(4) === HYPHEN) return parseIso(value);
  return EPOCH.test(value) ? fromEpoch(Number(value)) : Number.NaN;
}

function fromEpoch(value: number): number {
  const milliseconds = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000;
  return inRange(Math.floor(milliseconds));
}

function inRange(milliseconds: number): number {
  return milliseconds >= 0 && milliseconds < LATEST_MS ? milliseconds : Number.NaN;
}

/**
 * An ISO time whose fifth character is a hyphen. By character codes, not a regular expression: this runs for every read, and is
 * several times faster.
 */
function parseIso(text: string): number {
  if (text.charCodeAt(7) !== HYPHEN || !isDivider(text.charCodeAt(10))) return Number.NaN;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return Number.NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const seconds = instant(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    twoDigits(text, 11),
    twoDigits(text, 14),
    twoDigits(text, 17),
  );
  const zoneAt = endOfFraction(text);
  return inRange(seconds + fractionMs(text, zoneAt) - offsetMinutes(text, zoneAt) * 60_000);
}

function isDivider(code: number): boolean {
  return code === UPPER_T || code === LOWER_T || code === SPACE;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function endOfFraction(text: string): number {
  const mark = text.charCodeAt(19);
  if (mark !== POINT && mark !== COMMA) return 19;
  let index = 20;
  while (isDigit(text.charCodeAt(index))) index += 1;
  return index;
}

/** Milliseconds of the 1 to 9 decimals between place 19 and `end`, cut; NaN where there are none or too many. */
function fractionMs(text: string, end: number): number {
  if (end === 19) return 0;
  if (end === 20 || end > 29) return Number.NaN;
  let milliseconds = (text.charCodeAt(20) - 48) * 100;
  if (end > 21) milliseconds += (text.charCodeAt(21) - 48) * 10;
  return end > 22 ? milliseconds + text.charCodeAt(22) - 48 : milliseconds;
}

/** Minutes east of UTC from `Z`, `+03`, `+0300` or `+03:00` at the text's end; NaN where there is none of these. */
function offsetMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  const length = text.length - at;
  if (sign === UPPER_Z || sign === LOWER_Z) return length === 1 ? 0 : Number.NaN;
  if ((sign !== PLUS && sign !== HYPHEN) || (length !== 3 && length !== 5 && length !== 6)) return Number.NaN;
  if (length === 6 && text.charCodeAt(at + 3) !== COLON) return Number.NaN;
  const minutes = length === 3 ? 0 : twoDigits(text, text.length - 2);
  const total = twoDigits(text, at + 1) * 60 + minutes;
  if (minutes > 59 || total > MAX_OFFSET_MINUTES) return Number.NaN;
  return sign === HYPHEN ? -total : total;
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
