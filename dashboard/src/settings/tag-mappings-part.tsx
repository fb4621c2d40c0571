import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { TagMapping } from "../../../domain/tag-mapping.ts";
import { withParam } from "../app/with-param.ts";
import { formatInstant } from "../format/number.ts";
import { EpcLink } from "../item/epc-link.tsx";
import type { ProductWords } from "../live/product-words.ts";
import { useProductWords } from "../live/use-master-data.ts";
import { MapTagsDialog } from "../tags/map-tags-dialog.tsx";
import { useTagMappings, useUnmapTag } from "../tags/use-tag-mappings.ts";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { SearchBox } from "../ui/search-box.tsx";

/** Tags that name no product themselves, and the product that people say they are on. */
export function TagMappingsPart() {
  const [search, setSearch] = useSearchParams();
  const { t } = useTranslation();
  const words = search.get("q") ?? "";
  const query = useTagMappings(words);
  const products = useProductWords();
  const [isAdding, setAdding] = useState(false);
  const unmap = useUnmapTag();
  const columns = useMemo(() => columnsOf(t, products, (epc) => unmap.mutate(epc)), [t, products, unmap]);
  return (
    <>
      <div className="toolbar">
        <SearchBox
          label={t("Search mappings by tag, GTIN or note")}
          placeholder={t("Tag, GTIN or note")}
          value={words}
          onChange={(value) => setSearch((last) => withParam(last, "q", value), { replace: true })}
        />
        <Button onClick={() => setAdding(true)}>{t("Map tags …")}</Button>
      </div>
      <PagedTable
        label={t("Tag mappings")}
        query={query}
        columns={columns}
        keyOf={({ epc }) => epc}
        loading={t("Loading tag mappings")}
        failed={{ title: t("Tag mappings can't be shown") }}
        empty={
          words === "" ? (
            <Notice icon="tag" title={t("No tag is mapped")}>
              {t(
                "Tags that name no product by their own code (a supplier's own, old library tags) can be mapped to one. The list of unknown tags shows which were read.",
              )}
            </Notice>
          ) : (
            <Notice icon="search" title={t("No mapping fits the search")} />
          )
        }
      />
      {isAdding ? <MapTagsDialog epcs={[]} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

function columnsOf(
  t: TFunction,
  products: ProductWords,
  onRemove: (epc: string) => void,
): Column<TagMapping>[] {
  return [
    { label: t("Tag"), look: "wide", cell: ({ epc }) => <EpcLink epc={epc} /> },
    {
      label: t("Product"),
      look: "wide",
      cell: ({ gtin }) => (
        <>
          <div className="strong">{products.get(gtin)?.name ?? t("Not in the product list")}</div>
          <div className="muted numeric">{gtin}</div>
        </>
      ),
    },
    { label: t("Note"), cell: ({ note }) => note },
    {
      label: t("Changed"),
      cell: ({ changedAt }) => <span className="numeric">{formatInstant(Date.parse(changedAt))}</span>,
    },
    {
      label: t("Change"),
      look: "actions",
      cell: ({ epc }) => (
        <Button onClick={() => onRemove(epc)} aria-label={t("Delete the mapping of {{epc}}", { epc })}>
          {t("Delete")}
        </Button>
      ),
    },
  ];
}
