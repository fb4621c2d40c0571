import { formatWhole } from "../../../dashboard/src/format/number.ts";
import {
  type BackroomOnly,
  type Ghost,
  LIST_HOURS,
  type ListName,
  type Loss,
  type Misplaced,
  type SoldButSeen,
  type UnknownTags,
} from "../../../domain/api/lists.ts";
import { type LiveTable, liveTable, pageOf } from "./live-table.ts";

type Cells<Item> = Parameters<typeof liveTable<Item>>[0]["cells"];
type Placed = { locationId: string; zoneId: string };

/** A list, looking back as far as it does when nobody says. The page of lists begins with ghosts. */
const tagList = <Item>(list: ListName, label: string, cells: Cells<Item>): LiveTable =>
  liveTable<Item>({
    label,
    on: list === "ghosts" ? /^\/lists(?:\/ghosts)?$/ : new RegExp(`^/lists/${list}$`),
    asks: pageOf(() => `/v1/lists/${list}?hours=${LIST_HOURS[list].defaultHours}&limit=50`),
    cells,
  });

const where: Cells<Placed>[string] = ({ locationId, zoneId }, { place, zone }) =>
  `${place(locationId)}${zone(locationId, zoneId)}`;
const lastRead: Cells<{ lastSeenAt: string }>[string] = ({ lastSeenAt }, { age }) => age(lastSeenAt);

/** The lists of tags that somebody has to look at. */
export const LIVE_TAG_LISTS: readonly LiveTable[] = [
  tagList<Ghost>("ghosts", "Ghosts", {
    Product: null,
    Where: where,
    Reads: ({ reads }) => formatWhole(reads),
    Strongest: ({ maxRssiDbm }) => (maxRssiDbm === null ? "–" : `${maxRssiDbm} dBm`),
    "Last read": lastRead,
  }),
  tagList<Misplaced>("misplaced", "Misplaced", {
    Product: null,
    Where: where,
    "Belongs to": ({ locationId, expectedZoneId }, { zone }) =>
      expectedZoneId === null ? "the floor or the back room" : zone(locationId, expectedZoneId),
    "There for": ({ since }, { age }) => age(since),
    "Last read": lastRead,
  }),
  tagList<BackroomOnly>("backroom-only", "Back room only", {
    Product: null,
    Where: ({ locationId }, { place }) => `${place(locationId)}Items Live stock`,
    "Back room": ({ backroomUnits }) => formatWhole(backroomUnits),
    Dock: ({ dockUnits }) => formatWhole(dockUnits),
    "Last read": lastRead,
  }),
  tagList<SoldButSeen>("sold-but-seen", "Sold but seen", {
    Product: null,
    Where: where,
    Sold: ({ soldAt }, { age }) => (soldAt === null ? "–" : age(soldAt)),
    "Times seen": ({ times }) => formatWhole(times),
    "Last read": lastRead,
  }),
  tagList<UnknownTags>("unknown-tags", "Unknown tags", {
    Kind: null,
    Where: ({ locations }, { place }) => locations.map(place).join(", "),
    Tags: ({ tags }) => formatWhole(tags),
    Reads: ({ reads }) => formatWhole(reads),
    "What to do": null,
    "Last read": lastRead,
  }),
  tagList<Loss>("losses", "Losses", {
    Product: null,
    Where: where,
    Left: ({ leftAt }, { age }) => age(leftAt),
    Now: null,
  }),
];
