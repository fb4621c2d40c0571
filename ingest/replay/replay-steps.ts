import { z } from "zod";
import { SAID_EVENT_TYPES } from "../../domain/ledger/ledger-event.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { ledgerEventRow, toLedgerEvent } from "../recovery/ledger-event-row.ts";
import type { ReplayStep } from "./replay-step.ts";
import { readChanges } from "./stored-changes.ts";
import { lookBackFrom, readMessages } from "./stored-messages.ts";

export type ReplayRange = {
  /** Ordinals: what was taken at `first` or later and before `end`. Microseconds of Unix time. */
  first: number;
  end: number;
  /** Empty = all. */
  locations: readonly string[];
  imported: boolean;
};

const said = new Set<string>(SAID_EVENT_TYPES);
const eventRow = ledgerEventRow.extend({ ordinal: z.number() });

/** What is read in one go begins with a minute, and grows and shrinks with how much there is. Microseconds. */
const FIRST_WINDOW = 60_000_000;
const SHORTEST_WINDOW = 1_000_000;
const LONGEST_WINDOW = 3_600_000_000;
const FEW_STEPS = 10_000;
const MANY_STEPS = 60_000;

/** Everything that was taken within the range, in the order in which it was taken, in chunks; `through` = read up to there. */
export async function* replaySteps(
  db: Database,
  range: ReplayRange,
): AsyncGenerator<{ steps: ReplayStep[]; through: number }> {
  const { locations, imported } = range;
  /** Messages of rows that were read and that belong to a later window. */
  let ahead: ReplayStep[] = [];
  let window = FIRST_WINDOW;
  let start = range.first;
  let readFrom = lookBackFrom(start);
  while (start < range.end) {
    const last = Math.min(start + window, range.end) - 1;
    const messages = await readMessages(db, { first: readFrom, last, notBefore: start, locations, imported });
    const all = [...ahead, ...messages];
    ahead = all.filter((step) => step.ordinal > last);
    const steps = [
      ...(await readChanges(db, { first: start, last })),
      ...all.filter((step) => step.ordinal <= last),
      ...(await readEvents(db, { first: start, last, locations })),
    ];
    // Stable: what has one ordinal stays in the order of its kinds.
    steps.sort((a, b) => a.ordinal - b.ordinal);
    yield { steps, through: last };
    if (steps.length > MANY_STEPS) window = Math.max(SHORTEST_WINDOW, window / 2);
    else if (steps.length < FEW_STEPS) window = Math.min(LONGEST_WINDOW, window * 2);
    start = last + 1;
    readFrom = start;
  }
}

async function readEvents(
  db: Database,
  params: { first: number; last: number; locations: readonly string[] },
): Promise<ReplayStep[]> {
  const steps: ReplayStep[] = [];
  for await (const rows of db.stream({
    name: "replay/events",
    sql: loadQuery("replay/events"),
    params,
    row: eventRow,
  })) {
    for (const row of rows) {
      const kind = said.has(row.event_type) ? "said" : "decided";
      steps.push({ kind, ordinal: row.ordinal, event: toLedgerEvent(row) });
    }
  }
  return steps;
}
