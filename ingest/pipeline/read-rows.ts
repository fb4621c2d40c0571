import type { TagRead } from "../../domain/read.ts";
import type { ReadVerdict } from "../../domain/read-verdict.ts";

export const READ_COLUMNS = [
  "location_id",
  "reader_id",
  "received_at",
  "format",
  "waiting",
  "no_product",
  "unknown_product",
  "epc",
  "gtin",
  "antenna",
  "zone_id",
  "observed_at",
  "rssi_dbm",
  "read_count",
  "verdict",
  "taken_ordinal",
  "message_after",
  "message_reads",
  "clock_correction_ms",
] as const;

/** An hour and more: a batch fills for so long only while ClickHouse is away, and then intake waits. */
const MAX_AFTER = 2 ** 32 - 1;

/**
 * Collects the reads of one batch as TabSeparated lines of `read_batches`, one line per location, reader, format and correction of the
 * reader's clock.
 * Text is appended as it comes, since this runs for every read: ids and hex need no escaping (their schemas allow
 * neither quote, tab nor backslash).
 */
export class ReadRows {
  readonly #groups = new Map<string, Group>();
  #size = 0;

  /** Reads held. */
  get size(): number {
    return this.#size;
  }

  /**
   * The reads of one message, which was taken at `ordinal`: where it stood among the events. Add them before the next
   * message of the same reader. `clockCorrectionMs` has been added to the reader's own times.
   */
  message(
    locationId: string,
    readerId: string,
    format: string,
    ordinal: number,
    clockCorrectionMs: number,
  ): Group {
    const key = `${locationId}\t${readerId}\t${format}\t${clockCorrectionMs}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new Group();
      this.#groups.set(key, group);
    }
    group.begin(ordinal);
    return group;
  }

  add(group: Group, read: TagRead, gtin: number, zoneId: string, verdict: ReadVerdict): void {
    group.add(read, gtin, zoneId, verdict);
    this.#size += 1;
  }

  /** Where the reads are now, for `verdictsSince`. */
  mark(): ReadMark {
    return new Map([...this.#groups].map(([key, group]) => [key, group.size]));
  }

  /** How many reads were added since, by what became of them. */
  verdictsSince(mark: ReadMark): Map<ReadVerdict, number> {
    const counts = new Map<ReadVerdict, number>();
    for (const [key, group] of this.#groups) group.countVerdicts(mark.get(key) ?? 0, counts);
    return counts;
  }

  /** All lines; `receivedAtMs` is the batch's own time. */
  toTabSeparated(receivedAtMs: number): string {
    const receivedAt = (receivedAtMs / 1000).toFixed(3);
    let text = "";
    for (const [key, group] of this.#groups) {
      if (group.size === 0) continue;
      const [locationId, readerId, format, correctionMs] = key.split("\t");
      text += `${locationId}\t${readerId}\t${receivedAt}\t${format}\t${group.toCells()}\t${correctionMs}\n`;
    }
    return text;
  }
}

type ReadMark = ReadonlyMap<string, number>;

/** Columns as arrays that hold what is there already; `join` makes their text in one native pass. */
class Group {
  #waiting = 0;
  #noProduct = 0;
  #unknownProduct = 0;
  readonly #epc: string[] = [];
  readonly #gtin: number[] = [];
  readonly #antenna: number[] = [];
  readonly #zoneId: string[] = [];
  readonly #observedAtMs: number[] = [];
  readonly #rssiDbm: number[] = [];
  readonly #readCount: number[] = [];
  readonly #verdict: ReadVerdict[] = [];
  /** By message: when it was taken, and how many reads came before it. */
  readonly #ordinals: number[] = [];
  readonly #starts: number[] = [];

  get size(): number {
    return this.#epc.length;
  }

  begin(ordinal: number): void {
    this.#ordinals.push(ordinal);
    this.#starts.push(this.#epc.length);
  }

  add(read: TagRead, gtin: number, zoneId: string, verdict: ReadVerdict): void {
    if (verdict === "waiting") this.#waiting += 1;
    else if (verdict === "no_product") this.#noProduct += 1;
    else if (verdict === "unknown_product") this.#unknownProduct += 1;
    this.#epc.push(read.epcHex);
    this.#gtin.push(gtin);
    this.#antenna.push(read.antenna);
    this.#zoneId.push(zoneId);
    this.#observedAtMs.push(Math.trunc(read.observedAtMs));
    this.#rssiDbm.push(read.rssiDbm);
    this.#readCount.push(read.readCount);
    this.#verdict.push(verdict);
  }

  countVerdicts(from: number, counts: Map<ReadVerdict, number>): void {
    for (const verdict of this.#verdict.slice(from)) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }

  toCells(): string {
    const first = this.#ordinals[0] ?? 0;
    const after = this.#ordinals.map((ordinal) => Math.min(ordinal - first, MAX_AFTER));
    const counts = this.#starts.map((start, i) => (this.#starts[i + 1] ?? this.#epc.length) - start);
    return [
      this.#waiting,
      this.#noProduct,
      this.#unknownProduct,
      quoted(this.#epc),
      `[${this.#gtin.join(",")}]`,
      `[${this.#antenna.join(",")}]`,
      quoted(this.#zoneId),
      // An unquoted integer in an array of DateTime64(3) is a count of milliseconds.
      `[${this.#observedAtMs.join(",")}]`,
      // `NaN` is how ClickHouse reads it too.
      `[${this.#rssiDbm.join(",")}]`,
      `[${this.#readCount.join(",")}]`,
      quoted(this.#verdict),
      first,
      `[${after.join(",")}]`,
      `[${counts.join(",")}]`,
    ].join("\t");
  }
}

function quoted(texts: readonly string[]): string {
  return `['${texts.join("','")}']`;
}
