import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ZoneStockRow } from "../../../domain/api/zone-stock.ts";
import type { Location, ZoneKind } from "../../../domain/location.ts";
import { formatWhole } from "../format/number.ts";
import { useZoneStock } from "../product/use-product.ts";
import { Age } from "../ui/age.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";

type ZoneLine = { zoneId: string; name: string; kind: ZoneKind | null; stock: ZoneStockRow | undefined };

/** The location's zones, and the tagged units in each. */
export function ZonesPart({ location }: { location: Location }) {
  const { t } = useTranslation();
  const { locationId } = location;
  const query = useZoneStock({ location: locationId });
  return (
    <PagePart title={t("Zones")} note={t("Tagged units by the zone that they were last seen in.")}>
      <PartAnswer query={query}>
        {({ items }) => {
          const lines = linesOf(location, items);
          return lines.length === 0 ? (
            <PartNote>{t("It has no zones.")}</PartNote>
          ) : (
            <DataTable
              label={t("Zones")}
              columns={columnsOf(t, locationId)}
              rows={lines}
              keyOf={({ zoneId }) => zoneId}
            />
          );
        }}
      </PartAnswer>
    </PagePart>
  );
}

/** The location's own zones in their order, then those that items name and it has not. */
function linesOf(location: Location, items: readonly ZoneStockRow[]): ZoneLine[] {
  const stock = new Map(items.map((item) => [item.zoneId, item]));
  const own = location.zones.map(({ zoneId, name, kind }) => ({
    zoneId,
    name,
    kind,
    stock: stock.get(zoneId),
  }));
  const known = new Set(location.zones.map(({ zoneId }) => zoneId));
  const others = items
    .filter(({ zoneId }) => !known.has(zoneId))
    .map((item) => ({ zoneId: item.zoneId, name: item.zoneName, kind: null, stock: item }));
  return [...own, ...others];
}

function zoneKindWords(kind: ZoneKind, t: TFunction): string {
  switch (kind) {
    case "dock":
      return t("Dock");
    case "backroom":
      return t("Back room");
    case "sales_floor":
      return t("Sales floor");
    case "fitting_room":
      return t("Fitting room");
    case "pos":
      return t("Tills");
    case "exit":
      return t("Exit");
    default:
      return kind satisfies never;
  }
}

function columnsOf(t: TFunction, locationId: string): Column<ZoneLine>[] {
  return [
    {
      label: t("Zone"),
      look: "wide",
      cell: ({ zoneId, name, kind }) => (
        <>
          <Link to={`/items?location=${locationId}&zone=${encodeURIComponent(zoneId)}`} className="strong">
            {name === "" ? t("no zone") : name}
          </Link>
          <div className="muted">{kind === null ? t("not among its zones") : zoneKindWords(kind, t)}</div>
        </>
      ),
    },
    { label: t("Tagged units"), look: "number", cell: ({ stock }) => formatWhole(stock?.units ?? 0) },
    { label: t("Sellable"), look: "number", cell: ({ stock }) => formatWhole(stock?.sellableUnits ?? 0) },
    { label: t("Products"), look: "number", cell: ({ stock }) => formatWhole(stock?.products ?? 0) },
    {
      label: t("Last seen"),
      cell: ({ stock }) => <Age atMs={stock === undefined ? null : Date.parse(stock.lastSeenAt)} />,
    },
  ];
}
