import type { Location } from "../../domain/location.ts";
import type { Reader } from "../../domain/reader.ts";
import type { Database } from "../../sql/database.ts";
import { storeOf } from "./api.ts";

/** What ingest has to know of before reads come. */
export type MasterDataRows = {
  products: readonly { gtin: string }[];
  locations: readonly Pick<Location, "locationId" | "zones">[];
  readers: readonly Pick<Reader, "locationId" | "readerId" | "defaultZoneId" | "antennas">[];
};

/** Stores what the server would, older than all that is said to the server. */
export async function insertMasterData(db: Database, known: MasterDataRows): Promise<void> {
  await db.insert({
    name: "test/products",
    table: "products",
    columns: ["gtin"],
    rows: known.products.map(({ gtin }) => [Number(gtin)]),
  });
  await db.insert({
    name: "test/locations",
    table: "locations",
    columns: ["location_id", "zones"],
    rows: known.locations.map(({ locationId, zones }) => [locationId, JSON.stringify(zones)]),
  });
  await db.insert({
    name: "test/readers",
    table: "readers",
    columns: ["location_id", "reader_id", "default_zone_id", "antennas"],
    rows: known.readers.map(({ locationId, readerId, defaultZoneId, antennas }) => {
      return [locationId, readerId, defaultZoneId ?? "", JSON.stringify(antennas)];
    }),
  });
}

/** `storeOf`, which `seedStore` tells the server of, known before the system starts: then no read waits until ingest hears of it. */
export async function insertStore(db: Database): Promise<void> {
  const { product, location, reader } = storeOf();
  const readers = [{ ...reader, defaultZoneId: null }];
  await insertMasterData(db, { products: [product], locations: [location], readers });
}
