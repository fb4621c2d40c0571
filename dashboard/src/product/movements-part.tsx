import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MovementRow } from "../../../domain/api/movements-page.ts";
import { formatSigned } from "../format/number.ts";
import { EpcLink } from "../item/epc-link.tsx";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { Age } from "../ui/age.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";
import { movementWords } from "./movement-words.ts";
import { useMovements } from "./use-product.ts";

type MovementsPartProps =
  | { gtin: string; names: PlaceNames }
  | { location: string; names: PlaceNames; words: ProductWords };

/** What moved the stock of a product, or of a location, last: lines of the ledger of 30 days. */
export function MovementsPart(props: MovementsPartProps) {
  const { t } = useTranslation();
  const query = useMovements("gtin" in props ? { gtin: props.gtin } : { location: props.location });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PagePart title={t("Recent movements")} note={t("Lines of the ledger, of the last 30 days.")}>
      <PartAnswer query={query}>
        {() =>
          rows.length === 0 ? (
            <PartNote>{t("Nothing moved in 30 days.")}</PartNote>
          ) : (
            <>
              <DataTable
                label={t("Recent movements")}
                columns={columnsOf(t, props)}
                rows={rows}
                keyOf={(row) => `${row.locationId} ${row.sequence}`}
              />
              <MoreButton
                shown={rows.length}
                total={null}
                isLoading={query.isFetchingNextPage}
                onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
              />
            </>
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf(t: TFunction, props: MovementsPartProps): Column<MovementRow>[] {
  const place: Column<MovementRow> =
    "gtin" in props
      ? {
          label: t("Location"),
          cell: (row) => (
            <Link to={`/locations/${row.locationId}`}>{props.names.location(row.locationId)}</Link>
          ),
        }
      : {
          label: t("Product"),
          cell: (row) => (
            <Link to={`/products/${row.gtin}`}>{props.words.get(row.gtin)?.name ?? row.gtin}</Link>
          ),
        };
  return [
    {
      label: t("What happened"),
      cell: (row) => (
        <>
          <div className="strong">{movementWords(row.reason, t)}</div>
          {row.epc === "" ? null : <EpcLink epc={row.epc} />}
        </>
      ),
    },
    { label: t("Units"), look: "number", cell: (row) => <b>{formatSigned(row.quantity)}</b> },
    place,
    { label: t("Told by"), cell: (row) => <span className="muted">{row.source}</span> },
    { label: t("When"), cell: (row) => <Age atMs={Date.parse(row.occurredAt)} /> },
  ];
}
