import type { Gtin } from "./identifiers.ts";
import { ok, refuse, type Result } from "./result.ts";

const GTIN_LENGTHS: ReadonlySet<number> = new Set([8, 12, 13, 14]);
const ONLY_DIGITS = /^\d+$/;
const RESTRICTED_PREFIX = 2_000_000_000_000;
const RESTRICTED_COUNT = 10 ** 11;
const MAX_GTIN = 99_999_999_999_999;

/**
 * The check digit (0 to 9) that follows `body`: the up to 13 digits of a GTIN or GLN before it, as a number.
 * From the right the weights are 3, 1, 3, 1, …; leading zeros do not matter (GS1 General Specifications, 7.9).
 */
export function gtinCheckDigit(body: number): number {
  // Two halves below 2^31: integer division is several times faster than the remainder of a large double.
  const high = Math.floor(body / 1_000_000) | 0;
  const sum = weightedSum((body - high * 1_000_000) | 0) + weightedSum(high);
  return (10 - (sum % 10)) % 10;
}

/** Sum of digits weighted 3, 1, 3, 1, … from the right. Both halves start at an even place, so both start with 3. */
function weightedSum(value: number): number {
  let sum = 0;
  let rest = value;
  let weight = 3;
  while (rest > 0) {
    const tens = (rest / 10) | 0;
    sum += (rest - tens * 10) * weight;
    weight = 4 - weight;
    rest = tens;
  }
  return sum;
}

/**
 * A GTIN of 8, 12, 13 or 14 digits as the 14 digits that Onhand writes everywhere.
 * Refuses `gtin_not_digits`, `gtin_length`, `gtin_check_digit` and `gtin_zero`.
 */
export function parseGtin(text: string): Result<Gtin> {
  if (!ONLY_DIGITS.test(text)) {
    return refuse("gtin_not_digits", `"${shown(text)}" is not a GTIN: it must be digits only`);
  }
  if (!GTIN_LENGTHS.has(text.length)) {
    return refuse("gtin_length", `"${shown(text)}" has ${text.length} digits; a GTIN has 8, 12, 13 or 14`);
  }
  const value = Number(text);
  if (value === 0) return refuse("gtin_zero", "a GTIN of zeros names no product");
  const expected = gtinCheckDigit(Math.floor(value / 10));
  if (expected !== value % 10) {
    return refuse(
      "gtin_check_digit",
      `the last digit of "${text}" is ${value % 10}, but the digits before it give ${expected}: a digit is wrong or two are swapped`,
    );
  }
  return ok(gtinFromNumber(value));
}

/** The 14 digits as the integer that memory and tables hold (below 2^53). */
export function gtinToNumber(gtin: string): number {
  return Number(gtin);
}

/**
 * The 14 digits of a GTIN held as a number. The number is trusted to have come from a parsed GTIN or a decoded EPC;
 * one that can't be a GTIN at all is a bug and throws.
 */
export function gtinFromNumber(value: number): Gtin {
  if (!Number.isInteger(value) || value < 0 || value > MAX_GTIN) {
    throw new RangeError(`${value} is not the number of a GTIN`);
  }
  return value.toString().padStart(14, "0") as Gtin;
}

/**
 * A GTIN for a code that has none: GS1 prefix 2 is reserved for restricted circulation inside a company, so it can't
 * meet a real product's. `index` (0 to 10^11 − 1) is the code's row in the mapping table; the same index gives the same GTIN for ever.
 */
export function restrictedGtin(index: number): Gtin {
  if (!Number.isInteger(index) || index < 0 || index >= RESTRICTED_COUNT) {
    throw new RangeError(
      `a restricted-circulation GTIN has an index from 0 to ${RESTRICTED_COUNT - 1}, not ${index}`,
    );
  }
  const body = RESTRICTED_PREFIX / 10 + index;
  return gtinFromNumber(body * 10 + gtinCheckDigit(body));
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
