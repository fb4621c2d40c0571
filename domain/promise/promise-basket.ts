import type { Location } from "../location.ts";
import type { OpeningCalendar } from "../opening-hours/opening-calendar.ts";
import type { Coordinates } from "./distance-km.ts";
import { type FoundWay, findWays } from "./find-ways.ts";
import type { LeftOut, PromiseAnswer, PromiseShipment, PromiseWay } from "./promise.ts";
import { findSources, type PromiseSource, type SourceInput } from "./promise-source.ts";
import { PROMISE_METHODS, type PromiseMethod, type PromiseSettings } from "./promise-settings.ts";

const DAY_MS = 86_400_000;
/** So many of the cheapest are looked at for their confidence, and then ranked with it. */
const MAX_WEIGHED_WAYS = 50;
const MAX_LEFT_OUT = 200;

/** Everything a promise is made of. `lines` have each product once. Instants are Unix ms. */
export type BasketInput = {
  lines: readonly { gtin: string; quantity: number }[];
  locations: readonly Location[];
  customer: Coordinates;
  methods: readonly PromiseMethod[];
  settings: PromiseSettings;
  limit: number;
  orderedAtMs: number;
  /** When a location is open; null where nobody can say. */
  calendarOf(location: Location): OpeningCalendar | null;
  workOf: SourceInput["workOf"];
  /** Units available at a location, by line. */
  availableAt(locationId: string): readonly number[];
  /** P(that many of a line are really there); null where nothing is known. */
  confidenceOf(locationId: string, line: number, quantity: number): number | null;
};

export type PromisedBasket = Pick<PromiseAnswer, "ways" | "missing" | "leftOut" | "leftOutCount">;

/**
 * The ways to fulfil a basket whole, the cheapest first. Pure and deterministic: of equal cost the earlier, then the one with fewer
 * shipments, then the one whose id comes first. See `findWays` for what is searched and what it costs.
 */
export function promiseBasket(input: BasketInput): PromisedBasket {
  const wanted = input.lines.map((line) => line.quantity);
  const { sources, leftOut } = findSources({ ...input, wanted });
  const found = findWays({ sources, wanted, maxShipments: input.settings.maxShipments })
    .map((way) => ({ way, cost: costWithoutDoubt(way, input) }))
    .sort((one, other) => one.cost - other.cost || compareWays(one.way, other.way))
    .slice(0, MAX_WEIGHED_WAYS)
    .map(({ way, cost }) => weigh(way, cost, input))
    .sort((one, other) => one.told.cost - other.told.cost || compareWays(one.way, other.way))
    .slice(0, input.limit);
  const used = new Set(found.flatMap(({ way }) => way.parts.map(({ source }) => source.key)));
  const unused: LeftOut[] = sources
    .filter((source) => !used.has(source.key))
    .map(({ locationId, method }) => ({ locationId, method, reason: "not_needed" }));
  const allLeftOut = [...unused, ...leftOut].sort(compareLeftOut);
  return {
    ways: found.map(({ told }) => told),
    missing: missingLines(input, sources),
    leftOut: allLeftOut.slice(0, MAX_LEFT_OUT),
    leftOutCount: allLeftOut.length,
  };
}

function costWithoutDoubt({ parts }: FoundWay, { settings, orderedAtMs }: BasketInput): number {
  let cost = 0;
  let lastMs = orderedAtMs;
  for (const { source } of parts) {
    cost += source.cost;
    lastMs = Math.max(lastMs, source.rankedAtMs);
  }
  return cost + (settings.weights.perDay * (lastMs - orderedAtMs)) / DAY_MS;
}

function weigh(way: FoundWay, cost: number, input: BasketInput): { way: FoundWay; told: PromiseWay } {
  let confidence: number | null = 1;
  for (const { source, units } of way.parts) {
    units.forEach((quantity, line) => {
      if (quantity === 0 || confidence === null) return;
      const odds = input.confidenceOf(source.locationId, line, quantity);
      confidence = odds === null ? null : confidence * odds;
    });
  }
  const doubt = confidence === null ? 0 : input.settings.weights.doubt * (1 - confidence);
  return {
    way,
    told: toWay(way, round(cost + doubt), confidence === null ? null : round(confidence), input),
  };
}

function toWay(
  { parts }: FoundWay,
  cost: number,
  confidence: number | null,
  { lines }: BasketInput,
): PromiseWay {
  const ordered = parts.toSorted((one, other) => (one.source.key < other.source.key ? -1 : 1));
  const shipments = ordered.map(({ source, units }): PromiseShipment => {
    return {
      locationId: source.locationId,
      method: source.method,
      distanceKm: source.distanceKm,
      readyAt: source.readyAtMs === null ? null : new Date(source.readyAtMs).toISOString(),
      work: source.work,
      lines: lines.flatMap(({ gtin }, line) => {
        const quantity = units[line] ?? 0;
        return quantity === 0 ? [] : [{ gtin, quantity }];
      }),
    };
  });
  const times = ordered.map(({ source }) => source.readyAtMs);
  const distances = ordered.map(({ source }) => source.distanceKm);
  const lastMs = times.every((ms) => ms !== null) ? Math.max(...times) : null;
  return {
    wayId: ordered.map(({ source }) => source.key).join("+"),
    isWhole: parts.length === 1,
    methods: PROMISE_METHODS.filter((method) => ordered.some(({ source }) => source.method === method)),
    readyAt: lastMs === null ? null : new Date(lastMs).toISOString(),
    distanceKm: distances.every((km) => km !== null) ? Math.max(...distances) : null,
    confidence,
    cost,
    shipments,
  };
}

function missingLines({ lines }: BasketInput, sources: readonly PromiseSource[]): PromiseAnswer["missing"] {
  return lines.flatMap(({ gtin, quantity }, line) => {
    const byLocation = new Map<string, number>();
    for (const source of sources) byLocation.set(source.locationId, source.units[line] ?? 0);
    let available = 0;
    for (const units of byLocation.values()) available += units;
    return available >= quantity ? [] : [{ gtin, requested: quantity, available }];
  });
}

function compareWays(one: FoundWay, other: FoundWay): number {
  return (
    lastOf(one) - lastOf(other) ||
    one.parts.length - other.parts.length ||
    (keyOf(one) < keyOf(other) ? -1 : 1)
  );
}

function lastOf({ parts }: FoundWay): number {
  return Math.max(...parts.map(({ source }) => source.rankedAtMs));
}

function keyOf({ parts }: FoundWay): string {
  return parts
    .map(({ source }) => source.key)
    .toSorted()
    .join("+");
}

function compareLeftOut(one: LeftOut, other: LeftOut): number {
  const key = ({ locationId, method }: LeftOut) => `${locationId} ${method}`;
  return key(one) < key(other) ? -1 : 1;
}

/** So that a sum of the same parts in another order is the same number. */
function round(number: number): number {
  return Math.round(number * 1e6) / 1e6;
}
