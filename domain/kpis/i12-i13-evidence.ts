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

type GhostQuestion = { nowMs: number; unseenDays: number; among: readonly ProvedPosition[] };

/** Those whose neighbours were seen for `unseenDays`, with the last sight of these; a ghost is one that was itself not seen as long. */
function watchedPositions(
  positions: readonly ProvedPosition[],
  { nowMs, unseenDays, among }: GhostQuestion,
): { position: ProvedPosition; neighboursSeenMs: number; isGhost: boolean }[] {
  const limitMs = nowMs - unseenDays * DAY_MS;
  return positions.flatMap((position) => {
    const near = among.filter(
      ({ locationId, zoneId }) =>
        locationId === position.locationId && (position.zoneId === "" || zoneId === position.zoneId),
    );
    const neighboursSeenMs = Math.max(...near.map(({ seenMs }) => seenMs ?? Number.NEGATIVE_INFINITY));
    const isGhost = (position.seenMs ?? position.firstMs) < limitMs;
    return neighboursSeenMs >= limitMs ? [{ position, neighboursSeenMs, isGhost }] : [];
  });
}

const inMoney = ({ units }: ProvedPosition, micros: bigint | null): bigint | null =>
  micros === null ? null : BigInt(units) * micros;

/**
 * I12: book > 0 and nothing seen for `unseenDays` while its neighbours were seen: other products of its zone, or of the location where it
 * has none. `among`: all products of these locations.
 */
export function ghostStock(positions: readonly ProvedPosition[], question: GhostQuestion) {
  const watched = watchedPositions(positions, question);
  const ghosts = watched.flatMap(({ position, isGhost }) => (isGhost ? [position] : []));
  const atStake = (valueOf: (position: ProvedPosition) => bigint | null) => {
    const known = ghosts.flatMap((ghost) => inMoney(ghost, valueOf(ghost)) ?? []);
    return known.length === 0 && ghosts.length > 0 ? null : known.reduce((sum, value) => sum + value, 0n);
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

/** I12: each ghost as `ghostStock` knows it, the most money at list price first. */
export function ghostLines(positions: readonly ProvedPosition[], question: GhostQuestion) {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return watchedPositions(positions, question)
    .filter(({ isGhost }) => isGhost)
    .map(({ position, neighboursSeenMs }) => ({
      location_id: position.locationId,
      gtin: String(position.gtin).padStart(14, "0"),
      zone_id: position.zoneId,
      book_units: position.units,
      last_seen_at: instant(position.seenMs),
      unseen_days: (question.nowMs - (position.seenMs ?? position.firstMs)) / DAY_MS,
      neighbours_seen_at: instant(neighboursSeenMs),
      cost_at_stake: inMoney(position, position.costMicros),
      price_at_stake: inMoney(position, position.priceMicros),
    }))
    .toSorted(
      (one, other) =>
        Number((other.price_at_stake ?? 0n) - (one.price_at_stake ?? 0n)) ||
        compareTexts(one.location_id, other.location_id) ||
        compareTexts(one.gtin, other.gtin),
    );
}

const compareTexts = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

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
