import type { Logger } from "pino";
import { Gauge, type Registry } from "prom-client";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

const MINUTE_MS = 60_000;
const COUNT_EVERY_MS = MINUTE_MS;
const FORGET_EVERY_MS = 24 * 60 * MINUTE_MS;

/** Counts open dead letters for the metric, and deletes those that were settled `keepMs` ago. */
export function createDeadLetterUpkeep(deps: {
  db: Database;
  registry: Registry;
  keepMs: number;
  nowMs(): number;
  logger: Logger;
}) {
  const { db, logger } = deps;
  const gauge = new Gauge({
    name: "onhand_dead_letters_open",
    help: "Dead letters that nobody has dealt with, counted once a minute",
    registers: [deps.registry],
  });
  const timers: NodeJS.Timeout[] = [];

  async function countOpen(): Promise<void> {
    const [row] = await db.query({
      name: "dead-letters/count-open",
      sql: loadQuery("dead-letters/count-open"),
      row: z.object({ letters: z.number() }),
    });
    gauge.set(row?.letters ?? 0);
  }

  async function forgetResolved(): Promise<void> {
    await db.command({
      name: "dead-letters/forget-resolved",
      sql: loadQuery("dead-letters/forget-resolved"),
      params: { before: new Date(deps.nowMs() - deps.keepMs) },
    });
  }

  const quietly = (what: string, work: () => Promise<void>) => () => {
    work().catch((error: unknown) => {
      logger.warn({ err: error }, `${what} failed; it is tried again later`);
    });
  };

  return {
    countOpen,
    forgetResolved,
    start(): void {
      const count = quietly("Counting open dead letters", countOpen);
      const forget = quietly("Deleting settled dead letters", forgetResolved);
      count();
      timers.push(setInterval(count, COUNT_EVERY_MS), setInterval(forget, FORGET_EVERY_MS));
    },
    stop(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
