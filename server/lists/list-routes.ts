import { z } from "zod";
import {
  LIST_HOURS,
  LIST_PAGE_SCHEMAS,
  LISTS,
  type ListName,
  listsSummarySchema,
} from "../../domain/api/lists.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { DatabaseError } from "../../sql/database-error.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { ListStore } from "./list-store.ts";
import { createSummaryCache } from "./summary-cache.ts";

const TAG = "Lists for people";
const roles = ["merchandiser", "admin"] as const;
const MAX_ROWS = 200;

const SUMMARIES: Record<ListName, string> = {
  ghosts: "Tags of known products that were read, but not often or near enough to become items",
  misplaced:
    "Items that have been for long where goods do not stay, or on the floor away from the others of their product",
  "backroom-only": "Products with items in a store's back room or dock, and none out front",
  "sold-but-seen": "Sold items that are still read on the floor or in the back room long after their sale",
  "unknown-tags": "Tags that name no product of the list, alike together, with what to do about them",
  losses: "Items that left through an exit without a sale",
};

export function createListRoutes(deps: { store: ListStore; nowMs(): number }): Route[] {
  const { store } = deps;
  const summaries = createSummaryCache({ ...deps, summarise });

  async function summarise(location: string) {
    const asOf = new Date(deps.nowMs()).toISOString();
    const items = [];
    // One after the other: each may read much, and people wait for availability on the same machine.
    for (const list of LISTS) {
      try {
        items.push({ list, ...(await store.totals(list, location)), problem: null });
      } catch (error) {
        if (!isTooSlow(error)) throw error;
        items.push({ list, since: asOf, totals: null, problem: "It took too long to count." });
      }
    }
    return {
      asOf,
      items: items.map(({ list, since, totals, problem }) => ({ list, since, totals, problem })),
    };
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/lists",
      tag: TAG,
      summary: "How many are on each list for people",
      description: "Each over its own time by default. Counted at most once in 15 seconds for each location.",
      roles,
      query: z.object({ location: idSchema.optional() }),
      answer: { schema: listsSummarySchema, description: "Totals by list" },
      handle: async ({ query }) => ({ body: await summaries.get(query.location ?? "") }),
    }),
    ...LISTS.map((name) => listRoute(name, store)),
  ];
}

function listRoute(name: ListName, store: ListStore): Route {
  const { defaultHours, maxHours } = LIST_HOURS[name];
  return defineRoute({
    method: "GET",
    path: `/v1/lists/${name}`,
    tag: TAG,
    summary: SUMMARIES[name],
    description: "What is on it, by which rule and at what cost: docs/lists.md.",
    roles,
    query: pageQuerySchema.omit({ query: true }).extend({
      location: idSchema.optional(),
      limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(100),
      hours: z.coerce.number().positive().max(maxHours).default(defaultHours),
    }),
    answer: { schema: LIST_PAGE_SCHEMAS[name], description: "A page, with the totals of the whole list" },
    problems: ["invalid_cursor", "list_too_large"],
    async handle({ query }) {
      const [offset = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
      const { limit, hours, location = "" } = query;
      try {
        const { hasMore, ...answer } = await store.page(name, {
          location,
          hours,
          limit,
          offset: Math.max(0, Math.trunc(Number(offset))),
        });
        return { body: { ...answer, nextCursor: hasMore ? encodeCursor([Number(offset) + limit]) : null } };
      } catch (error) {
        if (!isTooSlow(error)) throw error;
        throw new HttpProblem("list_too_large", `The list of ${hours} hours took longer than 20 seconds.`);
      }
    },
  });
}

function isTooSlow(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === "timeout" || error.code === "overloaded");
}
