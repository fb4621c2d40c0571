import { Link } from "react-router";
import { ApiProblem } from "../../../client/api-problem.ts";
import type { ItemRow } from "../../../domain/api/items.ts";
import { EpcLink } from "../item/epc-link.tsx";
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
  const query = useItems(filter);
  if (query.isPending) return <TableSkeleton label="Loading items" />;
  if (query.data === undefined) {
    const isWrong = query.error instanceof ApiProblem && query.error.code === "invalid_gtin";
    return isWrong ? (
      <Notice icon="search" title="No such GTIN">
        {query.error.message}
      </Notice>
    ) : (
      <Failed title="Items can't be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Notice
        icon="tag"
        title="No tagged units"
        action={filter.gtin === "" ? null : <Link to={`/stock?gtin=${filter.gtin}`}>Its live stock</Link>}
      >
        No item fits. A product without tags is counted by its quantity alone, and has no items.
      </Notice>
    );
  }
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable label="Items" columns={columnsOf(names)} rows={items} keyOf={(item) => item.epc} />
      <MoreButton
        shown={items.length}
        total={null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

function columnsOf(names: PlaceNames): Column<ItemRow>[] {
  return [
    {
      label: "Item",
      look: "wide",
      cell: (item) => (
        <>
          <ProductLabel product={item.product} />
          <EpcLink epc={item.epc} />
        </>
      ),
    },
    { label: "Status", cell: (item) => <StatusBadge status={item.status} /> },
    {
      label: "Where",
      cell: (item) => (
        <div>
          <LocationLink id={item.locationId} name={names.location(item.locationId)} />
          <div className="muted">{names.zone(item.locationId, item.zoneId)}</div>
        </div>
      ),
    },
    { label: "State", cell: (item) => stateWords(item.state) },
    { label: "Last seen", cell: (item) => <Age atMs={Date.parse(item.lastSeenAt)} /> },
  ];
}

/** `in_transit` as people read it. */
function stateWords(state: string): string {
  return state.replaceAll("_", " ");
}
