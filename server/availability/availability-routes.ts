import { z } from "zod";
import {
  type AvailabilityItem,
  availabilityAnswerSchema,
  availabilityQuerySchema,
  type Near,
  wishShape,
} from "../../domain/availability/availability-item.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type Caller, defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import { type AvailabilityReader, type AvailabilityWish, capItem } from "./availability-reader.ts";
import { type KnownCoordinates, nearestPlaces } from "./nearest-places.ts";
import { streamItems } from "./stream-items.ts";

const TAG = "Availability";
const READERS = ["storefront", "store", "merchandiser", "admin"] as const;
const MAX_GTINS = 5_000;
const MAX_LOCATIONS = 100;
/** More items than these are sent as a stream, made as it is read. */
const MAX_AT_ONCE = 2_000;

const QUERY_EXAMPLE = {
  gtins: ["04006381333931"],
  near: { lat: 52.52, lon: 13.4, radiusKm: 50, limit: 5 },
  channel: "web",
  quantity: 2,
  confidence: 0.95,
};

type Asked = {
  gtins: readonly string[];
  locations?: readonly string[] | undefined;
  near?: Near | undefined;
  channel?: string | undefined;
  quantity: number;
  confidence?: number | undefined;
};

const querySchema = z.object({
  gtin: z.array(z.string().max(20)).min(1).max(MAX_GTINS),
  location: z.array(idSchema).max(MAX_LOCATIONS).optional(),
  ...wishShape,
});

export function createAvailabilityRoutes(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  maxItemsPerQuery: number;
  quantityCap: number;
  places(): readonly KnownCoordinates[];
  nowMs(): number;
}): Route[] {
  const { projection, reader } = deps;

  /** Written once a millisecond: formatting a time costs as much as finding a position. */
  let written = { atMs: -1, text: "" };
  function asOf(): string {
    const atMs = deps.nowMs();
    if (written.atMs !== atMs) written = { atMs, text: new Date(atMs).toISOString() };
    return written.text;
  }

  /** Without locations: all that ever had the product. */
  function find(asked: Asked, caller: Caller): RouteAnswer {
    if (!projection.isLoaded()) {
      throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
    }
    const near = asked.near === undefined ? undefined : nearestPlaces(deps.places(), asked.near);
    const named = asked.locations ?? near?.map((place) => place.locationId);
    const places = named ?? projection.table().locationIds;
    const count = asked.gtins.length * places.length;
    if (count > deps.maxItemsPerQuery) {
      throw new HttpProblem(
        "too_many_items",
        `${asked.gtins.length} products at ${places.length} locations.`,
        {
          limit: deps.maxItemsPerQuery,
        },
      );
    }
    const { channel = "", quantity, confidence = null } = asked;
    const wish = { channel, quantity, confidence };
    const isKnownOnly = named === undefined;
    const items = itemsOf({ gtins: toNumbers(asked.gtins), places, isKnownOnly, wish, caller });
    const head = {
      asOf: asOf(),
      revision: projection.revision(),
      ...(near === undefined ? {} : { locations: near }),
    };
    if (count > MAX_AT_ONCE) return { stream: streamItems(JSON.stringify(head).slice(0, -1), items) };
    return { body: { ...head, items: [...items] } };
  }

  function* itemsOf(of: {
    gtins: readonly number[];
    places: readonly string[];
    isKnownOnly: boolean;
    wish: AvailabilityWish;
    caller: Caller;
  }): Generator<AvailabilityItem> {
    for (const gtin of of.gtins) {
      for (const locationId of of.places) {
        if (of.isKnownOnly && projection.table().find(locationId, gtin) < 0) continue;
        const item = reader.itemOf(locationId, gtin, of.wish);
        yield of.caller.isPublishable ? capItem(item, deps.quantityCap) : item;
      }
    }
  }

  const shared = {
    tag: TAG,
    roles: READERS,
    isPublishable: true,
    answer: { schema: availabilityAnswerSchema, description: "One item for each product and location" },
    problems: ["invalid_gtin", "too_many_items", "not_ready", "rate_limited"],
  } as const;

  return [
    defineRoute({
      ...shared,
      method: "GET",
      path: "/v1/availability",
      summary: "What can be promised of these products, where",
      description:
        "`gtin` and `location` may be repeated or be lists with commas. Without `location`: every location that ever had the " +
        "product. What a channel may have is what rules leave to it; without `channel` the rules for all hold. With " +
        "`confidence=0.95` only units count that are there with that probability; `confidence` in an item is the probability that " +
        "`reserved` and `quantity` units (1) are there.",
      query: querySchema,
      listQueries: ["gtin", "location"],
      handle: ({ query: { gtin, location, ...wish }, caller }) =>
        find({ ...wish, gtins: gtin, locations: location }, caller),
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/availability/query",
      summary: `The same for up to ${MAX_GTINS} products at up to ${MAX_LOCATIONS} locations, named or nearest`,
      description:
        "`near` stands instead of `locations` and answers the locations with their distances as well. A large answer is sent as it " +
        "is made: `revision` is that of its beginning, and no item is older.",
      body: availabilityQuerySchema,
      examples: { body: QUERY_EXAMPLE },
      handle: ({ body, caller }) => find(body, caller),
    }),
  ];
}

/** A mistyped code is refused, never answered as "none". */
export function toNumbers(gtins: readonly string[]): number[] {
  const wrong: string[] = [];
  const numbers = gtins.map((text) => {
    const parsed = parseGtin(text);
    if (!parsed.ok) wrong.push(text);
    return parsed.ok ? Number(parsed.value) : 0;
  });
  if (wrong.length === 0) return numbers;
  throw new HttpProblem("invalid_gtin", `${wrong.length} of ${gtins.length} codes cannot be GTINs.`, {
    gtins: wrong.slice(0, 100),
  });
}
