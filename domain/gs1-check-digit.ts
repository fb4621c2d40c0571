import { ok, refuse, type Result } from "./result.ts";

const LENGTHS = { SSCC: 18, GLN: 13, GRAI: 14 } as const;

/**
 * The check digit (0 to 9) that follows `body`, digits of any number: from the right the weights are 3, 1, 3, 1, …
 * (GS1 General Specifications, 7.9). For GTINs on the hot path there is `gtinCheckDigit`, which takes a number.
 */
export function checkDigitOf(body: string): number {
  let sum = 0;
  for (let index = 0; index < body.length; index += 1) {
    const weight = (body.length - index) % 2 === 1 ? 3 : 1;
    sum += (body.charCodeAt(index) - 48) * weight;
  }
  return (10 - (sum % 10)) % 10;
}

/**
 * An SSCC of 18 digits, a GLN of 13, or the 14 digits before a GRAI's serial, of which the first is 0. Refuses
 * `gs1_key_digits` and `gs1_key_check_digit`.
 */
export function parseGs1Key(kind: keyof typeof LENGTHS, text: string): Result<string> {
  const length = LENGTHS[kind];
  if (text.length !== length || !/^\d+$/.test(text) || (kind === "GRAI" && !text.startsWith("0"))) {
    const first = kind === "GRAI" ? " of which the first is 0, then the serial" : "";
    return refuse(
      "gs1_key_digits",
      `"${text.slice(0, 40)}" is not of the form of ${kind}: ${length} digits${first}`,
    );
  }
  const expected = checkDigitOf(text.slice(0, -1));
  if (text.endsWith(String(expected))) return ok(text);
  return refuse(
    "gs1_key_check_digit",
    `the last digit of "${text}" is ${text.slice(-1)}, but the digits before it give ${expected}: a digit is wrong or two are swapped`,
  );
}
