import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { ItemRow } from "../../../domain/api/items.ts";
import { EpcLink } from "../item/epc-link.tsx";
import { itemStateWords } from "../item/item-state-words.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { StatusBadge } from "../item/status-badge.tsx";
import { Age } from "../ui/age.tsx";
import type { Column } from "../ui/data-table.tsx";
import { LocationLink } from "../ui/location-link.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { ProductLabel } from "../ui/product-label.tsx";
import { type ItemFilter, useItems } from "./use-items.ts";

/** The items that fit the filter, or why there are none. */
export function ItemsContent({ filter, names }: { filter: ItemFilter; names: PlaceNames }) {
  const { t } = useTranslation();
  const query = useItems(filter);
  return (
    <PagedTable
      label={t("Items")}
      query={query}
      columns={columnsOf(names, t)}
      keyOf={(item) => item.epc}
      loading={t("Loading items")}
      failed={{ title: t("Items can't be shown") }}
      refused={
        query.error instanceof ApiProblem && query.error.code === "invalid_gtin" ? (
          <Notice icon="search" title={t("No such GTIN")}>
            {query.error.message}
          </Notice>
        ) : null
      }
      empty={
        <Notice
          icon="tag"
          title={t("No tagged units")}
          action={
            filter.gtin === "" ? null : <Link to={`/stock?gtin=${filter.gtin}`}>{t("Its live stock")}</Link>
          }
        >
          {t("No item fits. A product without tags is counted by its quantity alone, and has no items.")}
        </Notice>
      }
    />
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
