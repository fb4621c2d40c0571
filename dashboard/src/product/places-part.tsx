import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ZoneStockRow } from "../../../domain/api/zone-stock.ts";
import { ExplainDialog } from "../explain/explain-dialog.tsx";
import { formatProbability, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { StockRow } from "../live/row-store.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { LiveNumber } from "../ui/live-number.tsx";
import { PagePart, PartNote } from "../ui/page-part.tsx";
import { StateBadge } from "../ui/state-badge.tsx";

type PlacesPartProps = {
  gtin: string;
  productName: string;
  rows: readonly StockRow[];
  zones: readonly ZoneStockRow[];
  names: PlaceNames;
};

/** Where the product is: every location with a record of it, live, and the zones of its tagged units. */
export function PlacesPart({ gtin, productName, rows, zones, names }: PlacesPartProps) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState("");
  const open = rows.find((each) => each.key === explained);
  return (
    <PagePart
      title={t("Where it is")}
      note={t("Withheld: safety stock and what is allocated to other channels.")}
      action={<Link to={`/items?gtin=${gtin}`}>{t("Its tagged units")}</Link>}
    >
      {rows.length === 0 ? (
        <PartNote>
          {t("It never moved at a location that you may see, or its rows are still loading.")}
        </PartNote>
      ) : (
        <DataTable
          label={t("Where it is")}
          columns={columnsOf({ t, gtin, zones, names, onExplain: setExplained })}
          rows={rows}
          keyOf={(row) => row.key}
        />
      )}
      {open === undefined ? null : (
        <ExplainDialog
          row={open}
          productName={productName}
          placeName={names.location(open.locationId)}
          onClose={() => setExplained("")}
        />
      )}
    </PagePart>
  );
}

/** `Sales floor 3 · Back room 2`, which leads to the units; nothing where no unit has a tag. */
function ZoneLine({ zones, to }: { zones: readonly ZoneStockRow[]; to: string }) {
  if (zones.length === 0) return null;
  return (
    <div className="zone-line muted numeric">
      {zones.map((zone, index) => (
        <span key={zone.zoneId}>
          {index === 0 ? "" : " · "}
          <Link to={`${to}&zone=${encodeURIComponent(zone.zoneId)}`} className="quiet-link">
            {zone.zoneName} {formatWhole(zone.units)}
          </Link>
        </span>
      ))}
    </div>
  );
}

function columnsOf({
  t,
  gtin,
  zones,
  names,
  onExplain,
}: {
  t: TFunction;
  gtin: string;
  zones: readonly ZoneStockRow[];
  names: PlaceNames;
  onExplain: (key: string) => void;
}): Column<StockRow>[] {
  const quantity = (label: string, value: (row: StockRow) => number): Column<StockRow> => ({
    label,
    look: "number",
    cell: (row) => formatWhole(value(row)),
  });
  return [
    {
      label: t("Location"),
      look: "wide",
      cell: (row) => (
        <>
          <Link to={`/locations/${row.locationId}`} className="strong">
            {names.location(row.locationId)}
          </Link>
          <ZoneLine
            zones={zones.filter(({ locationId }) => locationId === row.locationId)}
            to={`/items?gtin=${gtin}&location=${row.locationId}`}
          />
        </>
      ),
    },
    {
      label: t("Available"),
      look: "number",
      cell: (row) => (
        <strong data-testid="available">
          <LiveNumber value={row.available} change={row.change} />
        </strong>
      ),
    },
    quantity(t("On hand"), (row) => row.onHand),
    quantity(t("Reserved"), (row) => row.reserved),
    quantity(t("Withheld"), (row) => row.safetyStock + row.allocated),
    {
      label: t("Sure"),
      look: "number",
      cell: (row) => (row.confidence === null ? "–" : formatProbability(row.confidence)),
    },
    { label: t("State"), cell: (row) => <StateBadge reason={row.reasonCode} /> },
    { label: t("Last seen"), cell: (row) => <Age atMs={row.seenAtMs} /> },
    {
      label: t("Why?"),
      look: "actions",
      cell: (row) => (
        <Button
          onClick={() => onExplain(row.key)}
          aria-label={t("Why this number at {{place}}?", { place: names.location(row.locationId) })}
        >
          {t("Why?")}
        </Button>
      ),
    },
  ];
}
