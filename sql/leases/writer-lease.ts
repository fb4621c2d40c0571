import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import type { Database } from "../database.ts";
import { loadQuery } from "../load-query.ts";
import { pause } from "../pause.ts";

const settleMs = 500;

const leaseRow = z.object({ epoch: z.number(), holder: z.string(), age_ms: z.number() });
const namedLeaseRow = z.object({ name: z.string(), newest_holder: z.string(), age_ms: z.number() });

export type WriterLease = {
  /** Waits as standby until this process is the writer. Resolves false when `signal` aborted first. */
  acquire(signal: AbortSignal): Promise<boolean>;
  /**
   * Asked before every write. True at once while the lease was confirmed lately; else it is renewed first. False when
   * another process took over; rejects while ClickHouse does not answer.
   */
  mayWrite(): Promise<boolean>;
  /** Asked after every commit, before it is acknowledged: reads the newest epoch back. Rejects like `mayWrite`. */
  isStillHeld(): Promise<boolean>;
  /** What keeps this process from writing, for a person; null while it holds the lease. */
  reason(): string | null;
  release(): Promise<void>;
};

export type WriterLeaseDeps = {
  /** A connection on which no long statement stands in the way. */
  db: Database;
  logger: Logger;
  /** What is owned; two processes with the same name stand in for each other. */
  name: string;
  /** Whether who holds the lease of that other name would write what this one writes. */
  isInConflict(otherName: string): boolean;
  /** For people: who holds such a lease, what it is for, and what becomes of its holder who lost it. */
  words: { holder: string; owned: string; whenLost: string };
  /** A lease that was not renewed for this long is free. Longer than any pause of a healthy writer. */
  leaseMs: number;
  /** Called once, when another holder took over: stop at once. */
  onLost(): void;
};

/** Where the engine itself lets one process in, its lock is the lease. */
export const LOCKED_BY_ENGINE: WriterLease = {
  acquire: async () => true,
  mayWrite: async () => true,
  isStillHeld: async () => true,
  reason: () => null,
  release: async () => {},
};

/** Sees to it that one process at a time writes what the lease is for (docs/adr/0004-a-lease-for-the-writer.md). */
export function createWriterLease(deps: WriterLeaseDeps): WriterLease {
  const { db, logger, name, leaseMs, words } = deps;
  const holder = randomUUID();
  const renewEveryMs = leaseMs / 4;
  /** The rest of the lease is for a write on its way: another process may take over at its end. */
  const trustedMs = leaseMs * 0.75;
  let epoch = 0;
  let state: "standby" | "held" | "lost" | "released" = "standby";
  /** Taken before the last renewal that was read back. */
  let confirmed = now();
  let conflict: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let renewing: Promise<boolean> | null = null;

  const newestLease = async () => {
    const [row] = await db.query({
      name: "leases/current-lease",
      sql: loadQuery("leases/current-lease"),
      params: { name },
      row: leaseRow,
    });
    return row ?? null;
  };
  const write = (as: string) =>
    db.insert({
      name: "leases/renew-lease",
      table: "leases",
      columns: ["name", "epoch", "holder"],
      rows: [[name, epoch, as]],
    });

  /** The fresh lease of another name that stands in the way, null when there is none. */
  async function conflictingName(): Promise<string | null> {
    const leases = await db.query({
      name: "leases/current-leases",
      sql: loadQuery("leases/current-leases"),
      row: namedLeaseRow,
    });
    const other = leases.find(
      (lease) =>
        lease.name !== name &&
        lease.newest_holder !== "" &&
        lease.age_ms <= leaseMs &&
        deps.isInConflict(lease.name),
    );
    return other?.name ?? null;
  }

  async function isNewest(): Promise<boolean> {
    if (state !== "held") return false;
    const newest = await newestLease();
    if (newest?.epoch === epoch && newest.holder === holder) return true;
    lose(newest);
    return false;
  }

  function lose(newest: unknown): void {
    if (state !== "held") return;
    state = "lost";
    stopRenewing();
    logger.fatal({ epoch, newest }, `Another ${words.holder} took over ${words.owned}. ${words.whenLost}`);
    deps.onLost();
  }

  /** Reads back what it wrote: another process that found the lease free meanwhile is seen, here or by its own look. */
  async function renew(): Promise<boolean> {
    const begun = now();
    if (!(await isNewest())) return false;
    await write(holder);
    if (!(await isNewest())) return false;
    confirmed = begun;
    return true;
  }

  /** One renewal at a time; who asks meanwhile waits for it. */
  function renewOnce(): Promise<boolean> {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  function stopRenewing(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  async function tryToAcquire(newest: z.infer<typeof leaseRow> | null): Promise<boolean> {
    const begun = now();
    epoch = (newest?.epoch ?? 0) + 1;
    await write(holder);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const winner = await newestLease();
    if (winner?.epoch !== epoch || winner.holder !== holder) return false;
    // Another that began at the same moment sees this one too: both give way, and one of them comes back first.
    if ((await conflictingName()) !== null) {
      await write("");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * settleMs));
      return false;
    }
    state = "held";
    confirmed = begun;
    timer = setInterval(() => {
      renewOnce().catch((error: unknown) =>
        logger.warn({ error }, "The writer's lease could not be renewed; tried again soon."),
      );
    }, renewEveryMs);
    return true;
  }

  return {
    async acquire(signal) {
      let hasSaidSo = false;
      do {
        try {
          const newest = await newestLease();
          const isFree = newest === null || newest.age_ms > leaseMs || newest.holder === "";
          conflict = await conflictingName();
          if (isFree && conflict === null && (await tryToAcquire(newest))) return true;
          if (!hasSaidSo)
            logger.info(
              { newest, conflict },
              `Another ${words.holder} writes ${words.owned}. This one waits as standby.`,
            );
          hasSaidSo = true;
        } catch (error) {
          logger.warn({ error }, `Who writes ${words.owned} cannot be asked; this ${words.holder} waits.`);
        }
      } while (await pause(Math.min(1_000, renewEveryMs), signal));
      return false;
    },
    async mayWrite() {
      if (state !== "held") return false;
      return since(confirmed) < trustedMs || (await renewOnce());
    },
    isStillHeld: isNewest,
    reason() {
      if (state === "standby") {
        return conflict === null
          ? `waits as standby: another ${words.holder} writes ${words.owned}`
          : `waits as standby: the lease "${conflict}" is for some of the same locations`;
      }
      if (state === "lost") return `another ${words.holder} took over ${words.owned}; this one stops`;
      const seconds = Math.round(since(confirmed) / 1000);
      return since(confirmed) < trustedMs
        ? null
        : `the writer's lease was last confirmed ${seconds} s ago: ClickHouse does not answer`;
    },
    async release() {
      stopRenewing();
      await renewing?.catch(() => false);
      if (state !== "held") return;
      state = "released";
      await write("");
    },
  };
}

type Instant = { monotonicMs: number; wallMs: number };

function now(): Instant {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}

/** By the clock that went further: the monotonic one stands still while a machine sleeps, the other one may be set back. */
function since(instant: Instant): number {
  return Math.max(performance.now() - instant.monotonicMs, Date.now() - instant.wallMs);
}
