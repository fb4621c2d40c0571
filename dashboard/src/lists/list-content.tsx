import { useTranslation } from "react-i18next";
import type { ListName } from "../../../domain/api/lists.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import type { PlaceNames } from "../item/place-names.ts";
import { LIST_COLUMNS, type ListRow } from "./list-columns.tsx";
import { listWords } from "./list-words.ts";
import { type ListFilter, useList } from "./use-lists.ts";

type ListContentProps<Name extends ListName> = { list: Name; filter: ListFilter; names: PlaceNames };

/** The lines of one list, or why there are none. */
export function ListContent<Name extends ListName>({ list, filter, names }: ListContentProps<Name>) {
  const { t } = useTranslation();
  const query = useList(list, filter);
  const words = listWords(list, t);
  if (query.isPending)
    return <TableSkeleton label={t("Loading {{list}}", { list: words.title.toLowerCase() })} />;
  if (query.data === undefined) {
    return (
      <Failed title={t("The list can't be shown")} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { pages } = query.data;
  const rows = pages.flatMap((page): ListRow<Name>[] => page.items);
  if (rows.length === 0) {
    return (
      <Notice icon="check" title={t("Nothing on this list")}>
        {words.empty}
      </Notice>
    );
  }
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable label={words.title} columns={LIST_COLUMNS[list](names, t)} rows={rows} keyOf={keyOf} />
      <MoreButton
        shown={rows.length}
        total={pages[0]?.totals.count ?? null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

function keyOf(row: ListRow<ListName>): string {
  if ("prefix" in row) return `${row.prefix} ${row.gtin ?? ""}`;
  const tag = "epc" in row ? row.epc : row.product.gtin;
  return `${row.locationId} ${tag} ${"eventId" in row ? row.eventId : ""} ${"readerId" in row ? row.readerId : ""}`;
}
