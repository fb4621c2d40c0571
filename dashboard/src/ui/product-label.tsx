import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ProductWords } from "../../../domain/api/items.ts";
import { formatMoney } from "../format/money.ts";

/** A product's name over its GTIN, SKU and price; the GTIN alone where it is not in the product list. */
export function ProductLabel({ product }: { product: ProductWords }) {
  const { t } = useTranslation();
  const { name, gtin, sku, price, currency, isKnown } = product;
  const words = [gtin, sku, price === null ? "" : formatMoney(price, currency)].filter((word) => word !== "");
  return (
    <>
      <div className="strong">
        <Link to={`/products/${gtin}`} className="quiet-link">
          {name === "" ? (isKnown ? gtin : t("Not in the product list")) : name}
        </Link>
      </div>
      <div className="muted numeric">{words.join(" · ")}</div>
    </>
  );
}
