import { z } from "zod";
import { zoneStockSchema } from "../../domain/api/zone-stock.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { ItemStore } from "./item-store.ts";

const querySchema = z
  .object({ gtin: z.string().max(20).optional(), location: idSchema.optional() })
  .refine(({ gtin, location }) => gtin !== undefined || location !== undefined, {
    message: "`gtin` or `location` has to be given",
    path: ["gtin"],
  });

export function createZoneStockRoutes(deps: { store: ItemStore; nowMs(): number }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/zone-stock",
      tag: "Items",
      summary: "In which zones the tagged units of a product, or of a location, are",
      description: "Units on hand whose tag is known. Units without a tag are in no zone.",
      roles: ["store", "merchandiser", "admin"],
      query: querySchema,
      answer: { schema: zoneStockSchema, description: "By location, the fullest zone first" },
      problems: ["invalid_gtin"],
      async handle({ query }) {
        const gtin = query.gtin === undefined ? 0 : (toNumbers([query.gtin])[0] ?? 0);
        const items = await deps.store.zoneStock(gtin, query.location ?? "");
        return { body: { asOf: new Date(deps.nowMs()).toISOString(), items } };
      },
    }),
  ];
}
