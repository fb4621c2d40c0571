import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ExplainDialog } from "../explain/explain-dialog.tsx";
import { formatInstant, formatProbability, formatWhole } from "../format/number.ts";
import { useStockRow } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { Age } from "../ui/age.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { LiveNumber } from "../ui/live-number.tsx";
import { Notice } from "../ui/notice.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { ProductPlaces } from "./product-places.tsx";
import "./stock-detail.css";
import { StockSum } from "./stock-sum.tsx";

type StockDetailProps = {
  rowKey: string;
  words: ProductWords;
  locationNames: ReadonlyMap<string, string>;
  onOpen: (key: string) => void;
  onClose: () => void;
  onShowProduct: (gtin: string) => void;
};

/** One row in full: how its number comes about, how old its evidence is, and where else the product is. */
export function StockDetail(props: StockDetailProps) {
  const { rowKey, words, locationNames, onOpen, onClose, onShowProduct } = props;
  const { t } = useTranslation();
  const row = useStockRow(rowKey);
  const panel = useRef<HTMLElement>(null);
  const [isExplaining, setIsExplaining] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") !== null)
        return;
      onClose();
      document.querySelector<HTMLElement>('.stock-row[tabindex="0"]')?.focus();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [onClose]);

  if (row === undefined) {
    return (
      <aside className="detail" aria-label={t("Details")}>
        <div className="detail-head">
          <h2>{t("Nothing known of this row")}</h2>
          <IconButton icon="close" label={t("Close details")} onClick={onClose} />
        </div>
        <Notice icon="question" title={t("No record")}>
          {t("This product has never moved at this location, or the rows are still loading.")}
        </Notice>
      </aside>
    );
  }

  const product = words.get(row.gtin);
  return (
    <aside className="detail" aria-label={t("Details")} ref={panel} data-testid="stock-detail">
      <div className="detail-head">
        <div>
          <h2>
            <Link to={`/products/${row.gtin}`} className="quiet-link">
              {product?.name ?? t("Unknown product")}
            </Link>
          </h2>
          <p className="muted numeric">
            {[product?.sku, row.gtin, product?.category].filter(Boolean).join(" · ")}
          </p>
        </div>
        <IconButton icon="close" label={t("Close details (Esc)")} onClick={onClose} />
      </div>
      <div className="detail-big">
        <div>
          <LiveNumber value={row.available} change={row.change} />
          <p className="muted">
            {t("available at")}{" "}
            <Link to={`/locations/${row.locationId}`}>
              {locationNames.get(row.locationId) ?? row.locationId}
            </Link>
          </p>
        </div>
        <StateBadge reason={row.reasonCode} />
      </div>
      <section className="detail-part">
        <h3>{t("How this number comes about")}</h3>
        <StockSum row={row} />
        <Button className="detail-more" onClick={() => setIsExplaining(true)}>
          {t("Why this number?")}
        </Button>
        {row.reserved === 0 ? null : (
          <Link to={`/holds?gtin=${row.gtin}&location=${row.locationId}`}>
            {t("Who holds the reserved units")}
          </Link>
        )}
      </section>
      {row.incoming.length === 0 ? null : (
        <section className="detail-part">
          <h3>{t("To come")}</h3>
          {row.incoming.map(({ expectedAt, quantity }) => (
            <div key={expectedAt} className="sum-line numeric">
              <span>{formatInstant(Date.parse(expectedAt))}</span>
              <span>+{formatWhole(quantity)}</span>
            </div>
          ))}
        </section>
      )}
      <section className="detail-part">
        <h3>{t("Last physical evidence")}</h3>
        <div className="sum-line">
          <span>{row.seenAtMs === null ? t("None on record") : formatInstant(row.seenAtMs)}</span>
          <Age atMs={row.seenAtMs} never="" />
        </div>
        {row.confidence === null ? null : (
          <div className="sum-line numeric">
            <span>
              {row.reserved === 0
                ? t("Probability that one is really there")
                : t("Probability that {{units}} are really there (the reserved and one more)", {
                    units: formatWhole(row.reserved + 1),
                  })}
            </span>
            <strong data-testid="confidence">{formatProbability(row.confidence)}</strong>
          </div>
        )}
        <Link to={`/items?gtin=${row.gtin}&location=${row.locationId}`}>{t("Its tagged units here")}</Link>
      </section>
      <section className="detail-part">
        <h3>{t("This product everywhere")}</h3>
        <ProductPlaces
          gtin={row.gtin}
          openKey={rowKey}
          locationNames={locationNames}
          onOpen={onOpen}
          onShowProduct={onShowProduct}
        />
      </section>
      {isExplaining ? (
        <ExplainDialog
          row={row}
          productName={product?.name ?? row.gtin}
          placeName={locationNames.get(row.locationId) ?? row.locationId}
          onClose={() => setIsExplaining(false)}
        />
      ) : null}
    </aside>
  );
}
