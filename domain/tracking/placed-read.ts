import type { ZoneKind } from "../location.ts";

/**
 * One read, placed and decoded. `identity` is the EPC without its filter value, upper-case hex; `gtin` the number of its
 * GTIN-14, 0 when it names no product. `observedAtMs` Unix ms, the reader's corrected time; `rssiDbm` dBm or NaN.
 */
export type PlacedRead = {
  identity: string;
  gtin: number;
  locationId: string;
  zoneId: string;
  zoneKind: ZoneKind;
  observedAtMs: number;
  rssiDbm: number;
  /** What its read point takes for near; null: every read is near. */
  near: NearRule | null;
};

/**
 * Near: at least `minReads` reads of the item in its zone within `windowMs` and, where there is RSSI, one of at least
 * `minRssiDbm`. Anything else is a stray read, from behind a wall or from next door: it moves nothing.
 */
export type NearRule = { minReads: number; windowMs: number; minRssiDbm: number | null };

/** What an EPC as text (hex or URI) names; `gtin` is 0 when it names no product. */
export type ResolvedEpc = { identity: string; gtin: number };
