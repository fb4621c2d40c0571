import type { ReplayOptions, ReplayProgress, ReplayReport } from "../../domain/api/tracking-replays.ts";
import type { Database } from "../../sql/database.ts";
import { ledgerAt } from "../recovery/ledger-at.ts";
import { beliefsOf, compareBeliefs } from "./compare-beliefs.ts";
import { loadBooks } from "./load-books.ts";
import { ReplayBook } from "./replay-book.ts";
import { loadReplayMasterData } from "./replay-master-data.ts";
import { NOTES, ReplayNotes } from "./replay-notes.ts";
import { countsOf, ReplayRun } from "./replay-run.ts";
import { replaySteps } from "./replay-steps.ts";
import { configurationAt } from "./stored-changes.ts";

export type ReplayDeps = {
  /** A connection of its own: its long reads then hold up nobody. */
  db: Database;
  nowMs(): number;
  onProgress(progress: ReplayProgress): void;
  /** Called every few milliseconds of work: others of the process have their turn. It rejects to end the replay. */
  breathe(): Promise<void>;
};

/** Reads between two breaths: a few milliseconds. */
const READS_BETWEEN_BREATHS = 500;
/** What came of the last input before the end was recorded within this time. Microseconds. */
const AFTER_THE_END = 60_000_000;

/**
 * Runs stored raw reads and stored events through a stock book of its own, in the order in which ingest took them: with the
 * settings that were in force and, where others are asked for, with those too. It only reads the database; the ledger is not
 * touched. Times are those of intake.
 */
export async function runReplay(deps: ReplayDeps, options: ReplayOptions): Promise<ReplayReport> {
  const { db } = deps;
  const startedMs = deps.nowMs();
  const from = Date.parse(options.from) * 1000;
  const end = Date.parse(options.to) * 1000;
  const first = Math.max(0, from - options.warmUpSeconds * 1_000_000);
  const notes = new ReplayNotes();
  const run = await prepare(db, options, first, notes);

  let startedAt: number | null = null;
  let last = end - 1;
  let reads = 0;
  let events = 0;
  let untilBreath = READS_BETWEEN_BREATHS;
  const { locations, includeImported: imported } = options;
  const range = { first, end: end + AFTER_THE_END, locations, imported };
  walk: for await (const { steps, through } of replaySteps(db, range)) {
    for (const step of steps) {
      if (step.kind !== "decided") {
        if (step.ordinal >= end) {
          last = step.ordinal - 1;
          break walk;
        }
        if (startedAt === null) {
          // What came of inputs before this one is recorded before it.
          startedAt = step.ordinal;
          await loadBooks(db, step.ordinal - 1, booksOf(run));
          if (step.kind === "started") continue;
        }
        if (!run.isCounting && step.ordinal >= from) run.beginCounting();
      }
      await run.take(step);
      const size = step.kind === "message" ? step.end - step.first : 1;
      if (step.kind === "message") reads += size;
      else events += 1;
      untilBreath -= size;
      if (untilBreath > 0) continue;
      untilBreath = READS_BETWEEN_BREATHS;
      await deps.breathe();
    }
    deps.onProgress({ ...progressOf(through, first, end), reads, events });
  }
  if (imported) notes.add(NOTES.imported);
  if (locations.length > 0) notes.add(NOTES.locations);

  const isOfInterest = (locationId: string) => locations.length === 0 || locations.includes(locationId);
  const [before, after] =
    run.changed === null
      ? [await ledgerAt(db, startedAt === null ? 0 : last), run.asItWas.replayed.book]
      : [beliefsOf(run.asItWas.replayed.book), run.changed.replayed.book];
  return {
    from: options.from,
    to: options.to,
    startedAt: startedAt === null ? null : new Date(startedAt / 1000).toISOString(),
    ...countsOf(run, options.examples),
    ...(await compareBeliefs(before, after, isOfInterest, options.examples)),
    notes: notes.list(),
    seconds: (deps.nowMs() - startedMs) / 1000,
  };
}

async function prepare(db: Database, options: ReplayOptions, first: number, notes: ReplayNotes) {
  const masterData = await loadReplayMasterData(db);
  const inForce = await configurationAt(db, first);
  const configuration = inForce ?? masterData.tracking;
  const isChanged = Object.keys(options.set).length > 0 || options.readPoints.length > 0;
  return new ReplayRun(
    { db, notes, options, isConfigured: inForce !== null },
    new ReplayBook(masterData, configuration),
    isChanged ? new ReplayBook(masterData, configuration) : null,
  );
}

function booksOf(run: ReplayRun) {
  const books = [run.asItWas.replayed.book];
  if (run.changed !== null) books.push(run.changed.replayed.book);
  return books;
}

function progressOf(through: number, first: number, end: number): Pick<ReplayProgress, "atMs" | "share"> {
  const at = Math.min(through, end);
  return { atMs: Math.round(at / 1000), share: end > first ? (at - first) / (end - first) : 1 };
}
