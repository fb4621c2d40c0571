/** An amount in its currency, without minor units from 100 on: a list of goods at stake is no invoice. */
export function formatMoney(amount: string, currency: string, locale?: string): string {
  const value = Number(amount);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2,
  }).format(value);
}
