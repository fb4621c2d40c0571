import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { ItemRow } from "../../../domain/api/items.ts";
import { EpcLink } from "../item/epc-link.tsx";
import { itemStateWords } from "../item/item-state-words.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { StatusBadge } from "../item/status-badge.tsx";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Age } from "../ui/age.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { LocationLink } from "../ui/location-link.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { ProductLabel } from "../ui/product-label.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { type ItemFilter, useItems } from "./use-items.ts";

/** The items that fit the filter, or why there are none. */
export function ItemsContent({ filter, names }: { filter: ItemFilter; names: PlaceNames }) {
  const { t } = useTranslation();
  const query = useItems(filter);
  if (query.isPending) return <TableSkeleton label={t("Loading items")} />;
  if (query.data === undefined) {
    const isWrong = query.error instanceof ApiProblem && query.error.code === "invalid_gtin";
    return isWrong ? (
      <Notice icon="search" title={t("No such GTIN")}>
        {query.error.message}
      </Notice>
    ) : (
      <Failed title={t("Items can't be shown")} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Notice
        icon="tag"
        title={t("No tagged units")}
        action={
          filter.gtin === "" ? null : <Link to={`/stock?gtin=${filter.gtin}`}>{t("Its live stock")}</Link>
        }
      >
        {t("No item fits. A product without tags is counted by its quantity alone, and has no items.")}
      </Notice>
    );
  }
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable label={t("Items")} columns={columnsOf(names, t)} rows={items} keyOf={(item) => item.epc} />
      <MoreButton
        shown={items.length}
        total={null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

function columnsOf(names: PlaceNames, t: TFunction): Column<ItemRow>[] {
  return [
    {
      label: t("Item"),
      look: "wide",
      cell: (item) => (
        <>
          <ProductLabel product={item.product} />
          <EpcLink epc={item.epc} />
        </>
      ),
    },
    { label: t("Status"), cell: (item) => <StatusBadge status={item.status} /> },
    {
      label: t("Where"),
      cell: (item) => (
        <div>
          <LocationLink id={item.locationId} name={names.location(item.locationId)} />
          <div className="muted">{names.zone(item.locationId, item.zoneId)}</div>
        </div>
      ),
    },
    { label: t("State"), cell: (item) => itemStateWords(item.state, t) },
    { label: t("Last seen"), cell: (item) => <Age atMs={Date.parse(item.lastSeenAt)} /> },
  ];
}
