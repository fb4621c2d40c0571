import { numberFormat } from "./display-locale.ts";

/** An amount in its currency, without minor units from 100 on: a list of goods at stake is no invoice. */
export function formatMoney(amount: string | number, currency: string, locale?: string): string {
  const value = Number(amount);
  return numberFormat(
    { style: "currency", currency, maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 },
    locale,
  ).format(value);
}

/** An amount that has little room, on an axis: `€1.2K`. */
export function formatShortMoney(value: number, currency: string, locale?: string): string {
  return numberFormat(
    { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 },
    locale,
  ).format(value);
}
