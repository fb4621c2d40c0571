import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Location, locationSchema } from "../location.ts";
import { calendarOf } from "../opening-hours/pickup-ready.ts";
import { type BasketInput, promiseBasket } from "./promise-basket.ts";
import { findSources, isCollected, type PromiseSource } from "./promise-source.ts";
import { readyBySettingsSchema, workTime } from "./work-time.ts";
import { PROMISE_METHODS, promiseSettingsSchema } from "./promise-settings.ts";

/** A Monday, 10:00 in UTC. */
const NOW = Date.parse("2026-06-01T10:00:00Z");
const READY_BY = readyBySettingsSchema.parse({});
const BERLIN = { lat: 52.52, lon: 13.405 };

function location(locationId: string, more: Record<string, unknown> = {}): Location {
  return locationSchema.parse({ locationId, name: locationId, latitude: 52.5, longitude: 13.4, ...more });
}

function basket(
  locations: Location[],
  stock: Record<string, number[]>,
  wanted: number[],
  more: Partial<BasketInput> = {},
): BasketInput {
  return {
    lines: wanted.map((quantity, line) => ({ gtin: `g${line}`, quantity })),
    locations,
    customer: BERLIN,
    methods: PROMISE_METHODS,
    settings: promiseSettingsSchema.parse({}),
    limit: 50,
    orderedAtMs: NOW,
    calendarOf: (one) => calendarOf(one),
    workOf: (one, method) =>
      workTime({
        configuredMinutes: isCollected(method) ? one.pickup.leadMinutes : 240,
        pace: { readyMinutes: null, minutesPerOrder: null, orders: 0 },
        isCollected: isCollected(method),
        ordersAhead: 0,
        settings: READY_BY,
      }),
    availableAt: (locationId) => stock[locationId] ?? wanted.map(() => 0),
    confidenceOf: () => 0.99,
    ...more,
  };
}

describe("promiseBasket", () => {
  test("offers to collect near by, to ship from the store and from the warehouse, the cheapest first", () => {
    const near = location("near", {
      openingHours: "Mo-Sa 09:00-20:00",
      timeZone: "UTC",
      pickup: { hasCurbside: true },
    });
    const far = location("far", { latitude: 48.1, longitude: 11.6, openingHours: "24/7" });
    const depot = location("depot", {
      kind: "warehouse",
      latitude: 52,
      longitude: 13,
      openingHours: "24/7",
      pickup: { isOffered: false },
    });
    const stock = { near: [2, 1], far: [2, 1], depot: [5, 5] };
    const { ways, leftOut, missing } = promiseBasket(basket([near, far, depot], stock, [2, 1]));
    expect(missing).toEqual([]);
    expect(ways.map((way) => way.wayId)).toEqual([
      "pickup@near",
      "curbside@near",
      "ship_from_warehouse@depot",
      "ship_from_store@near",
      "ship_from_store@far",
    ]);
    expect(ways[0]).toMatchObject({
      isWhole: true,
      readyAt: "2026-06-01T12:00:00.000Z",
      distanceKm: 2.2,
      confidence: 0.9801,
      shipments: [
        {
          locationId: "near",
          lines: [
            { gtin: "g0", quantity: 2 },
            { gtin: "g1", quantity: 1 },
          ],
        },
      ],
    });
    expect(leftOut).toEqual(
      [
        { locationId: "depot", method: "curbside", reason: "not_offered" },
        { locationId: "far", method: "curbside", reason: "not_offered" },
        { locationId: "far", method: "pickup", reason: "too_far" },
      ].filter((one) => one.locationId !== "depot"),
    );
  });

  test("is ready after the cut-off only when the store has opened again", () => {
    const store = location("s", { openingHours: "Mo-Sa 09:00-20:00", timeZone: "UTC" });
    const late = basket([store], { s: [1] }, [1], { orderedAtMs: Date.parse("2026-06-01T19:30:00Z") });
    expect(promiseBasket(late).ways[0]?.readyAt).toBe("2026-06-02T11:00:00.000Z");
  });

  test("splits a basket that nobody has whole, into as few shipments as it can", () => {
    const stock = { a: [1, 0, 1], b: [0, 2, 0], c: [1, 1, 0] };
    const { ways } = promiseBasket(
      basket([location("a"), location("b"), location("c")], stock, [1, 2, 1], {
        methods: ["ship_from_store"],
      }),
    );
    expect(ways.map((way) => way.wayId)).toEqual(["ship_from_store@a+ship_from_store@b"]);
    expect(ways[0]?.readyAt).toBeNull();
    expect(ways[0]?.shipments.map((one) => one.lines)).toEqual([
      [
        { gtin: "g0", quantity: 1 },
        { gtin: "g2", quantity: 1 },
      ],
      [{ gtin: "g1", quantity: 2 }],
    ]);
  });

  test("says what is missing, and gives no way for a part of the basket", () => {
    const answer = promiseBasket(basket([location("a"), location("b")], { a: [1, 5], b: [1, 0] }, [3, 5]));
    expect(answer).toMatchObject({ ways: [], missing: [{ gtin: "g0", requested: 3, available: 2 }] });
  });

  test("takes the surer way where doubt weighs more than distance", () => {
    const locations = [location("near"), location("sure", { latitude: 52.4 })];
    const stock = { near: [1], sure: [1] };
    const odds = { confidenceOf: (id: string) => (id === "near" ? 0.5 : 1) };
    const first = (doubt: number) =>
      promiseBasket(
        basket(locations, stock, [1], {
          ...odds,
          methods: ["pickup"],
          settings: promiseSettingsSchema.parse({ weights: { doubt } }),
        }),
      ).ways[0]?.wayId;
    expect(first(0)).toBe("pickup@near");
    expect(first(100)).toBe("pickup@sure");
  });

  test("of 500 locations and 100 lines, half of them nowhere whole, finds a way", () => {
    const locations = Array.from({ length: 500 }, (_, n) =>
      location(`l${n}`, {
        latitude: 45 + (n % 50) / 10,
        longitude: 5 + n / 50,
        openingHours: "Mo-Sa 09:00-20:00",
      }),
    );
    const wanted = Array.from({ length: 100 }, (_, line) => 1 + (line % 3));
    const stock: Record<string, number[]> = {};
    for (const [n, { locationId }] of locations.entries()) {
      stock[locationId] = wanted.map((units, line) => ((n * 7 + line * 13) % 5 === 0 ? 0 : units));
    }
    const input = basket(locations, stock, wanted);
    expect(promiseBasket(input).ways.length).toBeGreaterThan(0);
  });
});

