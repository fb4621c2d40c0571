import type { TagRead } from "../../domain/read.ts";

/** What became of one raw read. Only `accepted` ones reach the item tracker. */
export type ReadVerdict = "accepted" | "waiting" | "too_old" | "in_future" | "no_product";

export const READ_COLUMNS = [
  "location_id",
  "reader_id",
  "received_at",
  "format",
  "waiting",
  "epc",
  "gtin",
  "antenna",
  "zone_id",
  "observed_at",
  "rssi_dbm",
  "read_count",
  "verdict",
] as const;

/**
 * Collects the reads of one batch as TabSeparated lines of `read_batches`, one line per location, reader and format.
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

  group(locationId: string, readerId: string, format: string): Group {
    const key = `${locationId}\t${readerId}\t${format}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = new Group();
      this.#groups.set(key, group);
    }
    return group;
  }

  add(group: Group, read: TagRead, gtin: number, zoneId: string, verdict: ReadVerdict): void {
    group.add(read, gtin, zoneId, verdict);
    this.#size += 1;
  }

  /** All lines; `receivedAtMs` is the batch's own time. */
  toTabSeparated(receivedAtMs: number): string {
    const receivedAt = (receivedAtMs / 1000).toFixed(3);
    let text = "";
    for (const [key, group] of this.#groups) {
      const [locationId, readerId, format] = key.split("\t");
      text += `${locationId}\t${readerId}\t${receivedAt}\t${format}\t${group.toCells()}\n`;
    }
    return text;
  }
}

class Group {
  #waiting = 0;
  #epc = "";
  #gtin = "";
  #antenna = "";
  #zoneId = "";
  #observedAt = "";
  #rssiDbm = "";
  #readCount = "";
  #verdict = "";

  add(read: TagRead, gtin: number, zoneId: string, verdict: ReadVerdict): void {
    if (verdict === "waiting") this.#waiting += 1;
    this.#epc += `'${read.epcHex}',`;
    this.#gtin += `${gtin},`;
    this.#antenna += `${read.antenna},`;
    this.#zoneId += `'${zoneId}',`;
    // An unquoted integer in an array of DateTime64(3) is a count of milliseconds.
    this.#observedAt += `${Math.trunc(read.observedAtMs)},`;
    this.#rssiDbm += Number.isNaN(read.rssiDbm) ? "nan," : `${read.rssiDbm},`;
    this.#readCount += `${read.readCount},`;
    this.#verdict += `'${verdict}',`;
  }

  toCells(): string {
    const arrays = [
      this.#epc,
      this.#gtin,
      this.#antenna,
      this.#zoneId,
      this.#observedAt,
      this.#rssiDbm,
      this.#readCount,
      this.#verdict,
    ];
    return `${this.#waiting}\t${arrays.map((cells) => `[${cells.slice(0, -1)}]`).join("\t")}`;
  }
}
