import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { Route } from "../http/route.ts";
import { createVersionClock } from "../master-data/version-clock.ts";
import { fitInWorker } from "./fit-in-worker.ts";
import { createLifetimeValueFitter } from "./lifetime-value-fitter.ts";
import { createLifetimeValueRoutes } from "./lifetime-value-routes.ts";
import { createLifetimeValueStore } from "./lifetime-value-store.ts";

/** For a command that has the database to itself. */
export function createLocalFitter(deps: { db: Database; logger: Logger; nowMs(): number }) {
  const store = createLifetimeValueStore(deps);
  const fitter = createLifetimeValueFitter({
    ...deps,
    store,
    compute: fitInWorker,
    role: { mode: () => "writer" },
    hour: null,
    nextVersion: createVersionClock(deps.nowMs),
  });
  return { store, fitter };
}

/** Predicted lifetime value: its nightly run, and its routes. */
export function createLifetimeValue(deps: {
  db: Database;
  role: { mode(): "loading" | "writer" | "standby" };
  /** Hour of the night after which it is fitted anew; null = never by itself. */
  hour: number | null;
  audit: AuditLog;
  logger: Logger;
  nextVersion(): number;
  nowMs(): number;
}) {
  const store = createLifetimeValueStore(deps);
  const fitter = createLifetimeValueFitter({ ...deps, store, compute: fitInWorker });
  const routes: Route[] = createLifetimeValueRoutes({ ...deps, store, fitter });
  return { routes, start: () => fitter.start(), stop: () => fitter.stop() };
}
