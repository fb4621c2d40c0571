import { z } from "zod";
import { type ZoneKind, zoneSchema } from "../../domain/location.ts";
import type { TrackingConfiguration } from "../../domain/tracking/tracking-configuration.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { createMasterData } from "../master-data.ts";
import { resolveEpc } from "../pipeline/resolve-epc.ts";
import type { ReplayMasterData } from "./replay-book.ts";

const locationRow = z.object({ location_id: z.string(), zones: z.string() });

/** Master data as they are now; `tracking` is what people have set by now. */
export async function loadReplayMasterData(
  db: Database,
): Promise<ReplayMasterData & { tracking: TrackingConfiguration }> {
  let tracking: TrackingConfiguration = { base: {}, overrides: [], readPoints: [] };
  let locationIds: ReadonlySet<string> = new Set();
  const masterData = createMasterData({
    db,
    baseTracking: {},
    onReloaded(configuration, ids) {
      tracking = configuration;
      locationIds = ids;
    },
  });
  await masterData.reload();
  const kinds = new Map<string, ZoneKind>();
  for (const { location_id, zones } of await db.query({
    name: "ingest/load-locations",
    sql: loadQuery("ingest/load-locations"),
    row: locationRow,
  })) {
    for (const zone of z.array(zoneSchema).parse(JSON.parse(zones || "[]"))) {
      kinds.set(`${location_id}/${zone.zoneId}`, zone.kind);
    }
  }
  return {
    tracking,
    locationIds,
    isKnownProduct: (gtin) => masterData.isKnownProduct(gtin),
    zoneKindOf: (locationId, zoneId) => kinds.get(`${locationId}/${zoneId}`) ?? null,
    placeOf: (locationId, readerId, antenna) => masterData.placeOf(locationId, readerId, antenna),
    productOfTag: (epcHex) => masterData.productOfTag(epcHex),
    resolveEpc: (text) => resolveEpc(masterData, text),
  };
}
