import type { ReactNode } from "react";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { type Column, DataTable } from "./data-table.tsx";
import { MoreButton } from "./more-button.tsx";
import { Failed, StaleNote } from "./query-state.tsx";

type Items<Row> = { items: readonly Row[] };

/** A question of a list, as react-query has it: of all its rows at once, or of page after page (`usePages`). */
export type TableQuery<Row> = {
  data: Items<Row> | { pages: readonly Items<Row>[] } | undefined;
  error: Error | null;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
};

type PagedTableProps<Row> = {
  label: string;
  query: TableQuery<Row>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What is awaited, said while nothing is there yet. */
  loading: string;
  /** Where nothing could be read: what cannot be shown, and what that does not touch. */
  failed: { title: string; words?: string };
  /** In place of `failed`, for an error that has words of its own, as a right that is missing. */
  refused?: ReactNode;
  /** In place of a list without rows. */
  empty: ReactNode;
  /** How many rows there are in all, where the answer says so. */
  total?: number | null;
};

/** A list that is read from the server: its table, the way to its further pages, and what stands there without rows. */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { label, query, columns, keyOf, loading, failed, refused, empty, total = null } = props;
  const { data, error } = query;
  if (data === undefined) {
    if (error === null) return <TableSkeleton label={loading} />;
    return (
      refused ?? (
        <Failed title={failed.title} error={error} onRetry={() => void query.refetch()}>
          {failed.words}
        </Failed>
      )
    );
  }
  const rows = "pages" in data ? data.pages.flatMap((page) => page.items) : data.items;
  return (
    <>
      <StaleNote error={error} />
      {rows.length === 0 ? (
        empty
      ) : (
        <div className="page-scroll">
          <DataTable label={label} columns={columns} rows={rows} keyOf={keyOf} />
          {"pages" in data ? (
            <MoreButton
              shown={rows.length}
              total={total}
              isLoading={query.isFetchingNextPage ?? false}
              onMore={query.hasNextPage === true ? () => void query.fetchNextPage?.() : null}
            />
          ) : null}
        </div>
      )}
    </>
  );
}
