import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import type { Product } from "../../domain/product.ts";
import { COMPANY_PREFIX } from "./gtin-of-item.ts";

/** Serial numbers of one seed; a chain of a million units a product fits. 10^5 seeds stay below 2^38. */
const SERIALS_PER_SEED = 1_000_000;
const SEEDS = 100_000;
const FILTER_POS_ITEM = 1;

/**
 * Gives each unit of a product the next serial number, as SGTIN-96 (hex, upper case). Two seeds that differ in their
 * last five digits give different tags. Untagged products give an empty text.
 */
export function createItemEncoder(
  products: readonly Product[],
  seed: number,
): (productIndex: number) => string {
  const nextSerials = products.map(() => (seed % SEEDS) * SERIALS_PER_SEED + 1);
  return (productIndex) => {
    const product = products[productIndex];
    const serial = nextSerials[productIndex];
    if (product === undefined || serial === undefined || !product.isTagged) return "";
    nextSerials[productIndex] = serial + 1;
    const epc = epcOfGtin(
      {
        gtin: product.gtin,
        prefixDigits: COMPANY_PREFIX.length,
        serial: String(serial),
        filter: FILTER_POS_ITEM,
      },
      "sgtin-96",
    );
    if (!epc.ok) throw new Error(`${product.name}: ${epc.detail}`);
    return epc.value;
  };
}
