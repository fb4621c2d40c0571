import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useLiveStatus } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { StockContent } from "../stock/stock-content.tsx";
import { parseStockFilter, writeStockFilter } from "../stock/stock-filter.ts";
import "../stock/stock-page.css";
import { useStockView } from "../stock/use-stock-view.ts";
import { PagePart } from "../ui/page-part.tsx";
import { SearchBox } from "../ui/search-box.tsx";

type StockPartProps = { locationId: string; words: ProductWords; locationNames: ReadonlyMap<string, string> };

/** Every product with a record there, live; a row leads to its product's page. */
export function StockPart({ locationId, words, locationNames }: StockPartProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(
    () => ({ ...parseStockFilter(new URLSearchParams(address)), locationId }),
    [address, locationId],
  );
  const view = useStockView(filter, words);
  const change = (changes: Partial<typeof filter>) =>
    setSearch((last) => writeStockFilter(last, { ...parseStockFilter(last), ...changes, locationId: "" }), {
      replace: true,
    });
  return (
    <PagePart
      title={t("Its stock")}
      action={<Link to={`/stock?location=${locationId}`}>{t("In the stock table")}</Link>}
    >
      <SearchBox
        label={t("Search products by name, SKU, category or GTIN")}
        placeholder={t("Name, SKU or GTIN")}
        value={filter.search}
        onChange={(value) => change({ search: value })}
      />
      <div className="location-stock">
        <div className="panel">
          <StockContent
            view={view}
            filter={filter}
            status={useLiveStatus()}
            words={words}
            locationNames={locationNames}
            openKey={null}
            onOpen={(key) => void navigate(`/products/${key.split("~")[0] ?? ""}`)}
            onChange={change}
          />
        </div>
      </div>
    </PagePart>
  );
}
