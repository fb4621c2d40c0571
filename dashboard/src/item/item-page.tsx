import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import { PageHead } from "../app/page-head.tsx";
import { itemSearchPath } from "../items/item-search-path.ts";
import { useLocations } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { ItemLifeList } from "./item-life-list.tsx";
import { ItemNowPanel } from "./item-now-panel.tsx";
import "./item-page.css";
import { ItemReadsTable } from "./item-reads-table.tsx";
import { placeNames } from "./place-names.ts";
import { useItem } from "./use-item.ts";

/** One tagged unit: what is believed of it, how it came to be, and what readers saw of it lately. */
export function ItemPage() {
  const { t } = useTranslation();
  const { epc = "" } = useParams();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t("Item")} />
      <div className="page-body">
        <div className="toolbar">
          <SearchBox
            label={t("Find items by GTIN, or one by its EPC, as hex or as a URI")}
            placeholder={t("GTIN or EPC")}
            value={epc}
            applied="on-enter"
            onChange={(value) => void navigate(itemSearchPath(value))}
          />
        </div>
        <ItemContent key={epc} epc={epc} />
      </div>
    </>
  );
}

function ItemContent({ epc }: { epc: string }) {
  const { t } = useTranslation();
  const query = useItem(epc);
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  if (query.isPending) return <TableSkeleton label={t("Loading the item")} />;
  if (query.data === undefined) {
    const isUnknown =
      query.error instanceof ApiProblem && query.error.status < 500 && query.error.status >= 400;
    return isUnknown ? (
      <Notice icon="search" title={t("No such item")}>
        {query.error.message}
      </Notice>
    ) : (
      <Failed title={t("The item can't be shown")} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const life = query.data;
  return (
    <div className="page-scroll item-page" data-testid="item">
      <StaleNote error={query.error} />
      <ItemNowPanel life={life} names={names} />
      <section className="item-part" aria-label={t("Its life")}>
        <h2>{t("Its life")}</h2>
        <ItemLifeList epc={epc} newest={life.history} names={names} />
      </section>
      <section className="item-part" aria-label={t("What readers saw")}>
        <h2>{t("What readers saw")}</h2>
        <ItemReadsTable reads={life.reads} names={names} />
      </section>
    </div>
  );
}
