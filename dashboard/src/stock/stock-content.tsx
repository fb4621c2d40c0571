import { useTranslation } from "react-i18next";
import { formatWhole } from "../format/number.ts";
import type { LiveStatus } from "../live/live-stock.ts";
import type { ProductWords } from "../live/product-words.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { isFiltering, type StockFilter } from "./stock-filter.ts";
import { StockTable } from "./stock-table.tsx";
import { TableSkeleton } from "./table-skeleton.tsx";
import type { StockView } from "./use-stock-view.ts";

export type StockContentProps = {
  view: StockView;
  filter: StockFilter;
  status: LiveStatus;
  words: ProductWords;
  locationNames: ReadonlyMap<string, string>;
  openKey: string | null;
  onOpen: (key: string) => void;
  onChange: (changes: Partial<StockFilter>) => void;
};

/** The table, or why there is none. */
export function StockContent(props: StockContentProps) {
  const { t } = useTranslation();
  const { view, filter, status, onChange } = props;
  if (!status.hasSnapshot && view.cells.length === 0) {
    if (status.state === "offline") {
      return (
        <Notice icon="warning" title={t("The server can't be reached")} isBad>
          {t("Stock is still counted where the server runs. This page tries again by itself.")}
        </Notice>
      );
    }
    const progress =
      status.received === 0
        ? t("Loading stock")
        : t("{{rows}} rows loaded", { count: status.received, rows: formatWhole(status.received) });
    return <TableSkeleton label={progress} />;
  }
  if (view.cells.length === 0 && isFiltering(filter)) {
    return (
      <Notice
        icon="search"
        title={t("Nothing fits these filters")}
        action={
          <Button onClick={() => onChange({ search: "", locationId: "", gtin: "", reason: "" })}>
            {t("Show all stock")}
          </Button>
        }
      >
        {t("No product at any location matches. A product that was never received anywhere has no row.")}
      </Notice>
    );
  }
  if (view.cells.length === 0) {
    return (
      <Notice icon="stock" title={t("No stock yet")}>
        {t(
          "Rows appear here with the first movement: a tag read at a dock, a receipt, or positions brought in with",
        )}{" "}
        <code>onhand import positions</code>.
      </Notice>
    );
  }
  return <StockTable {...props} />;
}
