import type { Location } from "../location.ts";
import type { OpeningCalendar } from "../opening-hours/opening-calendar.ts";
import type { Alternative } from "../reservations/reservation.ts";
import { coordinatesOf, findSources, type PromiseSource, type SourceInput } from "./promise-source.ts";
import { PROMISE_METHODS, type PromiseSettings } from "./promise-settings.ts";

const DAY_MS = 86_400_000;

export type AlternativesInput = {
  /** Where it was wished for; distances are from there. Null: not known. */
  missedAt: Location | null;
  quantity: number;
  /** Other locations. */
  locations: readonly Location[];
  settings: PromiseSettings;
  atMs: number;
  limit: number;
  calendarOf(location: Location): OpeningCalendar | null;
  workOf: SourceInput["workOf"];
  availableAt(locationId: string): number;
  confidenceOf(locationId: string, quantity: number): number | null;
};

/**
 * Where else a missed line could be served from, each location by its cheapest method: those that have all of it first, then by
 * cost as of a promise to somebody who is at the missed location, then those with most of it, then by id. Where nobody knows how far it is, the store is offered
 * for collecting: the asker can judge.
 */
export function rankAlternatives(input: AlternativesInput): Alternative[] {
  const { settings, atMs, quantity } = input;
  const customer = input.missedAt === null ? null : coordinatesOf(input.missedAt);
  const available = new Map<string, number>();
  const { sources } = findSources({
    ...input,
    customer,
    methods: PROMISE_METHODS,
    orderedAtMs: atMs,
    wanted: [quantity],
    availableAt(locationId) {
      const units = input.availableAt(locationId);
      available.set(locationId, units);
      return [units];
    },
  });
  const cost = (source: PromiseSource) =>
    source.cost + (settings.weights.perDay * (source.rankedAtMs - atMs)) / DAY_MS;
  const best = new Map<string, PromiseSource>();
  for (const source of sources) {
    const known = best.get(source.locationId);
    if (known === undefined || cost(source) < cost(known)) best.set(source.locationId, source);
  }
  const isWhole = ({ units }: PromiseSource) => ((units[0] ?? 0) >= quantity ? 0 : 1);
  return [...best.values()]
    .sort(
      (one, other) =>
        isWhole(one) - isWhole(other) ||
        cost(one) - cost(other) ||
        (available.get(other.locationId) ?? 0) - (available.get(one.locationId) ?? 0) ||
        (one.locationId < other.locationId ? -1 : 1),
    )
    .slice(0, input.limit)
    .map((source) => {
      const units = available.get(source.locationId) ?? 0;
      return {
        locationId: source.locationId,
        available: units,
        confidence: input.confidenceOf(source.locationId, Math.min(units, quantity)),
        distanceKm: source.distanceKm,
        readyAt: source.readyAtMs === null ? null : new Date(source.readyAtMs).toISOString(),
        method: source.method,
      };
    });
}
