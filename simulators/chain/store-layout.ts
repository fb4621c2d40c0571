import type { Zone, ZoneKind } from "../../domain/location.ts";
import type { Scenario } from "../scenario.ts";

export type ReaderFormat = "impinj" | "zebra";

/** A reader on a floor plan: the kinds of zone its antennas look at, from antenna 1 up. */
type PlannedReader = { readerId: string; name: string; format: ReaderFormat; looksAt: readonly ZoneKind[] };

type Layout = { zones: Zone[]; readers: PlannedReader[] };

const ZONE_NAMES: Record<ZoneKind, string> = {
  dock: "Loading dock",
  backroom: "Backroom",
  sales_floor: "Sales floor",
  fitting_room: "Fitting rooms",
  pos: "Checkout",
  exit: "Exit",
};

/** Which zones share a wall or an opening, and so hear each other's tags. */
export const NEIGHBOURS: Record<ZoneKind, readonly ZoneKind[]> = {
  dock: ["backroom"],
  backroom: ["sales_floor", "dock"],
  sales_floor: ["backroom", "fitting_room", "pos"],
  fitting_room: ["sales_floor"],
  pos: ["sales_floor", "exit"],
  exit: ["pos"],
};

/** A store: four readers at least; those of the floor speak Impinj's format, the others Zebra's, as chains mix them. */
export function layoutStore(scenario: Scenario): Layout {
  return {
    zones: zonesOf(["dock", "backroom", "sales_floor", "fitting_room", "pos", "exit"]),
    readers: [
      { readerId: "dock-1", name: "Dock door", format: "zebra", looksAt: ["dock", "dock"] },
      { readerId: "backroom-1", name: "Backroom", format: "zebra", looksAt: repeat("backroom", 4) },
      ...perFourAntennas(scenario.floorAntennas, "sales_floor", "floor", "Sales floor", "impinj"),
      {
        readerId: "front-1",
        name: "Fitting rooms and checkout",
        format: "impinj",
        looksAt: ["fitting_room", "fitting_room", "pos", "pos"],
      },
      { readerId: "exit-1", name: "Exit gate", format: "zebra", looksAt: ["exit", "exit"] },
    ],
  };
}

export function layoutWarehouse(scenario: Scenario): Layout {
  return {
    zones: zonesOf(["dock", "backroom"]),
    readers: [
      { readerId: "dock-1", name: "Dock doors", format: "impinj", looksAt: repeat("dock", 4) },
      ...perFourAntennas(scenario.warehouseAntennas, "backroom", "racks", "Racks", "zebra"),
    ],
  };
}

function zonesOf(kinds: readonly ZoneKind[]): Zone[] {
  return kinds.map((kind) => ({ zoneId: kind.replaceAll("_", "-"), name: ZONE_NAMES[kind], kind }));
}

function perFourAntennas(
  antennas: number,
  kind: ZoneKind,
  id: string,
  name: string,
  format: ReaderFormat,
): PlannedReader[] {
  const readers: PlannedReader[] = [];
  for (let left = antennas, number = 1; left > 0; left -= 4, number += 1) {
    readers.push({
      readerId: `${id}-${number}`,
      name: `${name} ${number}`,
      format,
      looksAt: repeat(kind, Math.min(4, left)),
    });
  }
  return readers;
}

function repeat(kind: ZoneKind, times: number): ZoneKind[] {
  return Array.from({ length: times }, () => kind);
}
