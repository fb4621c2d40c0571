import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Database } from "../../sql/database.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import type { EventPublisher } from "../events/event-publisher.ts";
import type { Route } from "../http/route.ts";
import { createDeadLetterRoutes } from "./dead-letter-routes.ts";
import { createDeadLetterStore } from "./dead-letter-store.ts";
import { createDeadLetterUpkeep } from "./dead-letter-upkeep.ts";
import { createReplayJobs } from "./replay-jobs.ts";
import { createReplayer } from "./replayer.ts";
import { createSettleRoutes } from "./settle-routes.ts";

/** A settled dead letter is kept for so long. */
const KEEP_SETTLED_MS = 30 * 24 * 3_600_000;

/** All of dead letters on the server's side: looking at them, dealing with them, counting and forgetting them. */
export function createDeadLetters(deps: {
  db: Database;
  root: string;
  nowMs(): number;
  logger: Logger;
  registry: Registry;
  audit: AuditLog;
  publisher: EventPublisher;
}) {
  const store = createDeadLetterStore(deps);
  const replayer = createReplayer({ ...deps, store });
  const jobs = createReplayJobs({ ...deps, store, replayer });
  const upkeep = createDeadLetterUpkeep({ ...deps, keepMs: KEEP_SETTLED_MS });
  const routes: Route[] = [
    ...createDeadLetterRoutes({ store }),
    ...createSettleRoutes({ ...deps, store, replayer, jobs }),
  ];
  return {
    routes,
    start: () => upkeep.start(),
    async stop(): Promise<void> {
      upkeep.stop();
      await jobs.stopAll();
    },
  };
}
