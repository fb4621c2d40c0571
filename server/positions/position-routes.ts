import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { type PositionRow, positionsPageSchema } from "../../domain/api/positions-page.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { Product } from "../../domain/product.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { ProductStore } from "../master-data/product-store.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import { createSortedGtins, firstAbove } from "./sorted-gtins.ts";

/** Matching products looked at for one page; when most of them have no position the page is short and has a cursor. */
const SEARCH_BATCH = 1_000;
const MAX_BATCHES = 10;

const querySchema = pageQuerySchema.extend({ location: z.array(idSchema).max(100).optional() });

/** A place in the list: after this GTIN, or within it after this location. */
type Place = { gtin: number; locationId: string };

export function createPositionRoutes(deps: {
  projection: Projection;
  reader: AvailabilityReader;
  products: ProductStore;
  nowMs(): number;
}): Route[] {
  const { projection, reader, products } = deps;
  const sortedGtins = createSortedGtins(deps);

  function* positionsOf(
    gtins: Iterable<number>,
    locations: readonly string[],
    after: Place,
  ): Iterable<Place> {
    for (const gtin of gtins) {
      for (const locationId of locations) {
        if (gtin === after.gtin && locationId <= after.locationId) continue;
        if (projection.table().find(locationId, gtin) >= 0) yield { gtin, locationId };
      }
    }
  }

  /** One more than `limit`, so that the caller sees whether there are more. */
  function browse(
    locations: readonly string[],
    wanted: readonly string[] | undefined,
    after: Place,
    limit: number,
  ) {
    const all = sortedGtins(wanted);
    // From the cursor's own GTIN on: it may have further locations.
    const start = firstAbove(all, after.gtin - 1);
    const found: Place[] = [];
    for (const place of positionsOf(all.subarray(start), locations, after)) {
      found.push(place);
      if (found.length > limit) break;
    }
    return { found, next: null };
  }

  async function search(query: string, locations: readonly string[], after: Place, limit: number) {
    const found: Place[] = [];
    let from = Math.max(0, after.gtin - 1);
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const matching = await products.list({ after: from, query, limit: SEARCH_BATCH });
      const gtins = matching.slice(0, SEARCH_BATCH).map((product) => Number(product.gtin));
      for (const place of positionsOf(gtins, locations, after)) {
        found.push(place);
        if (found.length > limit) return { found, next: null };
      }
      if (matching.length <= SEARCH_BATCH) return { found, next: null };
      from = gtins.at(-1) ?? from;
    }
    // Everything of this GTIN was looked at: the next page starts after its last location.
    return { found, next: { gtin: from, locationId: "\uffff" } };
  }

  async function withWords(places: readonly Place[]): Promise<PositionRow[]> {
    const known = new Map<number, Product>();
    for (const product of await products.findMany([...new Set(places.map((place) => place.gtin))])) {
      known.set(Number(product.gtin), product);
    }
    return places.map(({ gtin, locationId }) => {
      const product = known.get(gtin);
      return {
        ...reader.itemOf(locationId, gtin),
        name: product?.name ?? "",
        sku: product?.sku ?? "",
        category: product?.category ?? "",
      };
    });
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/positions",
      tag: "Availability",
      summary: "The stock table: every product and place with a record, with the product's words",
      description:
        "Ordered by GTIN, then location. Follow the numbers afterwards on the stream, from this page's `serverId` and `revision`.",
      roles: ["merchandiser", "admin"],
      query: querySchema,
      listQueries: ["location"],
      answer: { schema: positionsPageSchema, description: "A page" },
      problems: ["invalid_cursor", "not_ready"],
      async handle({ query }) {
        if (!projection.isLoaded()) {
          throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
        }
        // Read before the rows: what changes in between is sent again by the stream.
        const revision = projection.revision();
        const [gtin = 0, locationId = ""] = decodeCursor(query.cursor, ["number", "string"]) ?? [];
        const after = { gtin: Number(gtin), locationId: String(locationId) };
        const locations = [...(query.location ?? projection.table().locationIds)].sort();
        const words = query.query?.trim() ?? "";
        const { found, next } =
          words === ""
            ? browse(locations, query.location, after, query.limit)
            : await search(words, locations, after, query.limit);
        const items = found.slice(0, query.limit);
        const last = found.length > query.limit ? items.at(-1) : next;
        return {
          body: {
            items: await withWords(items),
            nextCursor:
              last === null || last === undefined ? null : encodeCursor([last.gtin, last.locationId]),
            serverId: projection.serverId,
            revision,
            totalPositions: projection.table().size,
          },
        };
      },
    }),
  ];
}
