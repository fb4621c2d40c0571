import { Hono } from "hono";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../domain/message-bus.ts";
import type { Database } from "../sql/database.ts";
import type { AnalystEngine } from "../sql/analysts/analyst-engine.ts";
import { mountAnalysts } from "./analysts/mount-analysts.ts";
import { createAnnotationRoutes } from "./annotations/annotation-routes.ts";
import { createAnnotationStore } from "./annotations/annotation-store.ts";
import { createAuditLog } from "./audit/audit-log.ts";
import { createAttentionDesk } from "./attention/create-attention.ts";
import { createAvailabilityRoutes } from "./availability/availability-routes.ts";
import { createAnswers } from "./create-answers.ts";
import { createPromises } from "./create-promises.ts";
import { createCountRoutes } from "./counts/count-routes.ts";
import { createCountStore } from "./counts/count-store.ts";
import { createCustomers } from "./customers/create-customers.ts";
import { createDeadLetters } from "./dead-letters/create-dead-letters.ts";
import { createDocumentationRoutes } from "./documentation/documentation-routes.ts";
import { createEpcis } from "./epcis/create-epcis.ts";
import { createErpRoutes } from "./erp/erp-routes.ts";
import { createErpStore } from "./erp/erp-store.ts";
import { createEventPublisher } from "./events/event-publisher.ts";
import { createEventRoutes } from "./events/event-routes.ts";
import { createFeeds } from "./feeds/create-feeds.ts";
import { createHttpMetrics } from "./http/http-metrics.ts";
import { createIdentify } from "./http/identify.ts";
import { createListener } from "./http/listener.ts";
import { mountFallback } from "./http/mount-fallback.ts";
import { mountRoutes } from "./http/mount-routes.ts";
import { createHostCheck } from "./http/request-guards.ts";
import type { Route } from "./http/route.ts";
import { createTokenBuckets } from "./http/token-bucket.ts";
import { mountImports } from "./import/mount-imports.ts";
import { createItemRoutes } from "./items/item-routes.ts";
import { createItemStore } from "./items/item-store.ts";
import { createZoneStockRoutes } from "./items/zone-stock-route.ts";
import { createKeyRoutes } from "./keys/key-routes.ts";
import type { KeyStore } from "./keys/key-store.ts";
import { createListRoutes } from "./lists/list-routes.ts";
import { createLifetimeValue } from "./lifetime-value/create-lifetime-value.ts";
import { createListStore } from "./lists/list-store.ts";
import { createUnmatchedRoutes } from "./lists/unmatched-routes.ts";
import { createNoteChange } from "./master-data/change.ts";
import { createLocationRoutes } from "./master-data/location-routes.ts";
import { createOpeningRoutes } from "./master-data/opening-routes.ts";
import { createLocationStore } from "./master-data/location-store.ts";
import { createProductRoutes } from "./master-data/product-routes.ts";
import { createProductStore } from "./master-data/product-store.ts";
import { createTagMappingRoutes } from "./master-data/tag-mapping-routes.ts";
import { createTagMappingStore } from "./master-data/tag-mapping-store.ts";
import { createVersionClock } from "./master-data/version-clock.ts";
import { createMovementRoutes } from "./movements/movement-routes.ts";
import { createMovementStore } from "./movements/movement-store.ts";
import { createOperationRoutes } from "./operations/operation-routes.ts";
import { createPipelineRoutes } from "./operations/pipeline-routes.ts";
import { createPipelineSampler } from "./operations/pipeline-sampler.ts";
import { createReadiness, type ReadinessCheck } from "./operations/readiness.ts";
import { registerServerMetrics } from "./operations/server-metrics.ts";
import { createPositionRoutes } from "./positions/position-routes.ts";
import { listReaders } from "./readers/list-readers.ts";
import { createReaderHealthFollower } from "./readers/reader-health-follower.ts";
import { createReaderRoutes } from "./readers/reader-routes.ts";
import { createReaderStore } from "./readers/reader-store.ts";
import { createReaderMappingRoutes } from "./reader-mappings/reader-mapping-routes.ts";
import { createReaderMappingStore } from "./reader-mappings/reader-mapping-store.ts";
import { isLoopbackHost, type ServerConfig } from "./server-config.ts";
import { createReportRoutes } from "./reports/report-routes.ts";
import { createSqlHelpRoutes } from "./sql-help/sql-help-routes.ts";
import { createReportRunner } from "./reports/report-runner.ts";
import { createSessionRoutes } from "./sessions/session-routes.ts";
import { createSessionStore } from "./sessions/session-store.ts";
import { createSettingsAnnouncer } from "./settings/settings-announcer.ts";
import { createReadPointRoutes } from "./settings/read-point-routes.ts";
import { followSettings } from "./settings/settings-follower.ts";
import { createTrackingSettingsRoutes } from "./settings/tracking-settings-routes.ts";
import { createTrackingSettingsStore } from "./settings/tracking-settings-store.ts";
import { createStaticFiles } from "./static/static-files.ts";
import { createEventStreamRoutes } from "./stream/event-stream-route.ts";
import { createStreamConnections } from "./stream/stream-connections.ts";
import { createStreamHub } from "./stream/stream-hub.ts";
import { mountStream } from "./stream/stream-route.ts";
import { createTasks } from "./tasks/create-tasks.ts";

