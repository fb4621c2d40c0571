import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { z } from "zod";
import type { incomingSupplySchema } from "../../../domain/api/incoming-answers.ts";
import { formatInstant, formatSigned } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";
import { useIncoming } from "./use-product.ts";

type Supply = z.infer<typeof incomingSupplySchema>;

/** What is to come of the product: deliveries that were announced, and transfers on their way. */
export function IncomingPart({ gtin, names }: { gtin: string; names: PlaceNames }) {
  const { t } = useTranslation();
  const query = useIncoming({ gtin });
  return (
    <PagePart title={t("To come")}>
      <PartAnswer query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <PartNote>{t("Nothing is announced or on its way.")}</PartNote>
          ) : (
            <DataTable
              label={t("To come")}
              columns={columnsOf(t, names)}
              rows={items}
              keyOf={(row) => `${row.locationId} ${row.kind} ${row.reference}`}
            />
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf(t: TFunction, names: PlaceNames): Column<Supply>[] {
  return [
    {
      label: t("Location"),
      look: "wide",
      cell: (row) => (
        <>
          <Link to={`/locations/${row.locationId}`} className="strong">
            {names.location(row.locationId)}
          </Link>
          <div className="muted">
            {row.kind === "transfer"
              ? t("Transfer from {{place}}", { place: names.location(row.from ?? "") })
              : t("Delivery {{reference}}", { reference: row.reference })}
          </div>
        </>
      ),
    },
    { label: t("Units"), look: "number", cell: (row) => <b>{formatSigned(row.quantity)}</b> },
    { label: t("Expected"), cell: (row) => formatInstant(Date.parse(row.expectedAt)) },
    {
      label: t("State"),
      cell: (row) =>
        row.isLate ? (
          <Badge tone="warn" icon="warning">
            {t("Late")}
          </Badge>
        ) : (
          <Badge tone="calm" icon="down">
            {t("On its way")}
          </Badge>
        ),
    },
  ];
}
