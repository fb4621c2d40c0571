import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import { createPromiseStore } from "../promise/promise-store.ts";
import type { Projection } from "../projection/projection.ts";
import { createAuditRoutes } from "./audit-routes.ts";
import { createAuditStore } from "./audit-store.ts";
import { createFeedMetrics } from "./feed-metrics.ts";
import { createFeedRoutes } from "./feed-routes.ts";
import { createFeedSender } from "./feed-sender.ts";
import { createFeedSettingsStore } from "./feed-settings-store.ts";
import { createFeedStore } from "./feed-store.ts";

/** What is told to the world of stock: the local inventory feed, marketplaces' stock, and the rehearsal of the feed's audit. */
export function createFeeds(deps: {
  db: Database;
  projection: Projection;
  reader: AvailabilityReader;
  audit: AuditLog;
  registry: Registry;
  nextVersion(): number;
  nowMs(): number;
}): { routes: Route[] } {
  const { projection, audit: auditLog } = deps;
  const store = createFeedStore(deps);
  const settings = createFeedSettingsStore(deps);
  const sender = createFeedSender({
    ...deps,
    store,
    metrics: createFeedMetrics(deps.registry),
    serverId: projection.serverId,
    revision: projection.revision,
  });
  const { locations } = createPromiseStore(deps);
  return {
    routes: [
      ...createFeedRoutes({ ...deps, sender, store, settings, auditLog, locations }),
      ...createAuditRoutes({
        audits: createAuditStore(deps),
        feeds: store,
        settings,
        auditLog,
        nowMs: deps.nowMs,
      }),
    ],
  };
}