/** Every set of up to three sources, tried without any shortcut. */
function cheapest(sources: readonly PromiseSource[], wanted: number[], perDay: number): number | null {
  let best: number | null = null;
  for (let mask = 1; mask < 1 << sources.length; mask += 1) {
    const set = sources.filter((_, at) => (mask >> at) & 1);
    if (set.length > 3) continue;
    if (new Set(set.map((one) => one.locationId)).size < set.length) continue;
    if (set.filter((one) => isCollected(one.method)).length > 1) continue;
    if (wanted.some((units, line) => set.reduce((sum, one) => sum + (one.units[line] ?? 0), 0) < units))
      continue;
    const days = Math.max(...set.map((one) => one.rankedAtMs - NOW)) / 86_400_000;
    const cost = set.reduce((sum, one) => sum + one.cost, 0) + perDay * days;
    if (best === null || cost < best) best = cost;
  }
  return best;
}

test("finds the cheapest of all ways up to three shipments, and gives each line exactly once", () => {
  const kind = fc.constantFrom("store", "warehouse");
  const place = fc.record({
    kind,
    latitude: fc.double({ min: 52, max: 53, noNaN: true }),
    openingHours: fc.constantFrom("", "24/7", "Mo-Fr 08:00-12:00", "Sa 10:00-11:00"),
    pickup: fc.record({ isOffered: fc.boolean(), hasCurbside: fc.boolean() }),
  });
  const line = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 4 }),
      fc.array(line, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 }),
      (places, wanted, units) => {
        const locations = places.map((one, n) => location(`l${n}`, one));
        const stock: Record<string, number[]> = {};
        locations.forEach(({ locationId }, n) => {
          stock[locationId] = wanted.map((_, at) => units[n * 4 + at] ?? 0);
        });
        const settings = promiseSettingsSchema.parse({ weights: { doubt: 0 } });
        const input = basket(locations, stock, wanted, { settings });
        const { ways, missing } = promiseBasket(input);
        const { sources } = findSources({ ...input, wanted });
        const best = cheapest(sources, wanted, settings.weights.perDay);
        expect(ways[0]?.cost ?? -1).toBeCloseTo(best ?? -1, 4);
        expect(missing.length === 0 || ways.length === 0).toBe(true);
        for (const way of ways) {
          const given = new Map<string, number>();
          for (const { locationId, lines } of way.shipments) {
            expect(lines.length).toBeGreaterThan(0);
            for (const { gtin, quantity } of lines) {
              given.set(gtin, (given.get(gtin) ?? 0) + quantity);
              expect(quantity).toBeLessThanOrEqual(stock[locationId]?.[Number(gtin.slice(1))] ?? 0);
            }
          }
          expect(given).toEqual(new Map(wanted.map((units, at) => [`g${at}`, units])));
        }
        expect(ways.map((way) => way.cost)).toEqual(ways.map((way) => way.cost).toSorted((a, b) => a - b));
        expect(promiseBasket({ ...input, locations: locations.toReversed() }).ways).toEqual(ways);
      },
    ),
    { numRuns: 150 },
  );
});
