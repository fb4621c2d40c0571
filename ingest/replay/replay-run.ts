import type { ReplayOptions, ReplayReport } from "../../domain/api/tracking-replays.ts";
import type { LedgerEvent } from "../../domain/ledger/ledger-event.ts";
import type { Database } from "../../sql/database.ts";
import { findTransaction } from "../pipeline/find-transaction.ts";
import type { StoredRead } from "../recovery/stored-read.ts";
import { EventComparison } from "./compare-events.ts";
import { MovementCounts } from "./count-movements.ts";
import { readSaid, type ReplayBook, type SaidEvent } from "./replay-book.ts";
import { NOTES, type ReplayNotes } from "./replay-notes.ts";
import type { MessageStep, ReplayStep } from "./replay-step.ts";
import { newlyKnownReads, waitingReads } from "./waiting-reads.ts";

/** A book that is replayed, and what came of it since counting began. */
type Side = { replayed: ReplayBook; movements: MovementCounts };

export type ReplayRunDeps = {
  db: Database;
  notes: ReplayNotes;
  options: ReplayOptions;
  /** Whether the settings that were in force at the start are on record. */
  isConfigured: boolean;
};

/** Takes steps in their order through the books, and counts what comes of them once it is told to. */
export class ReplayRun {
  readonly taken = { messages: 0, reads: 0, readsByVerdict: {} as Record<string, number>, events: 0 };
  readonly comparison = new EventComparison();
  readonly ledger = new MovementCounts();
  readonly asItWas: Side;
  readonly changed: Side | null;
  isCounting = false;
  readonly #deps: ReplayRunDeps;
  #isConfigured: boolean;

  constructor(deps: ReplayRunDeps, asItWas: ReplayBook, changed: ReplayBook | null) {
    this.#deps = deps;
    this.#isConfigured = deps.isConfigured;
    this.asItWas = { replayed: asItWas, movements: new MovementCounts() };
    this.changed = changed === null ? null : { replayed: changed, movements: new MovementCounts() };
  }

  /** From here on it counts, and the settings asked for are in force. */
  beginCounting(): void {
    const { set, readPoints } = this.#deps.options;
    this.isCounting = true;
    this.changed?.replayed.change({ set, readPoints });
  }

  async take(step: ReplayStep): Promise<void> {
    switch (step.kind) {
      case "message":
        this.#takeMessage(step);
        return;
      case "said":
        await this.#takeSaid(step);
        return;
      case "decided":
        this.#inLedger(step.event);
        return;
      case "configured":
        this.#isConfigured = true;
        for (const { replayed } of this.#sides()) replayed.configure(step.configuration);
        return;
      case "started":
        this.#deps.notes.add(NOTES.restarted);
        return;
      case "took_waiting":
        await this.#takeWaiting(
          step.ordinal,
          waitingReads(this.#deps.db, step, this.#deps.options.locations),
        );
        return;
      case "took_newly_known":
        await this.#takeWaiting(
          step.ordinal,
          newlyKnownReads(this.#deps.db, step, this.#deps.options.locations),
        );
        return;
      default:
        step satisfies never;
    }
  }

  #sides(): Side[] {
    return this.changed === null ? [this.asItWas] : [this.asItWas, this.changed];
  }

  #takeMessage(step: MessageStep & { ordinal: number }): void {
    this.#noteSettings();
    if (this.isCounting) this.#countReads(step);
    for (const side of this.#sides()) this.#came(side, side.replayed.takeMessage(step));
  }

  #countReads({ row, first, end }: MessageStep): void {
    this.taken.messages += 1;
    this.taken.reads += end - first;
    const counts = this.taken.readsByVerdict;
    for (let i = first; i < end; i += 1) {
      const verdict = row.verdict[i] ?? "";
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
  }

  async #takeSaid(step: ReplayStep & { kind: "said" }): Promise<void> {
    this.#noteSettings();
    this.#inLedger(step.event);
    if (this.isCounting) this.taken.events += 1;
    const said = await this.#readSaid(step.event);
    if (said === null) return;
    for (const side of this.#sides()) {
      const events = side.replayed.takeSaid(step, said);
      if (events === null) this.#deps.notes.add(NOTES.refused);
      else this.#came(side, events);
    }
  }

  async #readSaid(event: LedgerEvent): Promise<SaidEvent | null> {
    const said = readSaid(event);
    if (said === null) this.#deps.notes.add(NOTES.notUnderstood);
    if (said?.kind !== "till" || said.event.type !== "void") return said;
    const { terminalId, transactionId, voids } = said.event;
    const named = voids?.transactionId ?? transactionId;
    return { ...said, earlier: await findTransaction(this.#deps.db, event.locationId, terminalId, named) };
  }

  async #takeWaiting(ordinal: number, waited: AsyncIterable<StoredRead[]>): Promise<void> {
    this.#deps.notes.add(NOTES.tookWaiting);
    for await (const reads of waited) {
      for (const side of this.#sides()) {
        for (const read of reads)
          this.#came(side, side.replayed.takeWaiting(read, Math.floor(ordinal / 1000)));
      }
    }
  }

  #noteSettings(): void {
    if (this.#isConfigured) return;
    this.#isConfigured = true;
    this.#deps.notes.add(NOTES.settingsUnknown);
  }

  #inLedger(event: LedgerEvent): void {
    if (!this.isCounting) return;
    this.comparison.inLedger(event);
    this.ledger.add(event);
  }

  #came(side: Side, events: readonly LedgerEvent[]): void {
    if (!this.isCounting) return;
    for (const event of events) {
      if (side === this.asItWas) this.comparison.inReplay(event);
      side.movements.add(event);
    }
  }
}

/** What a run counted, for its report. */
export function countsOf(
  run: ReplayRun,
  examples: number,
): Pick<ReplayReport, "taken" | "ledger" | "movements"> {
  const { same, onlyInLedger, onlyInReplay } = run.comparison;
  const isExact = onlyInLedger === 0 && onlyInReplay === 0;
  return {
    taken: run.taken,
    ledger: { isExact, same, onlyInLedger, onlyInReplay, examples: run.comparison.examples(examples) },
    movements:
      run.changed === null
        ? run.asItWas.movements.differencesFrom(run.ledger)
        : run.changed.movements.differencesFrom(run.asItWas.movements),
  };
}
