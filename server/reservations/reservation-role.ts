import type { Logger } from "pino";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import { ReservationBook } from "../../domain/reservations/reservation-book.ts";
import type { ReservationEvent } from "../../domain/reservations/reservation-event.ts";
import type { Database } from "../../sql/database.ts";
import { createWriterLease, LOCKED_BY_ENGINE } from "../../sql/leases/writer-lease.ts";
import { pause } from "../../sql/pause.ts";
import type { Projection } from "../projection/projection.ts";
import type { SequencedMovement } from "../projection/sequence-follower.ts";
import { type CommitLog, createCommitLog } from "../commit-log/commit-log.ts";
import { aborted, type WriterTurn } from "../commit-log/writer-turn.ts";
import { createGrantingWriter, type GrantingWriter } from "./granting-writer.ts";
import { KEEP_KEYS_MS } from "../commit-log/key-book.ts";
import { loadKeys } from "../commit-log/load-keys.ts";
import { plainRow, RESERVATION_LOG } from "./reservation-rows.ts";
import type { ReservationStore } from "./reservation-store.ts";
import { risksKnown } from "./risks-known.ts";
import { appliedOnce, type SequencedTaken, takenBy } from "./taken-units.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
/** Expiries are told within this time; they count at once. */
const TICK_MS = 200;
const FOLLOW_EVERY_MS = 250;
const FOLLOW_PAGE_ROWS = 20_000;
const FORGET_EVERY_MS = 60_000;
/** Reservations in memory, live or not, above which those that ended are forgotten after ten minutes instead of a day. */
const MANY_RESERVATIONS = 500_000;
const TEN_MINUTES_MS = 600_000;
const RETRY_MS = 1_000;
const MAX_LOADED_KEYS = 1_000_000;

/** What goes on as long as this server is the writer: other logs are written under the same lease. */
export type GrantingSession = {
  writer: GrantingWriter;
  book: ReservationBook;
  lease: typeof LOCKED_BY_ENGINE;
  /** Aborted when another took over, or when the server stops: `isStopping` tells which. */
  signal: AbortSignal;
  isStopping(): boolean;
};

export type ReservationMode = "loading" | "writer" | "standby";
export type ReservationRole = ReturnType<typeof createReservationRole>;

/**
 * Holds the book of reservations and decides who may write to it. On the embedded engine the lock of the data directory
 * makes this process the writer; on a ClickHouse server the lease `grants` does. A new writer inserts its epoch, then loads,
 * then grants. A server that is not the writer follows the stored events, so that its availability is right.
 */
