import type { Location } from "../location.ts";
import type { OpeningCalendar } from "../opening-hours/opening-calendar.ts";
import { pickupReadyAt } from "../opening-hours/pickup-ready.ts";
import { type Coordinates, distanceKm } from "./distance-km.ts";
import type { LeftOut } from "./promise.ts";
import type { WorkTime } from "./work-time.ts";
import { PROMISE_METHODS, type PromiseMethod, type PromiseSettings } from "./promise-settings.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** One location by one method, as the search sees it: cost without time and doubt, and what it has of each line. */
export type PromiseSource = {
  /** Names it in a way: `pickup@store-1`. */
  key: string;
  locationId: string;
  method: PromiseMethod;
  distanceKm: number | null;
  /** Unix ms; null where the opening hours are not known. */
  readyAtMs: number | null;
  /** The same for the ranking: without opening hours as if always open. */
  rankedAtMs: number;
  work: WorkTime;
  cost: number;
  /** By line, never more than is asked for. */
  units: readonly number[];
};

export type SourceInput = {
  locations: readonly Location[];
  /** Null: nobody knows. Then no distance is known, and none is too far. */
  customer: Coordinates | null;
  methods: readonly PromiseMethod[];
  settings: PromiseSettings;
  orderedAtMs: number;
  /** Units asked for, by line. */
  wanted: readonly number[];
  /** When it is open; null where nobody can say. */
  calendarOf(location: Location): OpeningCalendar | null;
  /** How long it needs for an order that comes now. */
  workOf(location: Location, method: PromiseMethod): WorkTime;
  /** Units available at a location, by line. */
  availableAt(locationId: string): readonly number[];
};

/** Every location and method that could serve some of the basket, and why the others can't. O(locations × lines). */
export function findSources(input: SourceInput): { sources: PromiseSource[]; leftOut: LeftOut[] } {
  const sources: PromiseSource[] = [];
  const leftOut: LeftOut[] = [];
  const methods = PROMISE_METHODS.filter((method) => input.methods.includes(method));
  for (const location of input.locations) {
    const units = input
      .availableAt(location.locationId)
      .map((available, line) => Math.max(0, Math.min(available, input.wanted[line] ?? 0)));
    const hasSome = units.some((one) => one > 0);
    for (const method of methods) {
      if (!isOfKind(location, method)) continue;
      const found = hasSome ? sourceOf(location, method, units, input) : "nothing_available";
      if (typeof found === "string") {
        leftOut.push({ locationId: location.locationId, method, reason: found });
      } else sources.push(found);
    }
  }
  return { sources, leftOut };
}

/** True for methods at which the customer comes to the location. */
export function isCollected(method: PromiseMethod): boolean {
  return method === "pickup" || method === "curbside";
}

/** What a location could do at all: a warehouse ships, a store ships and may be collected from. */
function isOfKind(location: Location, method: PromiseMethod): boolean {
  if (method === "ship_from_warehouse") return location.kind === "warehouse";
  return location.kind === "store" || (isCollected(method) && location.pickup.isOffered);
}

function sourceOf(
  location: Location,
  method: PromiseMethod,
  units: readonly number[],
  { customer, settings, orderedAtMs, calendarOf, workOf }: SourceInput,
): PromiseSource | LeftOut["reason"] {
  const { pickup, locationId } = location;
  if (isCollected(method) && !pickup.isOffered) return "not_offered";
  if (method === "curbside" && !pickup.hasCurbside) return "not_offered";
  const place = coordinatesOf(location);
  const km = place === null || customer === null ? null : distanceKm(customer, place);
  if (isCollected(method) && km === null && customer !== null) return "no_coordinates";
  if (isCollected(method) && (km ?? 0) > settings.collectRadiusKm) return "too_far";
  const work = workOf(location, method);
  const calendar = calendarOf(location);
  const ready = readyAt({ location, calendar, method, km, settings, orderedAtMs, leadMinutes: work.minutes });
  if (ready === null) return "never_open";
  const { weights } = settings;
  const perKm = isCollected(method) ? weights.perKmToCollect : weights.perKmShipped;
  return {
    key: `${method}@${locationId}`,
    locationId,
    method,
    distanceKm: km === null ? null : Math.round(km * 10) / 10,
    readyAtMs: ready.isKnown ? ready.atMs : null,
    rankedAtMs: ready.atMs,
    work,
    cost: weights[method] + weights.perShipment + perKm * (km ?? 0),
    units,
  };
}

/** When goods of a location are with the customer, or ready for him; null: it does not open within a year. */
export function readyAt(of: {
  location: Location;
  calendar: OpeningCalendar | null;
  method: PromiseMethod;
  km: number | null;
  settings: PromiseSettings;
  orderedAtMs: number;
  /** Minutes of opening hours that it needs. */
  leadMinutes: number;
}): { atMs: number; isKnown: boolean } | null {
  const { location, calendar, method, km, settings, orderedAtMs, leadMinutes } = of;
  const lastOrderMinutes = isCollected(method) ? location.pickup.lastOrderMinutes : 0;
  const doneMs =
    calendar === null
      ? orderedAtMs + leadMinutes * MINUTE_MS
      : pickupReadyAt(calendar, { leadMinutes, lastOrderMinutes }, orderedAtMs);
  if (doneMs === null) return null;
  const days = settings.transitBaseDays + Math.ceil((km ?? 0) / settings.transitKmPerDay);
  return { atMs: isCollected(method) ? doneMs : doneMs + days * DAY_MS, isKnown: calendar !== null };
}

export function coordinatesOf({ latitude, longitude }: Location): Coordinates | null {
  return latitude === null || longitude === null ? null : { lat: latitude, lon: longitude };
}
