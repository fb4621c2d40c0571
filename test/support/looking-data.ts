import { epcOfGtin } from "../../domain/epc/encode-epc.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import type { ItemState } from "../../domain/ledger/ledger-event.ts";
import type { Database } from "../../sql/database.ts";

export const SCARF = "80614141123458";

/** The identity of a scarf by its serial. */
export function scarf(serial: number | string): string {
  return identityOfEpc(scarfTag(serial, 0));
}

/** A tag of that scarf with a filter. */
export function scarfTag(serial: number | string, filter: number): string {
  const epc = epcOfGtin({ gtin: SCARF, prefixDigits: 7, serial: String(serial), filter });
  if (!epc.ok) throw new Error(epc.detail);
  return epc.value;
}

export type TestItem = Pick<ItemState, "epc" | "zoneId"> & Partial<ItemState>;
export type TestEvent = {
  ordinal: number;
  atMs: number;
  type: string;
  source?: string;
  items: TestItem[];
  lines?: { locationId: string; gtin: number; quantity: number; reason: string; epc: string }[];
};

// biome-ignore format: one line for each group of columns
const EVENT_COLUMNS = [
  "location_id", "ordinal", "event_id", "event_type", "source", "body_hash", "body", "occurred_at", "recorded_at",
  "items.epc", "items.gtin", "items.location_id", "items.zone_id", "items.status", "items.state", "items.first_seen_at", "items.last_seen_at",
  "movements.location_id", "movements.sequence", "movements.gtin", "movements.state", "movements.quantity", "movements.reason",
  "movements.epc", "movements.reservation_id", "movements.order_id",
];

/** Stores events with what was believed of their items afterwards, as ingest does. */
export async function storeEvents(db: Database, events: readonly TestEvent[]): Promise<void> {
  await db.insert({
    name: "test/events",
    table: "events",
    columns: EVENT_COLUMNS,
    rows: events.map((event) => {
      const { items, lines = [], atMs } = event;
      const locationId = items[0]?.locationId ?? lines[0]?.locationId ?? "S01";
      const at = new Date(atMs).toISOString();
      return [
        locationId,
        event.ordinal,
        `e${event.ordinal}`,
        event.type,
        event.source ?? "rfid/r1",
        0,
        "",
        at,
        at,
        items.map(({ epc }) => epc),
        items.map(({ gtin }) => gtin ?? Number(SCARF)),
        items.map((item) => item.locationId ?? "S01"),
        items.map(({ zoneId }) => zoneId),
        items.map(({ status }) => status ?? "present"),
        items.map(({ state }) => state ?? "sellable"),
        items.map(({ firstSeenAtMs }) => firstSeenAtMs ?? atMs),
        items.map(({ lastSeenAtMs }) => lastSeenAtMs ?? atMs),
        lines.map((line) => line.locationId),
        lines.map((_, index) => event.ordinal * 10 + index),
        lines.map(({ gtin }) => gtin),
        lines.map(() => "sellable"),
        lines.map(({ quantity }) => quantity),
        lines.map(({ reason }) => reason),
        lines.map(({ epc }) => epc),
        lines.map(() => ""),
        lines.map(() => ""),
      ];
    }),
  });
}

export type TestRead = {
  epc: string;
  atMs: number;
  gtin?: number;
  antenna?: number;
  zoneId?: string;
  rssiDbm?: number;
  verdict?: string;
};

/** Stores raw reads of one reader, received when the last of them was seen. */
export async function storeReads(
  db: Database,
  reads: readonly TestRead[],
  reader: { locationId?: string; readerId?: string } = {},
): Promise<void> {
  await db.insert({
    name: "test/reads",
    table: "read_batches",
    // biome-ignore format: one line for each group of columns
    columns: [
      "location_id", "reader_id", "received_at", "format", "waiting",
      "epc", "gtin", "antenna", "zone_id", "observed_at", "rssi_dbm", "read_count", "verdict",
    ],
    rows: [
      [
        reader.locationId ?? "S01",
        reader.readerId ?? "r1",
        new Date(Math.max(...reads.map(({ atMs }) => atMs))).toISOString(),
        "onhand",
        0,
        reads.map(({ epc }) => epc),
        reads.map(({ gtin }) => gtin ?? Number(SCARF)),
        reads.map(({ antenna }) => antenna ?? 1),
        reads.map(({ zoneId }) => zoneId ?? "floor"),
        reads.map(({ atMs }) => atMs),
        reads.map(({ rssiDbm }) => rssiDbm ?? -60),
        reads.map(() => 1),
        reads.map(({ verdict }) => verdict ?? "accepted"),
      ],
    ],
  });
}
