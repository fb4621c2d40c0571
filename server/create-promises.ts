import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../domain/message-bus.ts";
import type { Database } from "../sql/database.ts";
import type { AuditLog } from "./audit/audit-log.ts";
import type { Answers } from "./create-answers.ts";
import { createConnectors } from "./connectors/create-connectors.ts";
import { createProof } from "./explain/create-proof.ts";
import type { PublishEvent } from "./events/event-publisher.ts";
import type { Route } from "./http/route.ts";
import type { NoteChange } from "./master-data/change.ts";
import { createOrders } from "./orders/create-orders.ts";
import { createPromise } from "./promise/create-promise.ts";
import { createReservations } from "./reservations/create-reservations.ts";
import { createReturns } from "./returns/create-returns.ts";
import type { ServerConfig } from "./server-config.ts";
import { createWebhooks } from "./webhooks/create-webhooks.ts";

/** Orders and holds that are looked at for what needs somebody, the newest. */
const MOST_LOOKED_AT = 5_000;

/** Reservations, ways to fulfil a basket, the proof of every number, and the webhooks that tell of all of it. */
export function createPromises(deps: {
  db: Database;
  grantsDb: Database;
  reportsDb: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  registry: Registry;
  config: ServerConfig;
  version: string;
  known: Answers;
  publishEvent: PublishEvent;
  audit: AuditLog;
  /** Of the key with that id, revoked or not; null when there is none. */
  roleOf(keyId: string): string | null;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { config, known, registry } = deps;
  const { projection, reader, granting } = known;
  const promise = createPromise({
    ...deps,
    projection,
    reader,
    quantityCap: config.publishableQuantityCap,
    ordersAhead: (locationId) => orders.ordersAhead(locationId),
  });
  const reservations = createReservations({
    ...deps,
    role: granting,
    store: known.reservationStore,
    projection,
    reader,
    findAlternatives: promise.findAlternatives,
  });
  const orders = createOrders({
    ...deps,
    granting,
    projection,
    reader,
    places: promise.places,
    workOf: promise.workOf,
    findAlternatives: promise.findAlternatives,
    fulfil: reservations.fulfil,
    toReservationProblem: reservations.toProblem,
  });
  const returns = createReturns({
    ...deps,
    db: deps.grantsDb,
    granting,
    orders: orders.desk,
    reader,
    findAlternatives: promise.findAlternatives,
    tellWebhooks: (events) => webhooks.tell(events),
    deadlineMs: config.grantTimeoutMs,
  });
  const connectors = createConnectors({
    ...deps,
    db: deps.grantsDb,
    granting,
    orders: orders.desk,
    returns: returns.desk,
    reader,
    deadlineMs: config.grantTimeoutMs,
  });
  const proof = createProof({
    ...deps,
    db: deps.reportsDb,
    projection,
    reader,
    odds: known.odds,
    holds: reservations.history,
    held: reservations.history,
    rules: known.rules.history,
    everySeconds: config.reconcileEverySeconds,
  });
  const { findAlternatives } = promise;
  const webhooks = createWebhooks({
    ...deps,
    role: granting,
    projection,
    reader,
    findAlternatives,
    registry,
  });

  return {
    /** What tasks, returns and others ask of orders. */
    orders: orders.desk,
    places: promise.places,
    /** What may need somebody, as it is in memory. */
    attention: {
      orders: () =>
        orders.desk
          .list(({ notices }) => notices.length > 0, Number.POSITIVE_INFINITY, MOST_LOOKED_AT)
          .map(({ order }) => order),
      holdsAtRisk: () =>
        reservations.desk
          .list(({ isAtRisk }) => isAtRisk, Number.POSITIVE_INFINITY, MOST_LOOKED_AT)
          .map(({ reservation }) => reservation),
      checks: proof.lastChecks,
      webhooks: webhooks.all,
    },
    async stopReturns(): Promise<void> {
      await connectors.stop();
      await returns.stop();
    },
    routes: (noteChange: NoteChange): Route[] => [
      ...proof.routes,
      ...reservations.routes,
      ...orders.routes,
      ...returns.routes,
      ...connectors.routes,
      ...promise.routes({ desk: reservations.desk, noteChange }),
      ...webhooks.routes,
    ],
    readiness: [proof.readiness, orders.readiness, returns.readiness, connectors.readiness],
    tellWebhooks: webhooks.tell,
    async start(): Promise<void> {
      proof.start();
      await promise.start();
      webhooks.start();
    },
    async stop(): Promise<void> {
      await webhooks.stop();
      await proof.stop();
      await promise.stop();
    },
  };
}
