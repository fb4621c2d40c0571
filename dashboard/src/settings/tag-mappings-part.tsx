import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { TagMapping } from "../../../domain/tag-mapping.ts";
import { withParam } from "../app/with-param.ts";
import { formatInstant } from "../format/number.ts";
import { EpcLink } from "../item/epc-link.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { useProductWords } from "../live/use-master-data.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { MapTagsDialog } from "../tags/map-tags-dialog.tsx";
import { useTagMappings, useUnmapTag } from "../tags/use-tag-mappings.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { SearchBox } from "../ui/search-box.tsx";

/** Tags that name no product themselves, and the product that people say they are on. */
export function TagMappingsPart() {
  const [search, setSearch] = useSearchParams();
  const words = search.get("q") ?? "";
  const query = useTagMappings(words);
  const products = useProductWords();
  const [isAdding, setAdding] = useState(false);
  const unmap = useUnmapTag();
  const columns = useMemo(() => columnsOf(products, (epc) => unmap.mutate(epc)), [products, unmap]);
  const mappings = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="toolbar">
        <SearchBox
          label="Search mappings by tag, GTIN or note"
          placeholder="Tag, GTIN or note"
          value={words}
          onChange={(value) => setSearch((last) => withParam(last, "q", value), { replace: true })}
        />
        <Button onClick={() => setAdding(true)}>Map tags …</Button>
      </div>
      {query.isPending ? <TableSkeleton label="Loading tag mappings" /> : null}
      {query.error !== null && query.data === undefined ? (
        <Failed
          title="Tag mappings can't be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data !== undefined && mappings.length === 0 ? (
        words === "" ? (
          <Notice icon="tag" title="No tag is mapped">
            Tags that name no product by their own code (a supplier's own, old library tags) can be mapped to
            one. The list of unknown tags shows which were read.
          </Notice>
        ) : (
          <Notice icon="search" title="No mapping fits the search" />
        )
      ) : null}
      {mappings.length === 0 ? null : (
        <div className="page-scroll">
          <StaleNote error={query.error} />
          <DataTable label="Tag mappings" columns={columns} rows={mappings} keyOf={({ epc }) => epc} />
          <MoreButton
            shown={mappings.length}
            total={null}
            isLoading={query.isFetchingNextPage}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
          />
        </div>
      )}
      {isAdding ? <MapTagsDialog epcs={[]} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function columnsOf(products: ProductWords, onRemove: (epc: string) => void): Column<TagMapping>[] {
  return [
    { label: "Tag", look: "wide", cell: ({ epc }) => <EpcLink epc={epc} /> },
    {
      label: "Product",
      look: "wide",
      cell: ({ gtin }) => (
        <>
          <div className="strong">{products.get(gtin)?.name ?? "Not in the product list"}</div>
          <div className="muted numeric">{gtin}</div>
        </>
      ),
    },
    { label: "Note", cell: ({ note }) => note },
    {
      label: "Changed",
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    {
      label: "Change",
      look: "actions",
      cell: ({ epc }) => (
        <Button onClick={() => onRemove(epc)} aria-label={`Delete the mapping of ${epc}`}>
          Delete
        </Button>
      ),
    },
  ];
}
