import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { AvailabilityReader, PresenceOdds } from "../availability/availability-reader.ts";
import type { Projection } from "../projection/projection.ts";
import { createReconciliation } from "../reconciliation/create-reconciliation.ts";
import type { HeldCheck } from "../reconciliation/location-checker.ts";
import { createExplain } from "./create-explain.ts";
import type { HoldHistory, RuleHistory } from "./explainer.ts";

/** Why a number is what it is, and the running check that it is right. `db`: a connection that holds up nobody. */
export function createProof(deps: {
  db: Database;
  projection: Projection;
  reader: AvailabilityReader;
  odds: PresenceOdds;
  holds: HoldHistory;
  held: HeldCheck;
  rules: RuleHistory;
  everySeconds: number;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}) {
  const reconciliation = createReconciliation(deps);
  return {
    ...reconciliation,
    routes: [...createExplain(deps).routes, ...reconciliation.routes],
  };
}