const MINUTE_MS = 60_000;
/** Addresses whose rate is kept in mind. */
const MAX_RATED_ADDRESSES = 20_000;

export type ServerDeps = {
  db: Database;
  /** Another connection, for imports: their long steps then hold up nobody. */
  importDb: Database;
  /** Another one, for the commits of reservations: they wait behind nothing else. */
  grantsDb: Database;
  /** Another one, for what reads much: items and the lists for people. */
  reportsDb: Database;
  /** For analysts' SQL; without it `/clickhouse/` is not there. */
  analysts?: AnalystEngine;
  bus: MessageBus;
  /** Handed in because the embedded broker asks the same store. `start()` loads it. */
  keys: KeyStore;
  logger: Logger;
  metrics: Registry;
  /** Unix milliseconds. */
  nowMs(): number;
  config: ServerConfig;
  /** It shows a simulated chain: the dashboard offers its tour. */
  isDemo?: boolean;
  /** Of Onhand, for the documents. */
  version: string;
  /** The built dashboard; null serves none. */
  staticDirectory: string | null;
  /** A bearer token of the machine's owner, with an admin's rights; null for none. */
  ownerToken: string | null;
  extraReadinessChecks?: readonly ReadinessCheck[];
  extraRoutes?: readonly Route[];
};

export type Server = ReturnType<typeof createServer>;

