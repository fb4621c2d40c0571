import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { PositionTable } from "../../domain/ledger/position-table.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import {
  movementsMessageSchema,
  sequenceMessageSchema,
  sightingsMessageSchema,
} from "../../domain/movement.ts";
import type { StockState } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";
import { createGapFiller } from "./gap-filler.ts";
import { createLedgerReader } from "./ledger-reader.ts";
import { parsePayload } from "./parse-payload.ts";
import { type SequencedMovement, SequenceFollower } from "./sequence-follower.ts";

const LONGEST_LOAD_DELAY_MS = 10_000;
/** Messages kept while positions are loaded; what comes beyond is read from ClickHouse afterwards. */
const MAX_BUFFERED = 100_000;

export type Projection = ReturnType<typeof createProjection>;

export type MovementListener = (locationId: string, movements: readonly SequencedMovement[]) => void;

/**
 * Positions in memory: a cache of the ledger. At start it follows the broker, buffers, loads positions as of a sequence
 * from ClickHouse, and applies what came after; later every gap in a location's sequence is read from ClickHouse.
 *
 * `revision` is Unix microseconds, rising with every change and never going back; it is this server's own, named by
 * `serverId`, which is new at every start.
 */
export function createProjection(deps: {
  db: Database;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
  firstRetryDelayMs?: number;
}) {
  const { root, logger } = deps;
  let table = new PositionTable();
  const followers = new Map<string, SequenceFollower>();
  const listeners: ((row: number) => void)[] = [];
  const movementListeners: MovementListener[] = [];
  const reader = createLedgerReader(deps.db);
  const gaps = createGapFiller({
    reader,
    logger,
    apply,
    ...(deps.firstRetryDelayMs === undefined ? {} : { firstDelayMs: deps.firstRetryDelayMs }),
  });
  let revision = deps.nowMs() * 1000;
  let buffered: (() => void)[] | null = [];
  let isLoaded = false;
  let isStopped = false;
  let wake = () => {};
  const counts = { movements: 0, gaps: 0, refused: 0 };

  function nextRevision(): number {
    revision = Math.max(revision + 1, deps.nowMs() * 1000);
    return revision;
  }

  function changed(row: number, at: number): void {
    table.setRevisionAt(row, at);
    for (const listener of listeners) listener(row);
  }

  function apply(locationId: string, movements: readonly SequencedMovement[]): void {
    if (movements.length === 0) return;
    const at = nextRevision();
    counts.movements += movements.length;
    const rows = movements.map(({ gtin, state, quantity }) => table.add(locationId, gtin, state, quantity));
    // Holds fall in the same step, before anybody is told of the stock.
    for (const listener of movementListeners) listener(locationId, movements);
    for (const row of rows) changed(row, at);
  }

  function followerOf(locationId: string): SequenceFollower {
    let follower = followers.get(locationId);
    if (follower === undefined) {
      follower = new SequenceFollower(0);
      followers.set(locationId, follower);
    }
    return follower;
  }

  function checkGap(locationId: string, follower: SequenceFollower): void {
    if (!follower.hasGap) return;
    counts.gaps += 1;
    gaps.request(locationId, follower);
  }

  function takeMovements(locationId: string, movements: readonly SequencedMovement[]): void {
    const follower = followerOf(locationId);
    const hadGap = follower.hasGap;
    apply(locationId, follower.take(movements));
    if (!hadGap) checkGap(locationId, follower);
  }

  function takeSequence(locationId: string, sequence: number): void {
    const follower = followerOf(locationId);
    const hadGap = follower.hasGap;
    follower.announce(sequence);
    if (!hadGap) checkGap(locationId, follower);
  }

  /** Evidence of a product without any record here moves no stock, and makes no row. */
  function takeSightings(locationId: string, seen: readonly { gtin: string; lastSeenAt: string }[]): void {
    const at = nextRevision();
    for (const { gtin, lastSeenAt } of seen) {
      const row = table.find(locationId, Number(gtin));
      const atMs = Date.parse(lastSeenAt);
      if (row < 0 || atMs <= table.lastSeenAt(row)) continue;
      table.setSeenAt(row, atMs);
      changed(row, at);
    }
  }

  /** While loading, work waits; when too much waits the oldest goes, and the gap it leaves is filled later. */
  function whenLoaded(work: () => void): void {
    if (buffered === null) return work();
    buffered.push(work);
    if (buffered.length > MAX_BUFFERED) buffered.splice(0, MAX_BUFFERED / 2);
  }

  function receive(topic: string, payload: Uint8Array): void {
    const locationId = topic.slice(root.length + 1, topic.lastIndexOf("/"));
    const kind = topic.slice(topic.lastIndexOf("/") + 1);
    if (kind === "movements") {
      const parsed = parsePayload(movementsMessageSchema, payload);
      if (parsed === null) return refuse(topic);
      const movements = parsed
        .filter((one) => one.locationId === locationId)
        .map(({ sequence, gtin, state, quantity, reservationId = "" }) => ({
          sequence,
          gtin: Number(gtin),
          state,
          quantity,
          reservationId,
        }));
      whenLoaded(() => takeMovements(locationId, movements));
    } else if (kind === "sequence") {
      const parsed = parsePayload(sequenceMessageSchema, payload);
      if (parsed === null) return refuse(topic);
      whenLoaded(() => takeSequence(locationId, parsed.sequence));
    } else {
      const parsed = parsePayload(sightingsMessageSchema, payload);
      if (parsed === null) return refuse(topic);
      whenLoaded(() => takeSightings(locationId, parsed.seen));
    }
  }

  /** What is not understood changes nothing here; a lost movement shows as a gap and is read from ClickHouse. */
  function refuse(topic: string): void {
    counts.refused += 1;
    logger.warn({ topic }, "a message was not understood; stock it spoke of will be read from ClickHouse");
  }

  async function load(): Promise<void> {
    const loaded = new Map<string, number>();
    for await (const rows of reader.positions()) {
      for (const row of rows) {
        table.add(row.location_id, row.gtin, row.state, row.quantity);
        loaded.set(row.location_id, Math.max(loaded.get(row.location_id) ?? 0, row.last_sequence));
      }
    }
    for (const [locationId, sequence] of loaded) followers.set(locationId, new SequenceFollower(sequence));
    for await (const rows of reader.sightings()) {
      for (const row of rows) {
        const known = table.find(row.location_id, row.gtin);
        if (known >= 0) table.setSeenAt(known, Date.parse(row.last_seen_at));
      }
    }
  }

  /** A load that breaks off has filled the table in part, so it starts again from an empty one. */
  async function loadUntilDone(): Promise<void> {
    let delayMs = deps.firstRetryDelayMs ?? 500;
    // oxlint-disable-next-line no-unmodified-loop-condition -- stop() changes it while this awaits
    while (!isStopped) {
      try {
        await load();
        break;
      } catch (error) {
        logger.error({ err: error }, "positions could not be loaded from ClickHouse; trying again");
        table = new PositionTable();
        followers.clear();
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, delayMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        delayMs = Math.min(delayMs * 2, LONGEST_LOAD_DELAY_MS);
      }
    }
    if (isStopped) return;
    const works = buffered ?? [];
    buffered = null;
    nextRevision();
    for (const work of works) work();
    isLoaded = true;
  }

  return {
    serverId: randomUUID(),
    /** Read it only when loaded; a load that has to start again starts a new one. */
    table: () => table,
    revision: () => revision,
    /** Called with the row of every change, at once. */
    onChange(listener: (row: number) => void): void {
      listeners.push(listener);
    },
    /** Called with the movements of one location as they are applied, in the same step, before `onChange`. */
    onMovements(listener: MovementListener): void {
      movementListeners.push(listener);
    },
    /** What is promised of a position changed while its stock did not: a hold, a rule, an expiry. It gets a new revision. */
    touch(locationId: string, gtin: number): void {
      const row = table.find(locationId, gtin);
      if (row >= 0) changed(row, nextRevision());
    },
    /** Puts positions right by what the check against the ledger found; they get a new revision. */
    correct(
      locationId: string,
      corrections: readonly { gtin: number; state: StockState; quantity: number }[],
    ): void {
      const at = nextRevision();
      for (const { gtin, state, quantity } of corrections)
        changed(table.add(locationId, gtin, state, quantity), at);
    },
    isLoaded: () => isLoaded,
    /** The last sequence of the location that is in the table, without a hole before it; 0 for one never heard of. */
    appliedSequence: (locationId: string): number => followers.get(locationId)?.applied ?? 0,
    /** Movements that are known to exist and not applied yet, over all locations. */
    lag(): number {
      let lag = 0;
      for (const follower of followers.values()) lag += follower.lag;
      return lag;
    },
    counts: (): Readonly<typeof counts> => counts,
    /** Resolves when positions are loaded and what came meanwhile is applied; waits for ClickHouse as long as it takes. */
    async start(): Promise<void> {
      for (const kind of ["movements", "sequence", "sightings"]) {
        await deps.bus.subscribe(`${root}/+/${kind}`, receive);
      }
      await loadUntilDone();
    },
    async stop(): Promise<void> {
      isStopped = true;
      wake();
      await gaps.stop();
    },
  };
}
