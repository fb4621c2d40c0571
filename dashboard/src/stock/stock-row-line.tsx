import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Product } from "../../../domain/product.ts";
import { formatProbability, formatWhole } from "../format/number.ts";
import { useStockRow } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import type { StockRow } from "../live/row-store.ts";
import { Age } from "../ui/age.tsx";
import { LiveNumber } from "../ui/live-number.tsx";
import { StateBadge } from "../ui/state-badge.tsx";

type StockRowLineProps = {
  rowKey: string;
  index: number;
  topPx: number;
  /** While it flies by, a row is its names alone: all of its cells, a screen of them in each frame, would make it stutter. */
  isPassing: boolean;
  isOpen: boolean;
  isFocusable: boolean;
  words: ProductWords;
  locationNames: ReadonlyMap<string, string>;
  onOpen: (key: string) => void;
};

function Quantity({ column, value }: { column: string; value: number }) {
  return (
    <div role="gridcell" className={`stock-cell number quiet numeric col-${column}`}>
      <span className={value === 0 ? "zero" : undefined}>{formatWhole(value)}</span>
    </div>
  );
}

/** Apart, so that rows of products that are known ask for no language. */
function UnknownProduct() {
  const { t } = useTranslation();
  return t("Unknown product");
}

/** One product at one location. It follows its own row of the store and nothing else. */
export const StockRowLine = memo(function StockRowLine(props: StockRowLineProps) {
  const { rowKey, index, topPx, isPassing, isOpen, isFocusable, words, locationNames, onOpen } = props;
  const row = useStockRow(rowKey);
  if (row === undefined) return null;
  const product = words.get(row.gtin);
  const place = locationNames.get(row.locationId) ?? row.locationId;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      className={isOpen ? "stock-row is-open" : "stock-row"}
      style={{ transform: `translateY(${topPx}px)` }}
      data-index={index}
      data-row-key={rowKey}
      tabIndex={isFocusable ? 0 : -1}
      onClick={() => onOpen(rowKey)}
    >
      {isPassing ? (
        <Passing name={product?.name ?? row.gtin} place={place} />
      ) : (
        <Cells row={row} product={product} place={place} />
      )}
    </div>
  );
});

function Passing({ name, place }: { name: string; place: string }) {
  return (
    <>
      <div role="gridcell" className="stock-cell col-product stock-name">
        {name}
      </div>
      <div role="gridcell" className="stock-cell col-location stock-place">
        {place}
      </div>
    </>
  );
}

function Cells({ row, product, place }: { row: StockRow; product: Product | undefined; place: string }) {
  const codes = product === undefined || product.sku === "" ? row.gtin : `${product.sku} · ${row.gtin}`;
  return (
    <>
      <div role="gridcell" className="stock-cell col-product">
        <div className="stock-name">{product?.name ?? <UnknownProduct />}</div>
        <div className="stock-codes numeric">
          <span className="place-short">{place} · </span>
          {codes}
        </div>
      </div>
      <div role="gridcell" className="stock-cell col-location">
        <div className="stock-place">{place}</div>
      </div>
      <Quantity column="onHand" value={row.onHand} />
      <Quantity column="sellable" value={row.sellable} />
      <Quantity column="reserved" value={row.reserved} />
      <div role="gridcell" className="stock-cell number strong col-available" data-testid="available">
        <LiveNumber value={row.available} change={row.change} />
      </div>
      <div role="gridcell" className="stock-cell number quiet numeric col-confidence">
        {row.confidence === null ? <span className="zero">–</span> : formatProbability(row.confidence)}
      </div>
      <div role="gridcell" className="stock-cell col-state">
        <StateBadge reason={row.reasonCode} />
      </div>
      <div role="gridcell" className="stock-cell col-seen">
        <Age atMs={row.seenAtMs} />
      </div>
    </>
  );
}
