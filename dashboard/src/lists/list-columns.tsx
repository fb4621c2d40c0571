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

function placeColumn<Row extends Placed>(names: PlaceNames): Column<Row> {
  return {
    label: "Where",
    cell: (row) => (
      <div>
        <LocationLink id={row.locationId} name={names.location(row.locationId)} />
        <div className="muted">{names.zone(row.locationId, row.zoneId)}</div>
      </div>
    ),
  };
}

function itemColumns<Row extends Tagged>(names: PlaceNames): Column<Row>[] {
  return [
    {
      label: "Product",
      look: "wide",
      cell: (row) => (
        <>
          <ProductLabel product={row.product} />
          <EpcLink epc={row.epc} />
        </>
      ),
    },
    placeColumn(names),
  ];
}

/** The columns of each list. */
export const LIST_COLUMNS: { [Name in ListName]: (names: PlaceNames) => Column<ListRow<Name>>[] } = {
  ghosts: (names) => [
    ...itemColumns<ListRow<"ghosts">>(names),
    { label: "Reads", look: "number", cell: (row) => formatWhole(row.reads) },
    {
      label: "Strongest",
      look: "number",
      cell: (row) => (row.maxRssiDbm === null ? "–" : `${row.maxRssiDbm} dBm`),
    },
    { label: "Last read", cell: (row) => since(row.lastSeenAt) },
  ],
  misplaced: (names) => [
    ...itemColumns<ListRow<"misplaced">>(names),
    {
      label: "Belongs to",
      cell: (row) =>
        row.expectedZoneId === null
          ? "the floor or the back room"
          : names.zone(row.locationId, row.expectedZoneId),
    },
    { label: "There for", cell: (row) => since(row.since) },
    { label: "Last read", cell: (row) => since(row.lastSeenAt) },
  ],
  "backroom-only": (names) => [
    { label: "Product", look: "wide", cell: (row) => <ProductLabel product={row.product} /> },
    {
      label: "Where",
      cell: (row) => (
        <div>
          <LocationLink id={row.locationId} name={names.location(row.locationId)} />
          <Link to={`/items?gtin=${row.product.gtin}&location=${row.locationId}`}>Items</Link>{" "}
          <Link to={`/stock?gtin=${row.product.gtin}&location=${row.locationId}`}>Live stock</Link>
        </div>
      ),
    },
    { label: "Back room", look: "number", cell: (row) => formatWhole(row.backroomUnits) },
    { label: "Dock", look: "number", cell: (row) => formatWhole(row.dockUnits) },
    { label: "Last read", cell: (row) => since(row.lastSeenAt) },
  ],
  "sold-but-seen": (names) => [
    ...itemColumns<ListRow<"sold-but-seen">>(names),
    { label: "Sold", cell: (row) => (row.soldAt === null ? "–" : since(row.soldAt)) },
    { label: "Times seen", look: "number", cell: (row) => formatWhole(row.times) },
    { label: "Last read", cell: (row) => since(row.lastSeenAt) },
  ],
  "unknown-tags": (names) => [
    {
      label: "Kind",
      look: "wide",
      cell: (row) => (
        <>
          <div className="strong">{row.gtin ?? `${row.scheme ?? "Not an EPC"} ${row.prefix}…`}</div>
          <div className="muted">{row.example.detail === "" ? row.example.uri : row.example.detail}</div>
          <EpcLink epc={row.example.epc} />
        </>
      ),
    },
    { label: "Where", cell: (row) => row.locations.map(names.location).join(", ") },
    { label: "Tags", look: "number", cell: (row) => formatWhole(row.tags) },
    { label: "Reads", look: "number", cell: (row) => formatWhole(row.reads) },
    { label: "What to do", cell: (row) => <UnknownTagsTodo tags={row} /> },
    { label: "Last read", cell: (row) => since(row.lastSeenAt) },
  ],
  losses: (names) => [
    ...itemColumns<ListRow<"losses">>(names),
    { label: "Left", cell: (row) => since(row.leftAt) },
    { label: "Now", cell: (row) => <StatusBadge status={row.status} /> },
  ],
};
