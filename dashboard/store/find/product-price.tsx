import { formatMoney } from "../../src/format/money.ts";
import { useProduct } from "./use-product.ts";

export function ProductPrice({ gtin }: { gtin: string }) {
  const product = useProduct(gtin);
  if (product === null || product.price === null) return null;
  return <span>{`· ${formatMoney(product.price, product.currency)}`}</span>;
}
