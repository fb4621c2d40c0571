import { gtinCheckDigit, gtinFromNumber } from "../../domain/gtin.ts";
import type { Gtin } from "../../domain/identifiers.ts";

/** Seven digits of company prefix under 952, which GS1 keeps for demonstrations and examples. */
export const COMPANY_PREFIX = "9521234";

/** GTIN-14 of the retailer's n-th item (from 0, below 99,999): indicator 0, prefix, five digits of item, check digit. */
export function gtinOfItem(itemIndex: number): Gtin {
  const body = Number(`${COMPANY_PREFIX}${String(itemIndex + 1).padStart(5, "0")}`);
  return gtinFromNumber(body * 10 + gtinCheckDigit(body));
}
