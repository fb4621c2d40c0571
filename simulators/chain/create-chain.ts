import { type Location, type ZoneKind, locationSchema } from "../../domain/location.ts";
import type { Product } from "../../domain/product.ts";
import type { Reader } from "../../domain/reader.ts";
import { createRandom } from "../random.ts";
import type { Scenario } from "../scenario.ts";
import { createCatalogue } from "./catalogue.ts";
import { CITIES, type City, WAREHOUSE_CITY } from "./cities.ts";
import { type ReaderFormat, layoutStore, layoutWarehouse } from "./store-layout.ts";

/** A part of a zone that one antenna looks at: a shelf, a door, a till. */
export type Area = { index: number; locationIndex: number; zoneId: string; kind: ZoneKind };

export type SimulatedReader = {
  locationIndex: number;
  readerId: string;
  name: string;
  format: ReaderFormat;
  /** Area index of antenna 1, 2, … */
  antennas: readonly number[];
  isAssigned: boolean;
};

/** The retailer as it was built: the same scenario and seed give the same chain. The warehouse is the last location. */
export type Chain = {
  locations: readonly Location[];
  products: readonly Product[];
  readers: readonly SimulatedReader[];
  areas: readonly Area[];
};

export function createChain(scenario: Scenario, seed: number): Chain {
  const untagged = Math.round(scenario.products * scenario.untaggedShare);
  const products = createCatalogue(scenario.products, untagged, createRandom(seed, "catalogue"));
  const locations: Location[] = [];
  const readers: SimulatedReader[] = [];
  const areas: Area[] = [];

  const build = (location: Location, layout: ReturnType<typeof layoutStore>): void => {
    const locationIndex = locations.push(location) - 1;
    for (const planned of layout.readers) {
      const antennas = planned.looksAt.map((kind) => {
        const zoneId = layout.zones.find((zone) => zone.kind === kind)?.zoneId ?? kind;
        return areas.push({ index: areas.length, locationIndex, zoneId, kind }) - 1;
      });
      readers.push({ ...planned, locationIndex, antennas, isAssigned: true });
    }
  };

  const store = layoutStore(scenario);
  for (let index = 0; index < scenario.stores; index += 1) {
    build(createLocation(cityOf(index), "store", index, store.zones), store);
  }
  const warehouse = layoutWarehouse(scenario);
  build(createLocation(WAREHOUSE_CITY, "warehouse", 0, warehouse.zones), warehouse);
  if (scenario.hasUnassignedReader) readers.push(createUnassignedReader(areas));
  return { locations, products, readers, areas };
}

/** Master data of the readers that are assigned, as the API takes them. */
export function readersOf(chain: Chain): Reader[] {
  return chain.readers
    .filter((reader) => reader.isAssigned)
    .map((reader) => ({
      locationId: locationIdOf(chain, reader.locationIndex),
      readerId: reader.readerId,
      name: reader.name,
      defaultZoneId: null,
      antennas: Object.fromEntries(
        reader.antennas.map((areaIndex, antenna) => [
          String(antenna + 1),
          chain.areas[areaIndex]?.zoneId ?? "",
        ]),
      ),
    }));
}

export function locationIdOf(chain: Chain, locationIndex: number): string {
  return chain.locations[locationIndex]?.locationId ?? "";
}

/** A second look at the first store's floor by a reader that nobody has assigned yet. */
function createUnassignedReader(areas: readonly Area[]): SimulatedReader {
  const floor = areas.filter((area) => area.locationIndex === 0 && area.kind === "sales_floor");
  return {
    locationIndex: 0,
    readerId: "new-shelf-1",
    name: "Shelf",
    format: "zebra",
    antennas: floor.slice(0, 1).map((area) => area.index),
    isAssigned: false,
  };
}

/** Beyond the list of cities a city gets its second, third … store, a little further out. */
function cityOf(index: number): City {
  const city = CITIES[index % CITIES.length] ?? WAREHOUSE_CITY;
  const round = Math.floor(index / CITIES.length);
  if (round === 0) return city;
  return {
    ...city,
    id: `${city.id}-${round + 1}`,
    name: `${city.name} ${round + 1}`,
    latitude: Number((city.latitude + 0.02 * round).toFixed(4)),
  };
}

function createLocation(
  city: City,
  kind: Location["kind"],
  index: number,
  zones: Location["zones"],
): Location {
  return locationSchema.parse({
    locationId: kind === "store" ? `store-${city.id}` : `warehouse-${city.id}`,
    name: kind === "store" ? `Marlow ${city.name}` : `Marlow warehouse ${city.name}`,
    kind,
    latitude: city.latitude,
    longitude: city.longitude,
    address: `${city.street}, ${city.name}`,
    openingHours:
      kind === "store" ? `Mo-Sa ${index % 2 === 0 ? "09:00" : "10:00"}-20:00` : "Mo-Su 00:00-24:00",
    timeZone: city.timeZone,
    // An hour: simulated days pass fast, and who does not come shall be seen.
    pickup: { isOffered: kind === "store", hasCurbside: kind === "store" && index % 4 !== 3, holdHours: 1 },
    zones,
  });
}
