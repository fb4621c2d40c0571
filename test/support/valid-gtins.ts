/** So many valid GTINs as numbers, one after the other. @param first the first without its check digit. */
export function validGtins(count: number, first = 200_000_000_000): number[] {
  return Array.from({ length: count }, (_, i) => withCheckDigit(first + i));
}

function withCheckDigit(body: number): number {
  const digits = String(body).padStart(13, "0").split("");
  const sum = digits.reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return body * 10 + ((10 - (sum % 10)) % 10);
}
