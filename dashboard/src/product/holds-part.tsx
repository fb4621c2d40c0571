import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Reservation } from "../../../domain/reservations/reservation.ts";
import { formatWhole } from "../format/number.ts";
import { HoldBadge } from "../holds/hold-badge.tsx";
import { TimeLeft } from "../holds/time-left.tsx";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";
import { useFewHolds } from "./use-product.ts";

type HoldsPartProps = {
  /** Whose holds: of a product, or of a location those at risk. */
  of: { gtin: string } | { location: string };
  names: PlaceNames;
  words: ProductWords;
};

/** Who holds units of the product; at a location: which promises stock does not cover any more. */
export function HoldsPart({ of, names, words }: HoldsPartProps) {
  const { t } = useTranslation();
  const isProduct = "gtin" in of;
  const query = useFewHolds(isProduct ? of : { ...of, atRisk: true });
  const more = isProduct ? `gtin=${of.gtin}` : `location=${of.location}&state=at_risk`;
  return (
    <PagePart
      title={isProduct ? t("Holds") : t("Holds at risk")}
      action={<Link to={`/holds?${more}`}>{isProduct ? t("All its holds") : t("All at risk here")}</Link>}
    >
      <PartAnswer query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <PartNote>
              {isProduct ? t("Nobody holds a unit of it.") : t("Stock covers every promise made here.")}
            </PartNote>
          ) : (
            <DataTable
              label={t("Holds")}
              columns={columnsOf({ t, of, names, words, more })}
              rows={items}
              keyOf={(hold) => hold.reservationId}
            />
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function columnsOf({
  t,
  of,
  names,
  words,
  more,
}: HoldsPartProps & { t: TFunction; more: string }): Column<Reservation>[] {
  const isProduct = "gtin" in of;
  const lineOf = (hold: Reservation) =>
    hold.lines.find((line) => (isProduct ? line.gtin === of.gtin : line.locationId === of.location));
  return [
    {
      label: isProduct ? t("Location") : t("Product"),
      look: "wide",
      cell: (hold) => {
        const line = lineOf(hold);
        if (line === undefined) return null;
        return (
          <Link to={`/holds?${more}&open=${hold.reservationId}`} className="strong">
            {isProduct ? names.location(line.locationId) : (words.get(line.gtin)?.name ?? line.gtin)}
          </Link>
        );
      },
    },
    {
      label: isProduct ? t("Units") : t("Not covered"),
      look: "number",
      cell: (hold) => {
        const line = lineOf(hold);
        return formatWhole((isProduct ? line?.quantity : line?.atRisk) ?? 0);
      },
    },
    { label: t("State"), cell: (hold) => <HoldBadge hold={hold} /> },
    { label: t("Channel"), cell: (hold) => hold.channel },
    { label: t("Time left"), cell: (hold) => <TimeLeft until={hold.expiresAt ?? hold.holdUntil} /> },
  ];
}
