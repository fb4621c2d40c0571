import type { Product } from "../../../domain/product.ts";
import type { ReturnWish } from "../../../domain/returns/return.ts";

/** What the customer takes instead. `epcs`: the very items, where they were scanned. */
export type ExchangeLine = { product: Product; quantity: number; epcs: readonly string[] };

/** One unit more of a product; an item that was scanned before is the same unit. */
export function exchangeWith(
  lines: readonly ExchangeLine[],
  product: Product,
  epc: string | null,
): ExchangeLine[] {
  const epcs = epc === null ? [] : [epc];
  const known = lines.find((line) => line.product.gtin === product.gtin);
  if (known === undefined) return [...lines, { product, quantity: 1, epcs }];
  if (epc !== null && known.epcs.includes(epc)) return [...lines];
  const more = { product, quantity: known.quantity + 1, epcs: [...known.epcs, ...epcs] };
  return lines.map((line) => (line === known ? more : line));
}

/** The order of what they take: carried out of this store at today's price, in the currency of its first product. */
export function exchangeWish(
  lines: readonly ExchangeLine[],
  locationId: string,
): NonNullable<ReturnWish["exchange"]> {
  const currency = lines[0]?.product.currency ?? "EUR";
  return {
    channel: "store",
    currency,
    lines: lines.map(({ product, quantity }) => ({
      gtin: product.gtin,
      quantity,
      method: "carry_out",
      locationId,
      ...(product.price === null || product.currency !== currency ? {} : { unitPrice: product.price }),
    })),
  };
}
