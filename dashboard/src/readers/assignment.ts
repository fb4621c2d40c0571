import type { ReaderWithHealth } from "../../../domain/api/master-data-answers.ts";
import type { Location, Zone } from "../../../domain/location.ts";
import type { Reader } from "../../../domain/reader.ts";

/** The dialog's fields. An empty zone is "none". Antennas are numbers as text. */
export type Assignment = { name: string; defaultZoneId: string; antennas: Readonly<Record<string, string>> };

/** The zones most stores have; a person can add them to a location that has none with one click. */
export const USUAL_ZONES: readonly Zone[] = [
  { zoneId: "dock", name: "Dock", kind: "dock" },
  { zoneId: "backroom", name: "Backroom", kind: "backroom" },
  { zoneId: "sales_floor", name: "Sales floor", kind: "sales_floor" },
  { zoneId: "fitting_room", name: "Fitting rooms", kind: "fitting_room" },
  { zoneId: "pos", name: "Till", kind: "pos" },
  { zoneId: "exit", name: "Exit", kind: "exit" },
];

/** What is assigned now, with a line for each antenna that is mapped or was heard. */
export function assignmentOf(reader: ReaderWithHealth): Assignment {
  const heard = (reader.health?.antennasSeen ?? []).filter((antenna) => antenna >= 0).map(String);
  const antennas: Record<string, string> = {};
  for (const antenna of [...new Set([...Object.keys(reader.antennas), ...heard])].sort(byNumber)) {
    antennas[antenna] = reader.antennas[antenna] ?? "";
  }
  return { name: reader.name, defaultZoneId: reader.defaultZoneId ?? "", antennas };
}

/**
 * The reader's zones with the antennas that look at each; the zone of the rest has `others`. A null zone holds antennas that were
 * heard and whose reads wait.
 */
export function antennasByZone(reader: ReaderWithHealth): { zoneId: string | null; antennas: string[] }[] {
  const zones = new Map<string | null, string[]>();
  const add = (zoneId: string | null, antenna: string) =>
    zones.set(zoneId, [...(zones.get(zoneId) ?? []), antenna]);
  for (const [antenna, zone] of Object.entries(assignmentOf(reader).antennas)) {
    add(zone === "" ? reader.defaultZoneId : zone, antenna);
  }
  if (reader.defaultZoneId !== null) add(reader.defaultZoneId, "others");
  return [...zones].map(([zoneId, antennas]) => ({ zoneId, antennas }));
}

/** True when every read of the reader would find a zone. */
export function isComplete(assignment: Assignment): boolean {
  if (assignment.defaultZoneId !== "") return true;
  const zones = Object.values(assignment.antennas);
  return zones.length > 0 && zones.every((zone) => zone !== "");
}

export function readerOf(reader: ReaderWithHealth, assignment: Assignment): Reader {
  const antennas = Object.fromEntries(Object.entries(assignment.antennas).filter(([, zone]) => zone !== ""));
  return {
    locationId: reader.locationId,
    readerId: reader.readerId,
    name: assignment.name.trim(),
    defaultZoneId: assignment.defaultZoneId === "" ? null : assignment.defaultZoneId,
    antennas,
    ...(reader.isGateway === undefined ? {} : { isGateway: reader.isGateway }),
  };
}

/** The location with the usual zones; where it is not known yet, a new one by its id. */
export function withUsualZones(locationId: string, known: Location | undefined): Location {
  const zones = [...USUAL_ZONES];
  if (known !== undefined) return { ...known, zones };
  return {
    locationId,
    name: locationId,
    kind: "store",
    latitude: null,
    longitude: null,
    address: "",
    openingHours: "",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: "EUR",
    gln: "",
    zones,
    publicHolidays: [],
    pickup: { isOffered: true, hasCurbside: false, leadMinutes: 120, holdHours: 72, lastOrderMinutes: 60 },
  };
}

const byNumber = (a: string, b: string): number => Number(a) - Number(b);
