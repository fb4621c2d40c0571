import { useTranslation } from "react-i18next";
import type { ListName } from "../../../domain/api/lists.ts";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
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
  return (
    <PagedTable<ListRow<Name>>
      label={words.title}
      query={query}
      columns={LIST_COLUMNS[list](names, t)}
      keyOf={keyOf}
      loading={t("Loading {{list}}", { list: words.title.toLowerCase() })}
      failed={{ title: t("The list can't be shown") }}
      empty={
        <Notice icon="check" title={t("Nothing on this list")}>
          {words.empty}
        </Notice>
      }
      total={query.data?.pages[0]?.totals.count ?? null}
    />
  );
}

function keyOf(row: ListRow<ListName>): string {
  if ("prefix" in row) return `${row.prefix} ${row.gtin ?? ""}`;
  const tag = "epc" in row ? row.epc : row.product.gtin;
  return `${row.locationId} ${tag} ${"eventId" in row ? row.eventId : ""} ${"readerId" in row ? row.readerId : ""}`;
}
