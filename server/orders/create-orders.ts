import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { Route } from "../http/route.ts";
import { createTagMappingStore } from "../master-data/tag-mapping-store.ts";
import type { Projection } from "../projection/projection.ts";
import type { PromisePlaces } from "../promise/promise-places.ts";
import type { WorkOf } from "../promise/store-pace.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";
import type { createFulfilment } from "../reservations/fulfilment.ts";
import type { createRefusalProblem } from "../reservations/refusal-problem.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import type { ServerConfig } from "../server-config.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { createOrderDesk } from "./create-order-desk.ts";
import { createHandOverSale } from "./hand-over-sale.ts";
import { createOpenWork } from "./open-work.ts";
import { createOrderContexts } from "./order-contexts.ts";
import { createOrderIntake } from "./order-intake.ts";
import { createOrderItems } from "./order-items.ts";
import { createOrderMetrics, registerOrderGauges } from "./order-metrics.ts";
import { createOrderProblem } from "./order-problem.ts";
import { createOrderPromise } from "./order-promise.ts";
import { createOrderRepair } from "./order-repair.ts";
import { createOrderRole } from "./order-role.ts";
import { createOrderStore } from "./order-store.ts";
import { createPickupCodes } from "./pickup-codes.ts";
import { createOrderRoutes } from "./routes/order-routes.ts";
import { createStepRoutes } from "./routes/step-routes.ts";

/** Orders: their book and its writer, the desk that is asked, and its routes. */
export function createOrders(deps: {
  db: Database;
  grantsDb: Database;
  granting: ReservationRole;
  projection: Projection;
  reader: AvailabilityReader;
  places: PromisePlaces;
  workOf: WorkOf;
  findAlternatives: FindAlternatives;
  fulfil: ReturnType<typeof createFulfilment>;
  toReservationProblem: ReturnType<typeof createRefusalProblem>;
  bus: MessageBus;
  root: string;
  config: ServerConfig;
  registry: Registry;
  logger: Logger;
  roleOf(keyId: string): string | null;
  nextVersion(): number;
  nowMs(): number;
}) {
  const { db, config, projection, places } = deps;
  const store = createOrderStore({ db });
  const contexts = createOrderContexts({
    ...deps,
    promiseOf: createOrderPromise({ places, workOf: deps.workOf }),
  });
  const sale = createHandOverSale({ ...deps, contexts });
  const role = createOrderRole({
    ...deps,
    ...createOrderMetrics(deps.registry),
    db: deps.grantsDb,
    store,
    deadlineMs: config.grantTimeoutMs,
    repair: createOrderRepair({ ...deps, contexts, goOn: sale.goOn }),
  });
  const codes = createPickupCodes({ ...deps, box: createSecretBox(config.webhooks.encryptionKey) });
  const mappings = createTagMappingStore({ db, nextVersion: deps.nextVersion });
  const desk = createOrderDesk({
    ...deps,
    role,
    store,
    contexts,
    codes,
    sale,
    itemsOf: createOrderItems({ mappingOf: mappings.find }),
    toProblem: createOrderProblem({ toProblem: deps.toReservationProblem }),
    isProjectionLoaded: projection.isLoaded,
    whyNotOffered(locationId, method) {
      const location = places.find(locationId);
      const isPickup = method === "pickup" || method === "curbside";
      if (location === null || !isPickup) return null;
      if (!location.pickup.isOffered) return `Location ${locationId} offers no pickup.`;
      return method === "curbside" && !location.pickup.hasCurbside
        ? `Location ${locationId} hands nothing over at the curb.`
        : null;
    },
  });
  registerOrderGauges({ registry: deps.registry, role, nowMs: deps.nowMs });
  const intake = createOrderIntake({ ...deps, role, desk });
  deps.granting.onSession((session) => intake.run(session.signal));
  const routes: Route[] = [...createOrderRoutes({ desk, codes }), ...createStepRoutes({ desk })];
  const ordersAhead = createOpenWork({ ...deps, book: () => role.writer()?.book ?? null });
  return { desk, ordersAhead, routes, readiness: { name: "orders", reason: role.reason } };
}
