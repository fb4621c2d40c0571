import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../sql/database.ts";
import { loadQuery } from "../sql/load-query.ts";

const leaseName = "ingest";
const renewEveryMs = 5_000;
/** A lease that was not renewed for this long is free. Longer than any pause of a healthy writer. */
const expiresAfterMs = 20_000;
const settleMs = 500;

const leaseRow = z.object({ epoch: z.number(), holder: z.string(), age_ms: z.number() });

export type WriterLease = {
  /** Waits as standby until this process is the writer. Resolves false when `signal` aborted first. */
  acquire(signal: AbortSignal): Promise<boolean>;
  release(): Promise<void>;
  /** False as soon as another process took over or the lease could not be renewed in time. */
  isHeld(): boolean;
};

/**
 * Sees to it that one ingest at a time writes the ledger: two would give the same sequences to different movements.
 * `onLost` is called once when another holder took over; the process must stop writing before it returns.
 */
export function createWriterLease(deps: { db: Database; logger: Logger; onLost(): void }): WriterLease {
  const holder = randomUUID();
  let epoch = 0;
  let timer: NodeJS.Timeout | null = null;
  let isHeld = false;

  const current = async () => {
    const [row] = await deps.db.query({
      name: "ingest/current-lease",
      sql: loadQuery("ingest/current-lease"),
      params: { name: leaseName },
      row: leaseRow,
    });
    return row ?? null;
  };
  const write = () =>
    deps.db.insert({
      name: "ingest/renew-lease",
      table: "leases",
      columns: ["name", "epoch", "holder"],
      rows: [[leaseName, epoch, holder]],
    });
  const renew = async () => {
    try {
      const newest = await current();
      if (newest !== null && (newest.epoch > epoch || (newest.epoch === epoch && newest.holder !== holder))) {
        isHeld = false;
        stopRenewing();
        deps.logger.fatal(
          { epoch, newest },
          "Another ingest took over the ledger. This one stops; what it had not acknowledged is delivered again.",
        );
        deps.onLost();
        return;
      }
      await write();
    } catch (error) {
      deps.logger.warn({ error }, "The writer's lease could not be renewed; tried again soon.");
    }
  };
  const stopRenewing = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    async acquire(signal) {
      let hasSaidSo = false;
      while (!signal.aborted) {
        const newest = await current();
        if (newest === null || newest.age_ms > expiresAfterMs || newest.holder === "") {
          epoch = (newest?.epoch ?? 0) + 1;
          await write();
          await new Promise((resolve) => setTimeout(resolve, settleMs));
          const winner = await current();
          if (winner?.epoch === epoch && winner.holder === holder) {
            isHeld = true;
            timer = setInterval(() => void renew(), renewEveryMs);
            return true;
          }
        }
        if (!hasSaidSo)
          deps.logger.info({ newest }, "Another ingest writes the ledger. This one waits as standby.");
        hasSaidSo = true;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      return false;
    },
    async release() {
      stopRenewing();
      if (!isHeld) return;
      isHeld = false;
      await deps.db.insert({
        name: "ingest/release-lease",
        table: "leases",
        columns: ["name", "epoch", "holder"],
        rows: [[leaseName, epoch, ""]],
      });
    },
    isHeld: () => isHeld,
  };
}
