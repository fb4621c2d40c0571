import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import { pause } from "../../sql/pause.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import { createDocumentLog } from "../commit-log/document-log.ts";
import type { WriterTurn } from "../commit-log/writer-turn.ts";
import type { PublishEvent } from "../events/event-publisher.ts";
import type { Route } from "../http/route.ts";
import { identitiesOf } from "../items/tag-forms.ts";
import { createMissDesk } from "../misses/miss-desk.ts";
import { createMissRoutes } from "../misses/miss-routes.ts";
import { createMissStore } from "../misses/miss-store.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { HttpProblem } from "../problems.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";
import type { ReservationRole } from "../reservations/reservation-role.ts";
import type { TellWebhooks } from "../webhooks/tell-webhooks.ts";
import { createFindOrigin } from "./find-origin.ts";
import { createPurchaseRoute } from "./purchase-route.ts";
import { createReturnDesk } from "./return-desk.ts";
import { createReturnProgress } from "./return-progress.ts";
import { createReturnRoutes } from "./return-routes.ts";
import { createReturnStore } from "./return-store.ts";
import { createReturnsInMemory } from "./returns-in-memory.ts";
import { createTellChanges } from "./tell-changes.ts";

const RETRY_MS = 1_000;
/** What is under way then goes on at the next start. */
const STOP_MS = 2_000;
/** What is left in the middle this long is gone on with by itself. */
const STUCK_MS = 15_000;
const LOOK_EVERY_MS = 5_000;

/** Goods that come back, and sales that are saved elsewhere: both are written by the server that grants, and end in orders. */
export function createReturns(deps: {
  /** For what is written, and for what is read of it. */
  db: Database;
  reportsDb: Database;
  granting: Pick<ReservationRole, "mode" | "onTurn">;
  orders: OrderDesk;
  publishEvent: PublishEvent;
  reader: AvailabilityReader;
  findAlternatives: FindAlternatives;
  tellWebhooks: TellWebhooks;
  logger: Logger;
  nowMs(): number;
  deadlineMs: number;
}) {
  const { logger, reportsDb } = deps;
  const log = createDocumentLog({ ...deps, area: "returns", table: "return_log" });
  const missLog = createDocumentLog({ ...deps, area: "misses", table: "miss_log" });
  const told = createTellChanges({ ...deps, db: reportsDb });
  const memory = createReturnsInMemory({ ...deps, log, onChanged: told.ofReturn });
  const store = createReturnStore({ db: reportsDb });
  const progress = createReturnProgress({ ...deps, memory });
  const findOrigin = createFindOrigin({ store, desk: deps.orders, identityOf: identityOrNull });
  const desk = createReturnDesk({ ...deps, log, memory, store, progress, findOrigin, identityOf });
  const misses = createMissDesk({ ...deps, log: missLog, onChanged: told.ofMiss });

  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  /** As long as this server grants: loads what a crash left in the middle, and finishes what got stuck. */
  async function work(turn: WriterTurn): Promise<void> {
    const signal = AbortSignal.any([turn.ended, stopping.signal]);
    let stuckMisses = await begin(turn, signal);
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const beforeMs = isFirst ? Number.POSITIVE_INFINITY : deps.nowMs() - STUCK_MS;
      for (const { returnId, changedAt } of memory.underWay()) {
        if (signal.aborted || Date.parse(changedAt) >= beforeMs) continue;
        await goOn(() => progress.goOn(returnId), { returnId });
      }
      const left: string[] = [];
      for (const missId of stuckMisses) {
        if (!(await goOn(() => misses.goOn(missId), { missId }))) left.push(missId);
      }
      stuckMisses = left;
      memory.forget();
      await pause(LOOK_EVERY_MS, signal);
    }
  }

  /** Ids of the misses whose orders were on their way. */
  async function begin(turn: WriterTurn, signal: AbortSignal): Promise<string[]> {
    while (!signal.aborted) {
      try {
        memory.replace(await log.begin(turn));
        const stuck = (await missLog.begin(turn)).map(missIdOf);
        await told.lastOnes();
        return stuck;
      } catch (error) {
        logger.error({ err: error }, "Returns cannot be loaded from ClickHouse; tried again soon.");
        await log.stop();
        await pause(RETRY_MS, signal);
      }
    }
    return [];
  }

  async function goOn(step: () => Promise<unknown>, names: object): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      logger.warn({ err: error, ...names }, "what is under way could not be finished; it is tried again");
      return false;
    }
  }

  deps.granting.onTurn((turn) => {
    running = running.then(() => work(turn));
  });
  const routes: Route[] = [
    createPurchaseRoute({ desk }),
    ...createReturnRoutes({ desk, store }),
    ...createMissRoutes({ desk: misses, store: createMissStore({ db: reportsDb }) }),
  ];
  return {
    desk,
    routes,
    readiness: {
      name: "returns",
      reason: () =>
        deps.granting.mode() === "writer" && !missLog.isWriter()
          ? "Returns and misses are being loaded from ClickHouse."
          : null,
    },
    /** Before the server stops granting, so that what is on its way becomes durable. */
    async stop(): Promise<void> {
      stopping.abort();
      const waiting = new AbortController();
      await Promise.race([running, pause(STOP_MS, waiting.signal)]);
      waiting.abort();
      await log.stop();
      await missLog.stop();
    },
  };
}

function missIdOf(text: string): string {
  const miss: { missId?: unknown } = JSON.parse(text);
  return String(miss.missId);
}

/** The identity of the one item that a text names; null for none and for several. */
function identityOrNull(epc: string): string | null {
  const identities = identitiesOf(epc);
  return identities.ok ? (identities.value[0] ?? null) : null;
}

function identityOf(epc: string): string {
  const identity = identityOrNull(epc);
  if (identity === null) throw new HttpProblem("invalid_epc", `${epc.slice(0, 100)} names no item.`);
  return identity;
}
