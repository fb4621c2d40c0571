import type { Logger } from "pino";
import { atLeast, mostWith } from "../../domain/confidence/distribution.ts";
import { EXPOSURE_OF_COUNT, exposureOf } from "../../domain/confidence/book-error.ts";
import type { Projection } from "../projection/projection.ts";
import type { Books } from "./books.ts";
import type { Compositions } from "./compositions.ts";
import type { CountedBookRow, CountedRow, OddsReader, OddsRow } from "./odds-reader.ts";
import type { ProductKind, TailOfRow } from "./presence-odds.ts";

const POLL_EVERY_MS = 5_000;
const FIRST_POLLS_EVERY_MS = 250;
/** Several ingests have clocks of their own, and an insert takes its time: rows are asked for again for so long. */
const OVERLAP_US = 60_000_000;
/** Counts are rare, and to look for them reads a column of the ledger. */
const COUNTS_EVERY_MS = 30_000;
const COUNTS_OVERLAP_MS = 10 * 60_000;
/** A change of a probability that is worth telling. */
const NOTICEABLE = 0.01;

export type OddsFollowerDeps = {
  projection: Projection;
  reader: OddsReader;
  compositions: Compositions;
  books: Books;
  kinds: Map<number, ProductKind>;
  /** Unix ms, by location whose readers see items. */
  summedAtMs: Map<string, number>;
  odds: { tailAt: TailOfRow };
  logger: Logger;
  nowMs(): number;
  onLoaded(): void;
};

/**
 * Keeps what the odds are made of up to date: what ingest wrote of items, every 5 s; movements, as the projection applies them;
 * counts, every 30 s. Nothing is lost when either process restarts, as tables are the only message.
 */
export function createOddsFollower(deps: OddsFollowerDeps) {
  const { projection, reader, compositions, books, kinds, summedAtMs, odds, logger, nowMs } = deps;
  let oddsSince = 0;
  let kindsSince = 0;
  let countsSinceMs = 0;
  let countsAskedAtMs = 0;
  let polledAtMs = 0;
  const learnt = new Map<string, number>();
  let isLoaded = false;
  let isRunning = false;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  /** Without it the priors hold, and ages count from what is seen from now on. */
  async function loadHistory(): Promise<void> {
    for await (const rows of reader.bookAges()) {
      if (isStopped) return;
      for (const { location_id: locationId, gtin, counted_ms: countedMs, first_ms: firstMs, moved } of rows) {
        const row = projection.table().find(locationId, gtin);
        if (row >= 0) books.setAge(row, countedMs > 0, countedMs > 0 ? countedMs : firstMs, moved);
      }
    }
    const lines: CountedBookRow[] = [];
    for await (const rows of reader.countedBooks()) lines.push(...rows);
    for (const line of lines) {
      const age = { isCounted: true, sinceMs: line.since_ms, moved: line.moved, units: line.expected };
      const exposure = exposureOf(age) + EXPOSURE_OF_COUNT;
      books.errors.note(line.location_id, kinds.get(line.gtin)?.category ?? "", { ...line, exposure });
    }
  }

  async function takeKinds(): Promise<void> {
    for await (const rows of reader.productKinds(kindsSince)) {
      for (const { gtin, category, is_tagged: isTagged, version } of rows) {
        kinds.set(gtin, { category, isTagged: isTagged === 1 });
        kindsSince = Math.max(kindsSince, version);
      }
    }
  }

  async function takeItemOdds(): Promise<void> {
    let newest = oddsSince;
    for await (const rows of reader.itemOdds(Math.max(0, oddsSince - OVERLAP_US))) {
      for (const row of rows) {
        newest = Math.max(newest, row.version);
        takeOdds(row);
      }
    }
    oddsSince = newest;
  }

  function takeOdds({ location_id: locationId, gtin, version, ...composition }: OddsRow): void {
    if (composition.levels.length > 0 || summedAtMs.has(locationId)) {
      summedAtMs.set(locationId, Math.max(version / 1000, summedAtMs.get(locationId) ?? 0));
    }
    const row = gtin === 0 ? -1 : projection.table().find(locationId, gtin);
    if (row < 0) return;
    const atMs = nowMs();
    const before = odds.tailAt(row, locationId, gtin, atMs);
    compositions.set(row, composition);
    const after = odds.tailAt(row, locationId, gtin, atMs);
    if (!isLoaded || isNoticeable(before, after)) projection.touch(locationId, gtin);
  }

  async function takeCounts(): Promise<void> {
    countsAskedAtMs = nowMs();
    for await (const rows of reader.countsSince(countsSinceMs)) for (const row of rows) takeCount(row);
    countsSinceMs = countsAskedAtMs - COUNTS_OVERLAP_MS;
  }

  function takeCount({
    location_id: locationId,
    ordinal,
    at_ms: atMs,
    gtin,
    expected,
    counted,
  }: CountedRow): void {
    const row = projection.table().find(locationId, gtin);
    const key = `${locationId} ${gtin}`;
    if (row < 0 || ordinal <= (learnt.get(key) ?? 0)) return;
    learnt.set(key, ordinal);
    const kind = kinds.get(gtin);
    const age = books.ageAt(row, expected, atMs);
    if (age.isCounted && age.sinceMs <= 0) return;
    if (age.isCounted && kind?.isTagged !== true) {
      const exposure = exposureOf(age) + EXPOSURE_OF_COUNT;
      books.errors.note(locationId, kind?.category ?? "", { expected, counted, exposure });
    }
    books.setAge(row, true, atMs, 0);
    projection.touch(locationId, gtin);
  }

  /** Counts from before ten minutes ago are in the history. */
  async function load(): Promise<void> {
    countsSinceMs = nowMs() - COUNTS_OVERLAP_MS;
    await takeKinds();
    await takeItemOdds();
    isLoaded = true;
    deps.onLoaded();
    await loadHistory();
  }

  async function follow(): Promise<void> {
    await takeKinds();
    await takeItemOdds();
    if (nowMs() - countsAskedAtMs >= COUNTS_EVERY_MS) await takeCounts();
  }

  async function poll(): Promise<void> {
    if (!projection.isLoaded()) return;
    polledAtMs = nowMs();
    try {
      await (isLoaded ? follow() : load());
    } catch (error) {
      logger.warn(
        { err: error },
        "how sure it is that units are there could not be brought up to date; what was known stays",
      );
    }
  }

  const tick = (): void => {
    if (isRunning || (isLoaded && nowMs() - polledAtMs < POLL_EVERY_MS)) return;
    isRunning = true;
    running = poll().finally(() => {
      isRunning = false;
    });
  };

  return {
    start(): void {
      projection.onChange((row) => books.noteUnits(row, projection.table().onHandAt(row)));
      timer = setInterval(tick, FIRST_POLLS_EVERY_MS);
      tick();
    },
    async stop(): Promise<void> {
      isStopped = true;
      if (timer !== null) clearInterval(timer);
      await running;
    },
  };
}

function isNoticeable(before: Float64Array, after: Float64Array): boolean {
  if (before === after) return false;
  const last = Math.max(before.length, after.length) - 1;
  const moves = (units: number) => Math.abs(atLeast(before, units) - atLeast(after, units)) >= NOTICEABLE;
  return moves(1) || moves(last) || mostWith(before, 0.95) !== mostWith(after, 0.95);
}
