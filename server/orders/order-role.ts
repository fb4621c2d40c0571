import type { Logger } from "pino";
import { OrderBook } from "../../domain/orders/order-book.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import type { Database } from "../../sql/database.ts";
import { pause } from "../../sql/pause.ts";
import { createCommitLog } from "../commit-log/commit-log.ts";
import { KEEP_KEYS_MS } from "../commit-log/key-book.ts";
import { loadKeys } from "../commit-log/load-keys.ts";
import type { GrantingSession, ReservationRole } from "../reservations/reservation-role.ts";
import { ORDER_LOG, plainOrderRow } from "./order-rows.ts";
import type { OrderStore } from "./order-store.ts";
import { createOrderWriter, type OrderWriter } from "./order-writer.ts";

const RETRY_MS = 1_000;
const FORGET_EVERY_MS = 60_000;
const MAX_LOADED_KEYS = 200_000;
/** How often what time and tills did to orders is looked for. */
const TICK_MS = 500;

export type OrderRole = ReturnType<typeof createOrderRole>;

/**
 * Holds the book of orders while this server is the one that grants reservations, and for no longer: orders are written under the
 * same lease. A new writer notes its epoch, loads the orders with something left to do, and mends what a crash left half done.
 */
export function createOrderRole(deps: {
  granting: ReservationRole;
  db: Database;
  store: OrderStore;
  logger: Logger;
  nowMs(): number;
  deadlineMs: number;
  onCommit(group: { rows: number; seconds: number }): void;
  onDecided(outcome: "placed" | "changed" | "refused" | "repeated"): void;
  /** What is left half done, once after each load and then again and again; it must not throw. */
  repair: { begin(writer: OrderWriter): void; tick(writer: OrderWriter): void };
}) {
  const { store, logger } = deps;
  let writer: OrderWriter | null = null;
  let reason: string | null = "Orders are being loaded from ClickHouse.";
  const listeners: ((events: readonly OrderEvent[]) => void)[] = [];

  function onDurable(events: readonly OrderEvent[]): void {
    for (const listener of listeners) listener(events);
  }

  /** Until the session ends; a load that fails is tried again. */
  async function follow(session: GrantingSession): Promise<void> {
    while (!session.signal.aborted) {
      try {
        await write(session);
      } catch (error) {
        reason = "Orders could not be loaded from ClickHouse; tried again soon.";
        logger.error({ err: error }, reason);
        await pause(RETRY_MS, session.signal);
      }
    }
    reason = null;
  }

  async function write(session: GrantingSession): Promise<void> {
    const last = await store.lastChange();
    const epoch = last.epoch + 1;
    const ordinal = last.ordinal + 1;
    const log = createCommitLog({
      ...deps,
      target: ORDER_LOG,
      lease: session.lease,
      epoch,
      lastOrdinal: last.ordinal,
      // The lease is that of the reservations: their session ends by itself.
      onLost: () => {},
    });
    try {
      const row = plainOrderRow({ ordinal, kind: "started", atMs: deps.nowMs() }, epoch, null);
      await log.durable(log.append([row], ordinal), Number.POSITIVE_INFINITY);
      const book = new OrderBook();
      for (const event of await store.live(deps.nowMs() - KEEP_KEYS_MS)) book.apply(event);
      book.noteOrdinal(ordinal);
      const keys = await loadKeys(store, { nowMs: deps.nowMs(), maxKeys: MAX_LOADED_KEYS });
      const mine = createOrderWriter({ ...deps, book, keys, log, session, epoch, onDurable });
      deps.repair.begin(mine);
      writer = mine;
      reason = null;
      logger.info({ epoch, open: book.openCount, keys: keys.size() }, "This server takes orders");
      await untilEnded(mine, session.signal);
    } finally {
      writer = null;
      if (session.signal.aborted && !session.isStopping()) log.stepDown();
      await log.stop({ deadlineMs: session.isStopping() ? 5_000 : 0 });
    }
  }

  async function untilEnded(mine: OrderWriter, signal: AbortSignal): Promise<void> {
    let forgotAtMs = deps.nowMs();
    while (await pause(TICK_MS, signal)) {
      deps.repair.tick(mine);
      const nowMs = deps.nowMs();
      if (nowMs - forgotAtMs < FORGET_EVERY_MS) continue;
      forgotAtMs = nowMs;
      mine.book.forgetEndedBefore(nowMs - KEEP_KEYS_MS);
      mine.keys.forget(nowMs, () => false);
    }
  }

  deps.granting.onSession(follow);

  return {
    /** Null unless this server takes orders. */
    writer: () => writer,
    onDurable(listener: (events: readonly OrderEvent[]) => void): void {
      listeners.push(listener);
    },
    /** Why orders are not taken though reservations are, for a person; null while all is well. */
    reason: (): string | null => {
      if (deps.granting.mode() !== "writer") return null;
      const blocked = writer?.log.blocked() ?? null;
      return blocked === null ? reason : `ClickHouse takes no orders: ${blocked}`;
    },
  };
}
