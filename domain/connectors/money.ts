const PLACES = 6;

/** The exact sum of decimal texts with up to 6 places, without trailing zeros; "0" of none. */
export function addMoney(amounts: readonly string[]): string {
  return toText(amounts.reduce((sum, amount) => sum + toMillionths(amount), 0n));
}

/** The exact amount of so many whole units at a price with up to 6 places. */
export function timesMoney(price: string, units: number): string {
  return toText(toMillionths(price) * BigInt(units));
}

/** An amount in the smallest unit of its currency (cents of most, whole yen, fils of a dinar in thousandths) as a decimal text. */
export function fromMinorUnits(amount: number, currency: string): string {
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return toText(BigInt(amount) * 10n ** BigInt(PLACES - digits));
}

function toMillionths(amount: string): bigint {
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const size = BigInt(whole) * 10n ** BigInt(PLACES) + BigInt(fraction.padEnd(PLACES, "0").slice(0, PLACES));
  return amount.startsWith("-") ? -size : size;
}

function toText(millionths: bigint): string {
  const size = millionths < 0n ? -millionths : millionths;
  const whole = size / 10n ** BigInt(PLACES);
  const fraction = (size % 10n ** BigInt(PLACES)).toString().padStart(PLACES, "0").replace(/0+$/, "");
  return `${millionths < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
