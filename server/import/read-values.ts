import { parseGtin } from "../../domain/gtin.ts";
import { refuse, type Result } from "../../domain/result.ts";

const MAX_UNITS = 1_000_000_000;

/** Whole units; `6.0`, as spreadsheets write it, is 6. Refuses `invalid_quantity`. */
export function readUnits(text: string): Result<number> {
  if (!/^[+-]?\d{1,10}(\.0+)?$/.test(text) || Math.abs(Number(text)) > MAX_UNITS) {
    return refuse("invalid_quantity", `"${text}" is not a whole number of units`);
  }
  return { ok: true, value: Number(text) + 0 };
}

/** Money as a decimal string in its shortest form, so that 2.50 and 2.5 are the same. Refuses `invalid_money`. */
export function readMoney(text: string): Result<string> {
  const match = /^([+-]?)0*(\d{1,12})(?:\.(\d+))?$/.exec(text);
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (match === null || fraction.length > 6) {
    return refuse(
      "invalid_money",
      `"${text}" is not an amount such as 1234.50 (at most 6 decimals, a point)`,
    );
  }
  const amount = fraction === "" ? String(match[2]) : `${match[2]}.${fraction}`;
  return { ok: true, value: match[1] === "-" && /[1-9]/.test(amount) ? `-${amount}` : amount };
}

/** A GTIN as the number that tables hold. */
export function readGtin(text: string): Result<number> {
  const gtin = parseGtin(text);
  return gtin.ok ? { ok: true, value: Number(gtin.value) } : gtin;
}

/** `17850.0`, as spreadsheets write numbers that are names, is 17850. */
export function readForeignId(text: string): string {
  return /^\d+\.0+$/.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

export function readBoolean(text: string): Result<boolean> {
  if (/^(1|true|yes|y)$/i.test(text)) return { ok: true, value: true };
  if (/^(0|false|no|n)$/i.test(text)) return { ok: true, value: false };
  return refuse("invalid_boolean", `"${text}" is neither yes nor no`);
}

export function readNumber(text: string, min: number, max: number): Result<number> {
  const value = Number(text);
  if (text !== "" && value >= min && value <= max) return { ok: true, value };
  return refuse("invalid_number", `"${text}" is not a number from ${min} to ${max}`);
}
