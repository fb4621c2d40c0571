import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ListName, ListPage } from "../../../domain/api/lists.ts";
import { formatWhole } from "../format/number.ts";
import { EpcLink } from "../item/epc-link.tsx";
import { Age } from "../ui/age.tsx";
import type { Column } from "../ui/data-table.tsx";
import { LocationLink } from "../ui/location-link.tsx";
import { ProductLabel } from "../ui/product-label.tsx";
import type { PlaceNames } from "../item/place-names.ts";
import { StatusBadge } from "../item/status-badge.tsx";
import { UnknownTagsTodo } from "./unknown-tags-todo.tsx";

export type ListRow<Name extends ListName> = ListPage<Name>["items"][number];

const since = (instant: string): ReactNode => <Age atMs={Date.parse(instant)} />;

type Placed = { locationId: string; zoneId: string };
type Tagged = Placed & { epc: string; product: Parameters<typeof ProductLabel>[0]["product"] };

function placeColumn<Row extends Placed>(names: PlaceNames, t: TFunction): Column<Row> {
  return {
    label: t("Where"),
    cell: (row) => (
      <div>
        <LocationLink id={row.locationId} name={names.location(row.locationId)} />
        <div className="muted">{names.zone(row.locationId, row.zoneId)}</div>
      </div>
    ),
  };
}

function itemColumns<Row extends Tagged>(names: PlaceNames, t: TFunction): Column<Row>[] {
  return [
    {
      label: t("Product"),
      look: "wide",
      cell: (row) => (
        <>
          <ProductLabel product={row.product} />
          <EpcLink epc={row.epc} />
        </>
      ),
    },
    placeColumn(names, t),
  ];
}

/** The columns of each list. */
export const LIST_COLUMNS: {
  [Name in ListName]: (names: PlaceNames, t: TFunction) => Column<ListRow<Name>>[];
} = {
  ghosts: (names, t) => [
    ...itemColumns<ListRow<"ghosts">>(names, t),
    { label: t("Reads"), look: "number", cell: (row) => formatWhole(row.reads) },
    {
      label: t("Strongest"),
      look: "number",
      cell: (row) => (row.maxRssiDbm === null ? "–" : `${row.maxRssiDbm} dBm`),
    },
    { label: t("Last read"), cell: (row) => since(row.lastSeenAt) },
  ],
  misplaced: (names, t) => [
    ...itemColumns<ListRow<"misplaced">>(names, t),
    {
      label: t("Belongs to"),
      cell: (row) =>
        row.expectedZoneId === null
          ? t("the floor or the back room")
          : names.zone(row.locationId, row.expectedZoneId),
    },
    { label: t("There for"), cell: (row) => since(row.since) },
    { label: t("Last read"), cell: (row) => since(row.lastSeenAt) },
  ],
  "backroom-only": (names, t) => [
    { label: t("Product"), look: "wide", cell: (row) => <ProductLabel product={row.product} /> },
    {
      label: t("Where"),
      cell: (row) => (
        <div>
          <LocationLink id={row.locationId} name={names.location(row.locationId)} />
          <div>
            <Link to={`/items?gtin=${row.product.gtin}&location=${row.locationId}`}>{t("Items")}</Link>{" "}
            <Link to={`/stock?gtin=${row.product.gtin}&location=${row.locationId}`}>{t("Live stock")}</Link>
          </div>
        </div>
      ),
    },
    { label: t("Back room"), look: "number", cell: (row) => formatWhole(row.backroomUnits) },
    { label: t("Dock"), look: "number", cell: (row) => formatWhole(row.dockUnits) },
    { label: t("Last read"), cell: (row) => since(row.lastSeenAt) },
  ],
  "sold-but-seen": (names, t) => [
    ...itemColumns<ListRow<"sold-but-seen">>(names, t),
    { label: t("Sold"), cell: (row) => (row.soldAt === null ? "–" : since(row.soldAt)) },
    { label: t("Times seen"), look: "number", cell: (row) => formatWhole(row.times) },
    { label: t("Last read"), cell: (row) => since(row.lastSeenAt) },
  ],
  "unknown-tags": (names, t) => [
    {
      label: t("Kind"),
      look: "wide",
      cell: (row) => (
        <>
          <div className="strong">{row.gtin ?? `${row.scheme ?? t("Not an EPC")} ${row.prefix}…`}</div>
          <div className="muted">{row.example.detail === "" ? row.example.uri : row.example.detail}</div>
          <EpcLink epc={row.example.epc} />
        </>
      ),
    },
    { label: t("Where"), cell: (row) => row.locations.map(names.location).join(", ") },
    { label: t("Tags"), look: "number", cell: (row) => formatWhole(row.tags) },
    { label: t("Reads"), look: "number", cell: (row) => formatWhole(row.reads) },
    { label: t("What to do"), cell: (row) => <UnknownTagsTodo tags={row} /> },
    { label: t("Last read"), cell: (row) => since(row.lastSeenAt) },
  ],
  losses: (names, t) => [
    ...itemColumns<ListRow<"losses">>(names, t),
    { label: t("Left"), cell: (row) => since(row.leftAt) },
    { label: t("Now"), cell: (row) => <StatusBadge status={row.status} /> },
  ],
};
