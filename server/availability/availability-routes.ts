import { z } from "zod";
import {
  type AvailabilityItem,
  availabilityAnswerSchema,
  availabilityQuerySchema,
} from "../../domain/availability/availability-item.ts";
import { parseGtin } from "../../domain/gtin.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type Caller, defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import {
  type AvailabilityReader,
  type AvailabilityWish,
  capItem,
  PLAIN_WISH,
} from "./availability-reader.ts";

const TAG = "Availability";
const READERS = ["storefront", "merchandiser", "admin"] as const;
const MAX_GTINS = 5_000;
const MAX_LOCATIONS = 100;

const querySchema = z.object({
  gtin: z.array(z.string().max(20)).min(1).max(MAX_GTINS),
  location: z.array(idSchema).max(MAX_LOCATIONS).optional(),
  channel: z.string().max(64).optional(),
  quantity: z.coerce.number().int().min(1).max(1_000_000).optional(),
  confidence: z.coerce.number().gt(0).lt(1).optional(),
});

export function createAvailabilityRoutes(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  maxItemsPerQuery: number;
  quantityCap: number;
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
  function find(
    gtins: readonly string[],
    locations: readonly string[] | undefined,
    wish: AvailabilityWish,
    caller: Caller,
  ): RouteAnswer {
    if (!projection.isLoaded()) {
      throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
    }
    const table = projection.table();
    const places = locations ?? table.locationIds;
    if (gtins.length * places.length > deps.maxItemsPerQuery) {
      throw new HttpProblem("too_many_items", `${gtins.length} products at ${places.length} locations.`, {
        limit: deps.maxItemsPerQuery,
      });
    }
    const items: AvailabilityItem[] = [];
    for (const gtin of toNumbers(gtins)) {
      for (const locationId of places) {
        if (locations === undefined && table.find(locationId, gtin) < 0) continue;
        const item = reader.itemOf(locationId, gtin, wish);
        items.push(caller.isPublishable ? capItem(item, deps.quantityCap) : item);
      }
    }
    return { body: { asOf: asOf(), revision: projection.revision(), items } };
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
        "`gtin` and `location` may be repeated or be lists with commas. Without `location`: every location that ever had the product. " +
        "With `confidence=0.95` only units count that are there with that probability; `confidence` in an item is the probability that " +
        "`reserved` and `quantity` units (1) are there.",
      query: querySchema,
      listQueries: ["gtin", "location"],
      handle: ({ query, caller }) => find(query.gtin, query.location, wishOf(query), caller),
    }),
    defineRoute({
      ...shared,
      method: "POST",
      path: "/v1/availability/query",
      summary: `The same for up to ${MAX_GTINS} products at up to ${MAX_LOCATIONS} locations`,
      body: availabilityQuerySchema,
      handle: ({ body, caller }) => find(body.gtins, body.locations, wishOf(body), caller),
    }),
  ];
}

function wishOf(
  asked: { [Name in keyof AvailabilityWish]?: AvailabilityWish[Name] | undefined },
): AvailabilityWish {
  const { channel, quantity, confidence } = asked;
  return {
    channel: channel ?? PLAIN_WISH.channel,
    quantity: quantity ?? PLAIN_WISH.quantity,
    confidence: confidence ?? PLAIN_WISH.confidence,
  };
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
