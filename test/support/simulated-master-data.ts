import type { Simulation } from "../../simulators/simulation.ts";
import type { Database } from "../../sql/database.ts";

/** Stores what the server would: the locations, products and readers of a simulated chain. */
export async function insertSimulatedMasterData(db: Database, simulation: Simulation): Promise<void> {
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin"],
    rows: simulation.products.map(({ gtin }) => [Number(gtin)]),
  });
  await db.insert({
    name: "test/locations",
    table: "locations",
    columns: ["location_id", "zones"],
    rows: simulation.locations.map(({ locationId, zones }) => [locationId, JSON.stringify(zones)]),
  });
  await db.insert({
    name: "test/readers",
    table: "readers",
    columns: ["location_id", "reader_id", "default_zone_id", "antennas"],
    rows: simulation.readers.map(({ locationId, readerId, defaultZoneId, antennas }) => {
      return [locationId, readerId, defaultZoneId ?? "", JSON.stringify(antennas)];
    }),
  });
}
