import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { RawWalkRead } from "./reads-of-file.ts";

const row = z.object({
  reader_id: z.string(),
  antenna: z.number(),
  zone_id: z.string(),
  epc: z.string(),
  observed_at_ms: z.number(),
  rssi_dbm: z.number(),
  has_rssi: z.number(),
});

/** The raw reads of a location in a span of time, of one reader or of all (""). Bounded by the query's row limit. */
export async function readsOfDatabase(
  db: Database,
  span: { locationId: string; readerId: string; from: Date; to: Date },
): Promise<RawWalkRead[]> {
  const { locationId } = span;
  const name = "calibrate/walk-reads";
  const params = { location_id: locationId, reader_id: span.readerId, from: span.from, to: span.to };
  const rows = await db.query({ name, sql: loadQuery(name), params, row });
  return rows.map((read) => ({
    locationId,
    readerId: read.reader_id,
    antenna: read.antenna,
    zoneId: read.zone_id,
    epc: identityOfEpc(read.epc),
    atMs: read.observed_at_ms,
    rssiDbm: read.has_rssi === 1 ? read.rssi_dbm : Number.NaN,
  }));
}