/** The process that answers: HTTP, WebSocket, documents, the dashboard's files. Nothing runs before `start()`. */
export function createServer(deps: ServerDeps) {
  const { db, bus, keys, logger, nowMs, config } = deps;
  const root = config.topicRoot;
  const shared = { db, bus, keys, logger, nowMs, config, root };
  const databases = { grantsDb: deps.grantsDb, reportsDb: deps.reportsDb };

  // What is known
  const nextVersion = createVersionClock(nowMs);
  const known = createAnswers({ ...shared, ...databases, registry: deps.metrics, nextVersion });
  const { projection, granting, rules, incoming, reader } = known;
  const locations = createLocationStore({ db, nextVersion });
  const products = createProductStore({ db, nextVersion });
  const readers = createReaderStore({ db, nextVersion });
  const tagMappings = createTagMappingStore({ db, nextVersion });
  const tracking = createTrackingSettingsStore({ db, nextVersion, nowMs });
  const readerHealth = createReaderHealthFollower(shared);

  // What is changed and told
  const settings = createSettingsAnnouncer(shared);
  const audit = createAuditLog(shared);
  const noteChange = createNoteChange({ audit, settings });
  const publisher = createEventPublisher({ bus, root, timeoutMs: config.receiptTimeoutMs, logger });
  const { maxBodyBytes } = config;
  const epcis = createEpcis({
    ...shared,
    publisher,
    locations,
    readers,
    audit,
    settings,
    nextVersion,
    maxBodyBytes,
  });

  const promises = createPromises({
    ...shared,
    ...databases,
    registry: deps.metrics,
    version: deps.version,
    known,
    publishEvent: publisher.publishEvent,
    audit,
    roleOf: (keyId) => keys.list().find((key) => key.keyId === keyId)?.role ?? null,
    nextVersion,
  });
  const customers = createCustomers({
    ...shared,
    reportsDb: deps.reportsDb,
    role: granting,
    audit,
    nextVersion,
    tellWebhooks: promises.tellWebhooks,
  });
  const lifetimeValue = createLifetimeValue({
    ...shared,
    db: deps.reportsDb,
    role: granting,
    hour: config.lifetimeValueHour < 0 ? null : config.lifetimeValueHour,
    audit,
    nextVersion,
  });
  const deadLetters = createDeadLetters({ ...shared, registry: deps.metrics, audit, publisher });

  // Who may ask
  const sessions = createSessionStore({
    nowMs,
    sessionLifetimeMs: config.sessionHours * 60 * MINUTE_MS,
    codeLifetimeMs: config.loginCodeMinutes * MINUTE_MS,
    isLiveKey: (keyId) => keys.live(keyId) !== null,
  });
  const tasks = createTasks({
    ...shared,
    ...databases,
    granting,
    orders: promises.orders,
    places: promises.places,
    publishEvent: publisher.publishEvent,
    tellWebhooks: promises.tellWebhooks,
    sessions,
    audit,
    registry: deps.metrics,
    nextVersion,
  });
  const lists = createListStore({ db: deps.reportsDb, nowMs });
  const attention = createAttentionDesk({
    ...shared,
    db: deps.reportsDb,
    lists,
    products,
    ...promises.attention,
    tasks: () => tasks.desk.list(() => true, true),
    readers: () => listReaders({ store: readers, health: readerHealth, nowMs }),
  });
  const identify = createIdentify({ keys, sessions, ownerToken: deps.ownerToken });
  const isLocalOnly = isLoopbackHost(config.host);
  const checkHost = createHostCheck({ host: config.host, hosts: config.hosts, isLocalOnly });
  const buckets = createTokenBuckets({
    perSecond: config.publishableRequestsPerSecond,
    burst: config.publishableBurst,
    maxNames: MAX_RATED_ADDRESSES,
    now: nowMs,
  });

  // The live stream
  const hub = createStreamHub({ ...shared, projection, reader });
  const connections = createStreamConnections({ ...shared, hub, projection, sessions });

  // Routes
  const readiness = createReadiness({
    ...shared,
    projection,
    extra: [
      { name: "reservations", reason: granting.reason },
      ...promises.readiness,
      ...(deps.extraReadinessChecks ?? []),
    ],
  });
  const items = createItemStore({ db: deps.reportsDb });
  const sampler = createPipelineSampler({ registry: deps.metrics, nowMs });
  const isSecure = config.tls !== null;
  const { serverId } = projection;
  const routes: Route[] = [
    ...createAvailabilityRoutes({
      projection,
      reader,
      nowMs,
      maxItemsPerQuery: config.maxItemsPerQuery,
      quantityCap: config.publishableQuantityCap,
      places: rules.places,
    }),
    ...createEventStreamRoutes({ connections }),
    ...promises.routes(noteChange),
    ...customers.routes,
    ...lifetimeValue.routes,
    ...tasks.routes,
    ...createPositionRoutes({ projection, reader, products, nowMs }),
    ...createEventRoutes({ publisher }),
    ...createCountRoutes({ store: createCountStore({ db, nowMs }), products, publisher, audit, nowMs }),
    ...epcis.routes,
    ...createLocationRoutes({ locations, readers, noteChange }),
    ...createOpeningRoutes({ locations, nowMs }),
    ...createProductRoutes({ products, noteChange }),
    ...rules.routes(noteChange),
    ...incoming.routes,
    ...createTagMappingRoutes({ store: tagMappings, noteChange }),
    ...createReaderRoutes({ store: readers, health: readerHealth, locations, noteChange, nowMs }),
    ...createTrackingSettingsRoutes({ store: tracking, locations, noteChange }),
    ...createReadPointRoutes({ store: tracking, locations, noteChange }),
    ...createReaderMappingRoutes({ store: createReaderMappingStore({ db, nextVersion }), noteChange }),
    ...deadLetters.routes,
    ...createItemRoutes({ store: items, products, nowMs }),
    ...createZoneStockRoutes({ store: items, nowMs }),
    ...createMovementRoutes({ store: createMovementStore({ db: deps.reportsDb }), nowMs }),
    ...createListRoutes({ store: lists, nowMs }),
    ...attention.routes,
    ...createFeeds({
      ...shared,
      db: deps.reportsDb,
      projection,
      reader,
      audit,
      registry: deps.metrics,
      nextVersion,
    }).routes,
    ...createUnmatchedRoutes({ db: deps.reportsDb, nowMs }),
    ...createErpRoutes({ store: createErpStore({ db: deps.reportsDb }) }),
    ...createReportRoutes({
      runner: createReportRunner({
        db: deps.reportsDb,
        nowMs,
        maxAgeMs: config.reportsMaxAgeSeconds * 1_000,
      }),
    }),
    ...createAnnotationRoutes({
      store: createAnnotationStore({ db, nextVersion }),
      locations,
      audit,
      nowMs,
    }),
    ...createSqlHelpRoutes({ db: deps.reportsDb }),
    ...createKeyRoutes({ keys, noteChange }),
    ...createSessionRoutes({
      sessions,
      keys,
      serverId,
      isSecure,
      isDemo: deps.isDemo === true,
      nowMs,
    }),
    ...createPipelineRoutes({ sampler, readiness, nowMs }),
    ...createOperationRoutes({ registry: deps.metrics, readiness, identify }),
    ...(deps.extraRoutes ?? []),
  ];
  routes.push(...createDocumentationRoutes({ routes: [...routes], topicRoot: root, version: deps.version }));

  const app = new Hono();
  // Before the routes: its address looks like that of a task.
  tasks.mountStream(app, { identify, checkHost });
  mountRoutes(app, routes, {
    identify,
    checkHost,
    takeToken: (name) => buckets.take(name),
    metrics: createHttpMetrics(deps.metrics),
    logger,
    maxBodyBytes: config.maxBodyBytes,
    timeoutMs: config.requestTimeoutSeconds * 1000,
  });
  mountImports(app, {
    db: deps.importDb,
    publishEvent: publisher.publishEvent,
    nowMs,
    identify,
    checkHost,
    async noteImport(changed, report) {
      await audit.record({
        actor: "admin",
        action: `import.${report.kind}`,
        subject: report.source,
        detail: report,
      });
      await settings.announce(changed);
    },
  });
  mountStream(app, { identify, checkHost, connections });
  if (deps.analysts !== undefined) {
    mountAnalysts(app, {
      engine: deps.analysts,
      maxRunning: config.sqlMaxQueries,
      identify,
      checkHost,
      registry: deps.metrics,
      logger,
    });
  }
  mountFallback(app, {
    routes,
    staticFiles: deps.staticDirectory === null ? null : createStaticFiles(deps.staticDirectory),
    checkHost,
    isPublishedOrigin: (origin) => keys.isPublishedOrigin(origin),
    logger,
  });
  registerServerMetrics({ registry: deps.metrics, projection, hub });
  const listener = createListener({ app, config });

  return {
    app,
    /** All routes with their rights: the documents and the tests are made of it. */
    routes: routes as readonly Route[],
    /** Publishes an event and waits for its receipt, as `POST /v1/events` does. */
    publishEvent: publisher.publishEvent,
    /** A path that signs one browser in as admin, once: the start link. */
    createLoginPath: () => sessions.createLoginPath({ role: "admin", locationId: null }).path,
    readiness,
    /** Positions in memory, and the stream's counts: for the benchmarks and the tests. */
    projection,
    stream: hub,
    /**
     * Loads keys, follows the broker and, unless told not to, listens. It answers while positions are still being loaded
     * (`not_ready`), so that probes see why. @returns the address, with the port that was taken.
     */
    async start(options: { listen?: boolean } = {}): Promise<{ url: string }> {
      await keys.load();
      settings.start();
      await followSettings({ bus, root, keys, logger });
      await publisher.start();
      await readerHealth.start();
      await known.start();
      connections.start();
      void epcis.start().catch((error: unknown) => {
        logger.error({ err: error }, "capture jobs that a stop cut off are not gone on with");
      });
      deadLetters.start();
      await promises.start();
      tasks.start();
      customers.start();
      lifetimeValue.start();
      sampler.start();
      void known.load().catch((error: unknown) => {
        logger.fatal({ err: error }, "positions cannot be followed");
      });
      return options.listen === false ? { url: "" } : await listener.start();
    },
    /** Tells sockets to go (1001), lets requests end, and cuts off what is left at the deadline. */
    async stop(options: { deadlineMs: number }): Promise<void> {
      sampler.stop();
      connections.stop();
      await deadLetters.stop();
      await promises.stop();
      await customers.stop();
      await lifetimeValue.stop();
      await listener.stop(options.deadlineMs);
      await tasks.stop();
      await promises.stopReturns();
      await known.stop();
    },
  };
}
