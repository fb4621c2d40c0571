import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import { pause } from "../../sql/pause.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { Route } from "../http/route.ts";
import type { ServerConfig } from "../server-config.ts";
import { createOfferDesk } from "../offers/offer-desk.ts";
import { createOfferRoutes } from "../offers/offer-routes.ts";
import { createOfferStore } from "../offers/offer-store.ts";
import type { TellWebhooks } from "../webhooks/tell-webhooks.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import { createCustomerDesk } from "./customer-desk.ts";
import type { CustomerRow } from "./customer-rows.ts";
import { toWebhookEvents } from "./customer-told.ts";
import { createCustomerRoutes } from "./customer-routes.ts";
import { createCustomerStore, type KnownCustomers } from "./customer-store.ts";
import { createEraser } from "./eraser.ts";
import { createCustomerExport } from "./export-customer.ts";
import { createPersonRoutes } from "./person-routes.ts";
import { createTurns } from "./turns.ts";

const RETRY_MS = 1_000;

/** All of customers and offers: who is whom, what they agreed to, what they were offered, and that they are forgotten. */
export function createCustomers(deps: {
  db: Database;
  reportsDb: Database;
  role: { mode(): "loading" | "writer" | "standby" };
  audit: AuditLog;
  tellWebhooks: TellWebhooks;
  config: ServerConfig;
  logger: Logger;
  nextVersion(): number;
  nowMs(): number;
}) {
  const stopping = new AbortController();
  const turns = createTurns(deps);
  const store = createCustomerStore(deps);
  const box = createSecretBox(deps.config.customersKey, "onhand contact facts of customers");
  /** What is durable and not told, because ClickHouse went away in between, is told after the next start. */
  async function tell(known: Pick<KnownCustomers, "graph">, rows: readonly CustomerRow[]): Promise<void> {
    await deps.tellWebhooks(toWebhookEvents(known, rows)).catch((error: unknown) => {
      deps.logger.warn({ err: error }, "webhooks are told of a change of customers after the next start");
    });
  }

  const shared = { ...deps, store, turns, box, tell };
  const desk = createCustomerDesk(shared);
  const eraser = createEraser(shared);
  const offers = createOfferStore(deps);
  const exportCustomer = createCustomerExport(shared);
  let finishing: Promise<void> = Promise.resolve();

  /** What another run may have written and not told: told again under the same ids. */
  async function tellLast(): Promise<void> {
    const rows = await store.lastWritten();
    const known = await store.load(rows.map((row) => row.customer_id));
    await deps.tellWebhooks(toWebhookEvents(known, rows));
  }

  /** Once, as soon as this server writes. */
  async function takeUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (deps.role.mode() === "writer") {
          const records = await eraser.finish();
          await tellLast();
          if (records > 0) deps.logger.info({ records }, "erasures that a stop cut off were gone on with");
          return;
        }
      } catch (error) {
        deps.logger.error(
          { err: error },
          "what a stop cut off of customers is not gone on with; tried again soon",
        );
      }
      await pause(RETRY_MS, stopping.signal);
    }
  }

  const routes: Route[] = [
    ...createCustomerRoutes({ ...shared, desk }),
    ...createPersonRoutes({ ...shared, desk, eraser, exportCustomer }),
    ...createOfferRoutes({
      ...shared,
      store: offers,
      desk: createOfferDesk({ ...shared, store: offers, customers: store }),
    }),
  ];
  return {
    routes,
    start(): void {
      finishing = takeUp();
    },
    async stop(): Promise<void> {
      stopping.abort();
      await finishing;
    },
  };
}
