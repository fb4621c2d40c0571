import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { Route } from "../http/route.ts";
import type { ReadinessCheck } from "../operations/readiness.ts";
import type { Projection } from "../projection/projection.ts";
import { createLocationChecker, type HeldCheck } from "./location-checker.ts";
import { createReconciler } from "./reconciler.ts";
import { createReconciliationRoutes } from "./reconciliation-routes.ts";
import { createReconciliationStore } from "./reconciliation-store.ts";

/** The running check that memory equals the ledger, its last result, and its routes. */
export function createReconciliation(deps: {
  db: Database;
  projection: Projection;
  held: HeldCheck;
  everySeconds: number;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}) {
  const store = createReconciliationStore(deps);
  const reconciler = createReconciler({ ...deps, store, check: createLocationChecker({ ...deps, store }) });
  const routes: Route[] = createReconciliationRoutes({ ...deps, reconciler, store });
  const readiness: ReadinessCheck = {
    name: "reconciliation",
    reason: () => reconciler.reason(),
    note: () => reconciler.note(),
  };
  return {
    routes,
    readiness,
    lastChecks: () => reconciler.lastChecks(),
    start: () => reconciler.start(),
    stop: () => reconciler.stop(),
  };
}
