import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { Product } from "../../../domain/product.ts";
import { PageHead } from "../app/page-head.tsx";
import { formatMoney } from "../format/money.ts";
import { placeNames } from "../item/place-names.ts";
import { useLiveStatus } from "../live/live-context.tsx";
import type { StockRow } from "../live/row-store.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { useProductRows } from "../live/use-rows.ts";
import { RowFigures } from "../stock/row-figures.tsx";
import { StaleBanner } from "../stock/stale-banner.tsx";
import { Notice } from "../ui/notice.tsx";
import { HoldsPart } from "./holds-part.tsx";
import { IncomingPart } from "./incoming-part.tsx";
import { MovementsPart } from "./movements-part.tsx";
import { PlacesPart } from "./places-part.tsx";
import { ProductAnswer } from "./product-answer.tsx";
import "./product-page.css";
import { PromisePart } from "./promise-part.tsx";
import { useProduct, useZoneStock } from "./use-product.ts";

/** One product: where it is, what of it may be promised and until when, who holds it, what comes, what moved it. */
export function ProductPage() {
  const { t } = useTranslation();
  const { productId = "" } = useParams();
  const gtin = /^\d{1,14}$/.test(productId) ? productId.padStart(14, "0") : productId;
  const product = useProduct(gtin);
  const rows = useProductRows(gtin);
  const isUnknown = product.error instanceof ApiProblem && [400, 404].includes(product.error.status);
  return (
    <>
      <PageHead title={t("Product")} />
      <div className="page-body">
        <StaleBanner status={useLiveStatus()} />
        {isUnknown && rows.length === 0 ? (
          <Notice
            icon="search"
            title={t("No such product")}
            action={<Link to="/stock">{t("Live stock")}</Link>}
          >
            {product.error?.message}
          </Notice>
        ) : (
          <ProductContent key={gtin} gtin={gtin} rows={rows} product={product.data} isUnknown={isUnknown} />
        )}
      </div>
    </>
  );
}

type ProductContentProps = {
  gtin: string;
  rows: readonly StockRow[];
  product: Product | undefined;
  isUnknown: boolean;
};

function ProductContent({ gtin, rows, product, isUnknown }: ProductContentProps) {
  const { t } = useTranslation();
  const zones = useZoneStock({ gtin });
  const words = useProductWords();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const { hasSnapshot } = useLiveStatus();
  const name = product?.name ?? (isUnknown ? t("Not in the product list") : gtin);
  const price = product?.price ?? null;
  const facts = [
    gtin,
    product?.sku ?? "",
    product?.category ?? "",
    product === undefined || price === null ? "" : formatMoney(price, product.currency),
    product?.isTagged === false ? t("without tags") : "",
  ];
  return (
    <div className="page-scroll" data-testid="product">
      <div className="product-head">
        <div>
          <h2>{name}</h2>
          <p className="muted numeric">{facts.filter((fact) => fact !== "").join(" · ")}</p>
        </div>
        <nav className="product-links" aria-label={t("More of this product")}>
          <Link to={`/stock?gtin=${gtin}`}>{t("In the stock table")}</Link>
          <Link to={`/items?gtin=${gtin}`}>{t("Its tagged units")}</Link>
        </nav>
      </div>
      {hasSnapshot ? <ProductAnswer rows={rows} names={names} /> : null}
      <RowFigures rows={rows} isKnown={hasSnapshot} />
      <PlacesPart gtin={gtin} productName={name} rows={rows} zones={zones.data?.items ?? []} names={names} />
      <div className="page-parts">
        <PromisePart gtin={gtin} rows={rows} names={names} />
        <IncomingPart gtin={gtin} names={names} />
      </div>
      <HoldsPart of={{ gtin }} names={names} words={words} />
      <MovementsPart gtin={gtin} names={names} />
    </div>
  );
}
