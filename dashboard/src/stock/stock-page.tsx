import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { PageHead } from "../app/page-head.tsx";
import { useLiveStatus } from "../live/live-context.tsx";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { LatestChanges } from "./latest-changes.tsx";
import { StockContent } from "./stock-content.tsx";
import { StockDetail } from "./stock-detail.tsx";
import { parseStockFilter, type StockFilter, writeStockFilter } from "./stock-filter.ts";
import { StockFigures } from "./stock-figures.tsx";
import "./stock-page.css";
import { StockToolbar } from "./stock-toolbar.tsx";
import { StaleBanner } from "./stale-banner.tsx";
import { useStockView } from "./use-stock-view.ts";

/** Every product at every location, live. Filters and the open row live in the address. */
export function StockPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(() => parseStockFilter(new URLSearchParams(address)), [address]);
  const words = useProductWords();
  const locations = useLocations();
  const names = useMemo(() => new Map(locations.map((each) => [each.locationId, each.name])), [locations]);
  const view = useStockView(filter, words);
  const status = useLiveStatus();
  const openKey = search.get("open");

  const change = (changes: Partial<StockFilter>) =>
    setSearch((last) => writeStockFilter(last, { ...parseStockFilter(last), ...changes }), { replace: true });
  const open = (key: string | null) =>
    setSearch(
      (last) => {
        const next = new URLSearchParams(last);
        if (key === null) next.delete("open");
        else next.set("open", key);
        return next;
      },
      { replace: true },
    );

  return (
    <>
      <PageHead title={t("Live stock")} />
      <div className="page-body">
        <StaleBanner status={status} />
        <StockFigures totals={view.totals} isKnown={status.hasSnapshot} />
        <StockToolbar
          filter={filter}
          onChange={change}
          locations={locations}
          words={words}
          shown={view.cells.length}
        />
        <LatestChanges words={words} locationNames={names} onOpen={open} />
        <div className="stock-split">
          <section className="panel" aria-label={t("Stock")}>
            <StockContent
              view={view}
              filter={filter}
              status={status}
              words={words}
              locationNames={names}
              openKey={openKey}
              onOpen={open}
              onChange={change}
            />
          </section>
          {openKey === null ? null : (
            <StockDetail
              rowKey={openKey}
              words={words}
              locationNames={names}
              onOpen={open}
              onClose={() => open(null)}
              onShowProduct={(gtin) => change({ gtin, search: "" })}
            />
          )}
        </div>
      </div>
    </>
  );
}
