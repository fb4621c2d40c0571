import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../domain/message-bus.ts";
import type { Database } from "../sql/database.ts";
import { createAvailabilityReader } from "./availability/availability-reader.ts";
import { createConfidence } from "./confidence/create-confidence.ts";
import { createIncoming } from "./incoming/create-incoming.ts";
import { createProjection } from "./projection/projection.ts";
import { createReservationMetrics } from "./reservations/reservation-metrics.ts";
import { createReservationRole } from "./reservations/reservation-role.ts";
import { createReservationStore } from "./reservations/reservation-store.ts";
import { createRules } from "./rules/create-rules.ts";
import type { ServerConfig } from "./server-config.ts";

export type Answers = ReturnType<typeof createAnswers>;

/**
 * What availability is answered from, in memory: the projection of the ledger, the live reservations, the odds of items, the
 * rules in force, and what is to come; and the reader that makes an answer of them.
 */
export function createAnswers(deps: {
  db: Database;
  grantsDb: Database;
  reportsDb: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  registry: Registry;
  config: ServerConfig;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { config } = deps;
  const projection = createProjection(deps);
  const reservationStore = createReservationStore({ db: deps.db });
  const granting = createReservationRole({
    ...deps,
    ...createReservationMetrics(deps.registry),
    db: deps.grantsDb,
    store: reservationStore,
    projection,
    deadlineMs: config.grantTimeoutMs,
    leaseMs: config.grantLeaseSeconds * 1000,
  });
  const confidence = createConfidence({ ...deps, projection, db: deps.reportsDb });
  const { odds } = confidence;
  const rules = createRules({
    ...deps,
    projection,
    reserved: granting,
    reservedByChannel: granting.unitsOfChannelAt,
  });
  const incoming = createIncoming({
    ...deps,
    projection,
    reserved: granting,
    rules,
    clockOf: rules.clockOf,
    settings: { graceHours: config.incomingGraceHours, transitHours: config.transferTransitHours },
  });
  const reader = createAvailabilityReader({
    projection,
    reserved: granting,
    rules,
    odds,
    incoming: incoming.stock,
    nowMs: deps.nowMs,
  });

  return {
    projection,
    granting,
    reservationStore,
    odds,
    rules,
    incoming,
    reader,
    async start(): Promise<void> {
      await rules.start();
      incoming.start();
      confidence.start();
    },
    /** Resolves when positions are loaded; granting, or following the server that grants, begins then. */
    async load(): Promise<void> {
      await projection.start();
      granting.start();
    },
    /** After the last request was answered. */
    async stop(): Promise<void> {
      rules.stop();
      incoming.stop();
      await confidence.stop();
      await granting.stop();
      await projection.stop();
    },
  };
}
