import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { AvailabilityReader, PresenceOdds } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import type { Projection } from "../projection/projection.ts";
import { createExplainRoutes } from "./explain-routes.ts";
import { createExplainStore } from "./explain-store.ts";
import { createExplainer, type HoldHistory, type RuleHistory } from "./explainer.ts";

/** Explanations, read on a connection that holds up nobody. */
export function createExplain(deps: {
  db: Database;
  projection: Projection;
  reader: AvailabilityReader;
  odds: PresenceOdds;
  holds: HoldHistory;
  rules: RuleHistory;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}): { routes: Route[] } {
  const explainer = createExplainer({ ...deps, store: createExplainStore(deps) });
  return { routes: createExplainRoutes({ explainer, nowMs: deps.nowMs }) };
}
