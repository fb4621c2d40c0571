import type { Logger } from "pino";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";
import type { ReservedUnits } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import type { Projection } from "../projection/projection.ts";
import { createLiveRules, type ReservedByChannel } from "./live-rules.ts";
import { createLocationGroupRoutes } from "./location-group-routes.ts";
import { previewRule } from "./rule-preview.ts";
import { createRuleRoutes } from "./rule-routes.ts";
import { createRuleStore } from "./rule-store.ts";
import { createRulesInForce } from "./rules-in-force.ts";

/** All of the rules of availability: in memory for answers, in tables for ever, and the routes that change them. */
export function createRules(deps: {
  db: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
  nextVersion(): number;
  projection: Projection;
  reserved: ReservedUnits;
  reservedByChannel: ReservedByChannel;
}) {
  const store = createRuleStore(deps);
  const live = createLiveRules({ ...deps, store });
  return {
    effectOn: live.effectOn,
    clockOf: live.clockOf,
    /** All known locations, as of the last change that was announced. */
    places: () => live.ruleSet().locations,
    history: createRulesInForce({ db: deps.db, store }),
    routes: (noteChange: NoteChange): Route[] => [
      ...createRuleRoutes({
        store,
        live,
        noteChange,
        nowMs: deps.nowMs,
        preview: (wish) => previewRule({ ...deps, usedUnits: live.usedUnits }, wish),
      }),
      ...createLocationGroupRoutes({ store, live, noteChange }),
    ],
    start: live.start,
    stop: live.stop,
  };
}
