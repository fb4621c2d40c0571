import { z } from "zod";
import { locationCheckSchema, reconciliationSchema } from "../../domain/api/reconciliation.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { Projection } from "../projection/projection.ts";
import type { Reconciler } from "./reconciler.ts";
import type { ReconciliationStore } from "./reconciliation-store.ts";

const TAG = "Operations";
const ROLES = ["merchandiser", "admin"] as const;

export function createReconciliationRoutes(deps: {
  reconciler: Reconciler;
  store: ReconciliationStore;
  projection: Projection;
  everySeconds: number;
}): Route[] {
  const { reconciler, projection } = deps;
  return [
    defineRoute({
      method: "GET",
      path: "/v1/reconciliation",
      tag: TAG,
      summary: "Whether memory equals the ledger: the last check of each location",
      description:
        "Positions and reserved units in this server's memory are compared with the sum of the ledger, location by location, " +
        "while stock changes. `history` has the checks of the last 90 days, by any server, that were not equal.",
      roles: ROLES,
      query: z.object({ location: idSchema.optional() }),
      answer: { schema: reconciliationSchema, description: "The last checks" },
      problems: ["database_unavailable"],
      handle: async ({ query }) => ({
        body: {
          serverId: projection.serverId,
          isRunning: reconciler.isRunning(),
          everySeconds: deps.everySeconds,
          lastFullPassAt: reconciler.lastFullPassAt(),
          locations: reconciler
            .lastChecks()
            .filter((check) => query.location === undefined || check.locationId === query.location)
            .sort((a, b) => (a.locationId < b.locationId ? -1 : 1)),
          history: await deps.store.history(query.location ?? ""),
        },
      }),
    }),
    defineRoute({
      method: "POST",
      path: "/v1/reconciliation/:locationId",
      tag: TAG,
      summary: "Compares one location with the ledger now",
      description: "What differs is put right, as in the running check.",
      roles: ROLES,
      params: z.object({ locationId: idSchema }),
      answer: { schema: locationCheckSchema, description: "What the check found" },
      problems: ["not_ready", "location_not_found"],
      async handle({ params }) {
        if (!projection.isLoaded()) {
          throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
        }
        if (!projection.table().locationIds.includes(params.locationId)) {
          throw new HttpProblem("location_not_found", `No stock was ever recorded at ${params.locationId}.`);
        }
        return { body: await reconciler.checkOne(params.locationId) };
      },
    }),
  ];
}