export function createReservationRole(deps: {
  /** For what is written: one INSERT at a time, behind nothing else. */
  db: Database;
  store: ReservationStore;
  projection: Projection;
  logger: Logger;
  nowMs(): number;
  deadlineMs: number;
  leaseMs: number;
  onCommit(group: { rows: number; seconds: number }): void;
  onDecided(outcome: "granted" | "changed" | "refused" | "repeated"): void;
}) {
  const { store, projection, logger } = deps;
  const stopping = new AbortController();
  let book = new ReservationBook(sellableOf);
  let mode: ReservationMode = "loading";
  let writer: GrantingWriter | null = null;
  let log: CommitLog | null = null;
  /** What the projection applies while a new book is being loaded. */
  let heard: SequencedTaken[] | null = null;
  let running: Promise<void> = Promise.resolve();
  let tickTimer: NodeJS.Timeout | null = null;
  let forgotAtMs = 0;
  const followers: ((session: GrantingSession) => Promise<void>)[] = [];
  const durableListeners: ((events: readonly ReservationEvent[]) => void)[] = [];
  const turnListeners: ((turn: WriterTurn) => void)[] = [];
  let reason: string | null = "Reservations are being loaded from ClickHouse.";

  function onDurable(events: readonly ReservationEvent[]): void {
    for (const listener of durableListeners) listener(events);
  }

  function sellableOf(locationId: string, gtin: number): number {
    const table = projection.table();
    const row = table.find(locationId, gtin);
    return row < 0 ? 0 : table.quantityAt(row, SELLABLE);
  }

  function touch(changed: Iterable<{ locationId: string; gtin: number }>): void {
    for (const { locationId, gtin } of changed) projection.touch(locationId, gtin);
  }

  /** Holds fall in the same step in which their movements are applied. */
  function takeMovements(locationId: string, movements: readonly SequencedMovement[]): void {
    const taken = takenBy(locationId, movements);
    if (heard !== null) heard.push(...taken);
    if (book.size === 0) return;
    for (const one of taken) book.take(one);
    for (const { gtin } of movements) book.stockChanged(locationId, gtin);
    settle();
  }

  function settle(): void {
    if (writer !== null) writer.settle();
    // What a writer that is about to begin has to make durable is left to it.
    else if (mode === "standby") book.takeConsequences();
  }

  function tick(): void {
    const nowMs = deps.nowMs();
    book.advance(nowMs);
    settle();
    touch(book.takeChangedStocks());
    if (nowMs - forgotAtMs < FORGET_EVERY_MS) return;
    forgotAtMs = nowMs;
    const keptMs = book.size > MANY_RESERVATIONS ? TEN_MINUTES_MS : KEEP_KEYS_MS;
    book.forgetEndedBefore(nowMs - keptMs);
    writer?.keys.forget(nowMs, (reservationId) => book.record(reservationId) !== undefined);
  }

  /** A new book of all that is stored up to an ordinal and of the movements that the projection has applied. */
  async function load(through: number): Promise<void> {
    heard = [];
    const nowMs = deps.nowMs();
    const events = await store.live(nowMs - KEEP_KEYS_MS, through);
    const sinceMs = events.reduce(
      (ms, { reservation }) => Math.min(ms, Date.parse(reservation.createdAt)),
      nowMs,
    );
    const rows = events.length === 0 ? [] : await store.taken(sinceMs - TEN_MINUTES_MS);
    // From here on in one step: no movement comes between.
    const stored = rows.map((row) => ({
      reservationId: row.reservation_id,
      locationId: row.location_id,
      gtin: row.gtin,
      units: -row.quantity,
      sequence: row.sequence,
    }));
    const fresh = new ReservationBook(sellableOf);
    fresh.advance(deps.nowMs());
    for (const event of events) fresh.apply(event);
    fresh.noteOrdinal(through);
    for (const taken of appliedOnce(stored, heard, projection.appliedSequence)) fresh.take(taken);
    fresh.settleAll();
    heard = null;
    const old = book;
    book = fresh;
    for (const record of old.records()) touch(record.lines);
    touch(fresh.takeChangedStocks());
  }

  async function follow(signal: AbortSignal): Promise<void> {
    let isLoaded = false;
    do {
      try {
        if (!isLoaded) {
          await load((await store.lastChange()).ordinal);
          isLoaded = true;
          if (!signal.aborted) mode = "standby";
        }
        for (let isFull = true; isFull && !signal.aborted; ) {
          const page = await store.after(book.lastOrdinal, FOLLOW_PAGE_ROWS);
          for (const event of page.events) book.apply(event);
          book.noteOrdinal(page.lastOrdinal);
          touch(book.takeChangedStocks());
          isFull = page.isFull;
        }
        reason = null;
      } catch (error) {
        heard = null;
        reason = "Reservations cannot be read from ClickHouse; those granted meanwhile are not known here.";
        logger.warn({ err: error }, reason);
      }
    } while (await pause(FOLLOW_EVERY_MS, signal));
  }

  /** Until this process is not the writer any more, or is stopped. */
  async function write(lease: typeof LOCKED_BY_ENGINE, onLog: (log: CommitLog) => void): Promise<void> {
    mode = "loading";
    reason = "Reservations are being loaded from ClickHouse.";
    const last = await store.lastChange();
    const epoch = last.epoch + 1;
    const ordinal = last.ordinal + 1;
    let tellLost = () => {};
    const lost = new Promise<void>((resolve) => {
      tellLost = resolve;
    });
    const mine = createCommitLog({
      target: RESERVATION_LOG,
      ...deps,
      lease,
      epoch,
      lastOrdinal: last.ordinal,
      onLost() {
        writer = null;
        mode = "standby";
        tellLost();
      },
    });
    log = mine;
    onLog(mine);
    const turn = new AbortController();
    let following: Promise<unknown> = Promise.resolve();
    try {
      const started = mine.append(
        [plainRow({ ordinal, kind: "started", atMs: deps.nowMs() }, epoch, null)],
        ordinal,
      );
      await mine.durable(started, Number.POSITIVE_INFINITY);
      const keys = await loadKeys(store, { nowMs: deps.nowMs(), maxKeys: MAX_LOADED_KEYS });
      await load(ordinal);
      writer = createGrantingWriter({ ...deps, book, keys, log: mine, epoch, touch, onDurable });
      mode = "writer";
      reason = null;
      writer.settle();
      onDurable(risksKnown(book));
      for (const listener of turnListeners) listener({ epoch, lease, ended: turn.signal });
      logger.info({ epoch, live: book.liveCount, keys: keys.size() }, "This server grants reservations");
      const isStopping = () => stopping.signal.aborted;
      const session = { writer, book, lease, signal: turn.signal, isStopping };
      following = Promise.all(followers.map((follower) => follower(session)));
      await Promise.race([lost, aborted(stopping.signal)]);
    } finally {
      turn.abort();
      // What they still have on its way is written before this log ends.
      await following;
      heard = null;
      writer = null;
      await mine.stop({ deadlineMs: stopping.signal.aborted ? 5_000 : 0 });
      log = null;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (deps.db.isEmbedded) await write(LOCKED_BY_ENGINE, () => {});
        else await standInLine();
      } catch (error) {
        if (stopping.signal.aborted) return;
        mode = "loading";
        reason = "Reservations could not be loaded from ClickHouse; tried again soon.";
        logger.error({ err: error }, reason);
        await pause(RETRY_MS, stopping.signal);
      }
    }
  }

  /** Follows until the lease is free, then writes until it is lost. */
  async function standInLine(): Promise<void> {
    let current: CommitLog | null = null;
    const lease = createWriterLease({
      db: deps.db,
      logger,
      name: "grants",
      isInConflict: () => false,
      words: {
        holder: "server",
        owned: "the reservations",
        whenLost: "This one steps down before it answers, and follows.",
      },
      leaseMs: deps.leaseMs,
      onLost: () => current?.stepDown(),
    });
    const following = new AbortController();
    const end = () => following.abort();
    stopping.signal.addEventListener("abort", end, { once: true });
    const followed = follow(following.signal);
    const isWriter = await lease.acquire(stopping.signal);
    end();
    stopping.signal.removeEventListener("abort", end);
    await followed;
    if (!isWriter) return;
    try {
      await write(lease, (made) => {
        current = made;
      });
    } finally {
      await lease.release().catch(() => {});
    }
  }

  projection.onMovements(takeMovements);

  return {
    /** Units that live reservations hold: what availability is made of. */
    unitsAt: (locationId: string, gtin: number, atMs: number) => book.unitsAt(locationId, gtin, atMs),
    /** Of these, units that reservations of one channel hold. */
    unitsOfChannelAt: (locationId: string, gtin: number, channel: string, atMs: number) =>
      book.unitsOfChannel(locationId, gtin, channel, atMs),
    /** Called with events of a group that are durable, if one of them puts a hold at risk. */
    onDurable(listener: (events: readonly ReservationEvent[]) => void): void {
      durableListeners.push(listener);
    },
    /** Called each time this server begins to grant. */
    onTurn(listener: (turn: WriterTurn) => void): void {
      turnListeners.push(listener);
    },
    /**
     * Called each time this server becomes the writer, when the book is loaded. What it returns has to resolve soon after the
     * session's signal, and never to reject.
     */
    onSession(follower: (session: GrantingSession) => Promise<void>): void {
      followers.push(follower);
    },
    book: () => book,
    mode: () => mode,
    /** Null unless this server grants. */
    writer: () => writer,
    log: () => log,
    /** Why reservations are not right here, for a person; null while all is well. */
    reason: () =>
      reason ?? (log?.blocked() == null ? null : `ClickHouse takes no reservations: ${log.blocked()}`),
    /** Call it when the projection is loaded. */
    start(): void {
      tickTimer ??= setInterval(tick, TICK_MS);
      running = run();
    },
    async stop(): Promise<void> {
      if (tickTimer !== null) clearInterval(tickTimer);
      tickTimer = null;
      stopping.abort();
      await running;
    },
  };
}
