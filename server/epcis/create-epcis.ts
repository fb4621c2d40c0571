import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { EventPublisher } from "../events/event-publisher.ts";
import type { Route } from "../http/route.ts";
import type { LocationStore } from "../master-data/location-store.ts";
import type { ReaderStore } from "../readers/reader-store.ts";
import type { SettingsAnnouncer } from "../settings/settings-announcer.ts";
import { createAllLocations } from "./all-locations.ts";
import { createCaptureJobs } from "./capture-jobs.ts";
import { createCaptureStore } from "./capture-store.ts";
import { createEventStore } from "./event-store.ts";
import { createKnownGoods } from "./known-goods.ts";
import { createCaptureRoutes } from "./routes/capture-routes.ts";
import { createDiscoveryRoutes } from "./routes/discovery-routes.ts";
import { createEventRoutes } from "./routes/event-routes.ts";
import { createResourceRoutes } from "./routes/resource-routes.ts";
import { createAnswerQuery } from "./search/answer-query.ts";
import { createEventSearch } from "./search/event-search.ts";
import { createEpcisValidator } from "./validate.ts";
import { createZoneReaders } from "./zone-readers.ts";

export type EpcisDeps = {
  db: Database;
  publisher: EventPublisher;
  locations: LocationStore;
  readers: ReaderStore;
  audit: AuditLog;
  settings: SettingsAnnouncer;
  nextVersion(): number;
  nowMs(): number;
  logger: Logger;
  maxBodyBytes: number;
};

/** EPCIS 2.0 (docs/epcis.md): capture, the repository of events, and our own item events as EPCIS. */
export function createEpcis(deps: EpcisDeps) {
  const validator = createEpcisValidator();
  const store = createCaptureStore(deps);
  const events = createEventStore(deps);
  const allLocations = createAllLocations(deps);
  const jobs = createCaptureJobs({
    ...deps,
    validator,
    store,
    events,
    allLocations,
    knownGoods: createKnownGoods(deps),
    zoneReaders: createZoneReaders(deps),
  });
  const search = createEventSearch({ db: deps.db, store: events, allLocations });
  const answerQuery = createAnswerQuery({ search, store: events, nowMs: deps.nowMs });
  const shared = { ...deps, jobs, validator, store, answerQuery, allLocations };
  const routes: Route[] = [
    ...createCaptureRoutes(shared),
    ...createEventRoutes(shared),
    ...createResourceRoutes(shared),
  ];

  return {
    routes: [...routes, ...createDiscoveryRoutes(routes)],
    /** Goes on with the capture jobs that the last stop cut off. */
    start: () => jobs.resume(),
    stop: () => jobs.stop(),
  };
}
