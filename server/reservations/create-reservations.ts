import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import type { Route } from "../http/route.ts";
import type { Projection } from "../projection/projection.ts";
import type { ServerConfig } from "../server-config.ts";
import type { FindAlternatives } from "./find-alternatives.ts";
import { createFulfilment } from "./fulfilment.ts";
import { createHoldHistory } from "./hold-history.ts";
import { createPublishableLimits } from "./publishable-limits.ts";
import { createRefusalProblem } from "./refusal-problem.ts";
import { createReservationDesk } from "./reservation-desk.ts";
import { registerReservationGauges } from "./reservation-metrics.ts";
import type { ReservationRole } from "./reservation-role.ts";
import type { ReservationStore } from "./reservation-store.ts";
import { createRiskAlerts } from "./risk-alerts.ts";
import { createChangeRoutes } from "./routes/change-routes.ts";
import { createFulfilRoute } from "./routes/fulfil-route.ts";
import { createHoldRoutes } from "./routes/hold-routes.ts";

const HOUR_MS = 3_600_000;

/** All that is built on the book of reservations: its routes, its alerts, its numbers. */
export function createReservations(deps: {
  role: ReservationRole;
  /** For what looks back: it holds up nobody. */
  reportsDb: Database;
  store: ReservationStore;
  projection: Projection;
  reader: AvailabilityReader;
  publishEvent: PublishEvent;
  bus: MessageBus;
  root: string;
  config: ServerConfig;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
  /** Where else missed units are. */
  findAlternatives: FindAlternatives;
}) {
  const { role, projection, config, findAlternatives } = deps;
  const availableOf = deps.reader.unitsFor;
  const quantityCap = config.publishableQuantityCap;
  const toProblem = createRefusalProblem({ findAlternatives });
  const desk = createReservationDesk({
    ...deps,
    isProjectionLoaded: projection.isLoaded,
    availableOf,
    toProblem,
  });
  const limits = createPublishableLimits({
    quantityCap,
    isLive(reservationId) {
      const record = role.book().record(reservationId);
      return record !== undefined && role.book().isLive(record);
    },
  });
  role.onDurable(createRiskAlerts({ ...deps, findAlternatives }));
  registerReservationGauges(deps);
  const fulfil = createFulfilment(deps);
  const routes: Route[] = [
    ...createHoldRoutes({ desk, limits, quantityCap }),
    ...createChangeRoutes({ desk, quantityCap, confirmedHoldMs: config.confirmedHoldHours * HOUR_MS }),
    createFulfilRoute({ desk, fulfil, toProblem }),
  ];
  return { routes, desk, fulfil, toProblem, history: createHoldHistory({ ...deps, db: deps.reportsDb }) };
}
