import type { CommitLog, LogEntry } from "../../server/commit-log/commit-log.ts";
import { RESERVATION_LOG } from "../../server/reservations/reservation-rows.ts";

export type StoredRow = Record<(typeof RESERVATION_LOG.columns)[number], string>;

type Waiting = { entry: LogEntry; told: (() => void)[] };

/**
 * The durable log of a granting writer, in memory: what was not committed is lost in a crash. The test says when a group
 * reaches the disk, and whether those who wait are told.
 */
export class MemoryLog {
  readonly rows: StoredRow[] = [];
  #waiting: Waiting[] = [];

  /** How many commits wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** As the writer sees it. `answersEarly`: nobody waits for the disk, which is a mistake to be found. */
  forWriter(answersEarly: boolean): CommitLog {
    return {
      append: (rows, lastOrdinal) => {
        const entry: LogEntry = { rows, lastOrdinal, waiters: [], isDurable: false };
        this.#waiting.push({ entry, told: [] });
        return entry;
      },
      durable: (entry) => {
        if (entry.isDurable || answersEarly) return null;
        return new Promise((resolve) => {
          this.#waiting.find((waiting) => waiting.entry === entry)?.told.push(resolve);
        });
      },
      stepDown: () => undefined,
      durableOrdinal: () => Number(this.rows.at(-1)?.ordinal ?? 0),
      waitingRows: () => this.#waiting.length,
      blocked: () => null,
      stop: async () => undefined,
    };
  }

  /** The oldest `count` entries reach the disk, and who waits for them is told. */
  commit(count: number): void {
    for (const { entry, told } of this.#store(count)) {
      entry.isDurable = true;
      for (const tell of told) tell();
    }
  }

  /** `durable` entries reached the disk, the others did not, and nobody is told of any. */
  crash(durable: number): void {
    this.#store(durable);
    this.#waiting = [];
  }

  #store(count: number): Waiting[] {
    const stored = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const { entry } of stored) this.rows.push(...entry.rows.map(parseRow));
    return stored;
  }
}

/** A line of TabSeparated, as ClickHouse would take it. */
function parseRow(line: string): StoredRow {
  const cells = line.split("\t").map(unescape);
  const row = Object.fromEntries(
    RESERVATION_LOG.columns.map((column, index) => [column, cells[index] ?? ""]),
  );
  return row as StoredRow;
}

function unescape(cell: string): string {
  return cell.replaceAll(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t", r: "\r" })[letter] ?? letter);
}
