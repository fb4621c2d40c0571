import { z } from "zod";
import { movementsPageSchema } from "../../domain/api/movements-page.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { MovementStore } from "./movement-store.ts";

const DAY_MS = 86_400_000;

const querySchema = pageQuerySchema
  .omit({ query: true })
  .extend({
    gtin: z.string().max(20).optional(),
    location: idSchema.optional(),
    /** How far back, by time of recording. */
    days: z.coerce.number().int().min(1).max(400).default(30),
  })
  .refine(({ gtin, location }) => gtin !== undefined || location !== undefined, {
    message: "`gtin` or `location` has to be given: reports answer what is asked of the whole ledger",
    path: ["gtin"],
  });

export function createMovementRoutes(deps: { store: MovementStore; nowMs(): number }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/movements",
      tag: "Availability",
      summary:
        "What moved stock of a product, or at a location: lines of the ledger, the last recorded first",
      description:
        "Of the last 30 days, or as many as `days` says. `GET /v1/availability/explain` has those that make up one number.",
      roles: ["merchandiser", "admin"],
      query: querySchema,
      answer: { schema: movementsPageSchema, description: "A page" },
      problems: ["invalid_cursor", "invalid_gtin"],
      async handle({ query }) {
        const parts = decodeCursor(query.cursor, ["number", "string", "number"]);
        const before =
          parts === null
            ? null
            : { ordinal: Number(parts[0]), locationId: String(parts[1]), sequence: Number(parts[2]) };
        const filter = {
          gtin: query.gtin === undefined ? 0 : (toNumbers([query.gtin])[0] ?? 0),
          locationId: query.location ?? "",
          since: new Date(deps.nowMs() - query.days * DAY_MS),
        };
        const rows = await deps.store.list(filter, before, query.limit);
        const page = toPage(rows, query.limit, (row) => [row.ordinal, row.locationId, row.sequence]);
        return { body: movementsPageSchema.parse(page) };
      },
    }),
  ];
}
