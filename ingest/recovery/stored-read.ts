import { z } from "zod";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { StockBook } from "../../domain/tracking/stock-book.ts";
import type { MasterData } from "../master-data.ts";

/** A read as the table `reads` gives it back. */
export const storedReadRow = z.object({
  location_id: z.string(),
  reader_id: z.string(),
  epc: z.string(),
  gtin: z.number(),
  antenna: z.number(),
  observed_at_ms: z.number(),
  rssi_dbm: z.number(),
  has_rssi: z.number(),
});
export type StoredRead = z.infer<typeof storedReadRow>;

/** Takes a stored read through the item tracker as if it came in now. Null when it changes nothing or has no zone. */
export function applyStoredRead(
  deps: { book: StockBook; masterData: MasterData },
  read: StoredRead,
): LedgerEvent | null {
  const gtin = read.gtin === 0 ? deps.masterData.productOfTag(read.epc) : read.gtin;
  if (gtin === 0) return null;
  const place = deps.masterData.placeOf(read.location_id, read.reader_id, read.antenna);
  if (place === null) return null;
  const event = deps.book.applyRead({
    identity: identityOfEpc(read.epc),
    gtin,
    locationId: read.location_id,
    zoneId: place.zoneId,
    zoneKind: place.zoneKind,
    observedAtMs: read.observed_at_ms,
    rssiDbm: read.has_rssi === 1 ? read.rssi_dbm : Number.NaN,
    near: place.near,
  });
  return event === null ? null : { ...event, source: `rfid/${read.reader_id}` };
}
