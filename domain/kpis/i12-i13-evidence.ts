import { quantileOf, ratioOf } from "./sale-line.ts";
import { sumOf } from "./stock-days.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A product at a location whose book is above 0. */
export type ProvedPosition = {
  locationId: string;
  gtin: number;
  units: number;
  /** When it first came on the book. */
  firstMs: number;
  /** The last physical evidence; null for none ever. */
  seenMs: number | null;
  /** Where most of its items are; empty where none was ever seen. */
  zoneId: string;
  costMicros: bigint | null;
  priceMicros: bigint | null;
};

/**
 * I12: book > 0 and nothing seen for `unseenDays` while its neighbours were seen: other products of its zone, or of the location where it
 * has none. `among`: all products of these locations.
 */
export function ghostStock(
  positions: readonly ProvedPosition[],
  { nowMs, unseenDays, among }: { nowMs: number; unseenDays: number; among: readonly ProvedPosition[] },
) {
  const limitMs = nowMs - unseenDays * DAY_MS;
  const isFresh = ({ seenMs }: ProvedPosition) => seenMs !== null && seenMs >= limitMs;
  const isWatched = (position: ProvedPosition) =>
    among.some(
      (other) =>
        other.locationId === position.locationId &&
        (position.zoneId === "" || other.zoneId === position.zoneId) &&
        isFresh(other),
    );
  const watched = positions.filter(isWatched);
  const ghosts = watched.filter(({ seenMs, firstMs }) => (seenMs ?? firstMs) < limitMs);
  const atStake = (valueOf: (position: ProvedPosition) => bigint | null) => {
    const known = ghosts.filter((ghost) => valueOf(ghost) !== null);
    if (known.length === 0 && ghosts.length > 0) return null;
    return known.reduce((sum, ghost) => sum + BigInt(ghost.units) * (valueOf(ghost) ?? 0n), 0n);
  };
  return {
    sku_locations: positions.length,
    watched_sku_locations: watched.length,
    ghost_sku_locations: ghosts.length,
    ghost_share: ratioOf(ghosts.length, watched.length),
    ghost_units: sumOf(ghosts, ({ units }) => units),
    cost_at_stake: atStake(({ costMicros }) => costMicros),
    price_at_stake: atStake(({ priceMicros }) => priceMicros),
    costless_ghosts: ghosts.filter(({ costMicros }) => costMicros === null).length,
  };
}

/** I13: time since the last physical evidence, per SKU-location. */
export function ageOfTruth(positions: readonly { seenMs: number | null }[], nowMs: number) {
  const hours = positions.flatMap(({ seenMs }) =>
    seenMs === null ? [] : [Math.max(0, nowMs - seenMs) / HOUR_MS],
  );
  const between = (more: number, most: number) => hours.filter((one) => one > more && one <= most).length;
  return {
    sku_locations: positions.length,
    proved_sku_locations: hours.length,
    age_p50: quantileOf(hours, 0.5),
    age_p90: quantileOf(hours, 0.9),
    age_p99: quantileOf(hours, 0.99),
    within_hour: between(-1, 1),
    within_day: between(1, 24),
    within_week: between(24, 168),
    within_month: between(168, 720),
    older: between(720, Number.POSITIVE_INFINITY),
    never: positions.length - hours.length,
  };
}
