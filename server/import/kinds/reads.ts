import { z } from "zod";
import { encodeEpcUri } from "../../../domain/epc/encode-epc.ts";
import { parseEpcHex } from "../../../domain/epc/hex.ts";
import { gtinOfEpc } from "../../../domain/epc/identity.ts";
import { idSchema } from "../../../domain/identifiers.ts";
import { refuse, type Result } from "../../../domain/result.ts";
import type { Cell } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import type { ImportContext, KindImporter } from "../kind-importer.ts";
import { createTimeParser } from "../local-time.ts";
import type { SourceRow } from "../read-rows.ts";
import { readNumber } from "../read-values.ts";

const FIELDS = {
  aliases: {
    epc: ["epchex", "epcuri", "tag", "tagid", "id"],
    observedAt: ["lastseenat", "lastseen", "seenat", "timestamp", "time", "readat", "date"],
    readerId: ["reader", "readername", "device", "deviceid", "hostname"],
    locationId: ["location", "storeid", "store"],
    antenna: ["antennaport", "port", "antennaid"],
    rssiDbm: ["rssi", "peakrssi"],
    readCount: ["count", "reads", "seencount"],
  },
  required: [["epc"], ["observedAt"]],
};

type Read = {
  locationId: string;
  readerId: string;
  epc: string;
  antenna: number;
  observedAtMs: number;
  rssiDbm: number;
  readCount: number;
};

const COLUMNS = [
  "location_id",
  "reader_id",
  "received_at",
  "format",
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
] as const;

/** Reads of one reader within this time are one row. */
const ROW_MS = 60_000;

/**
 * Raw reads of the past. They are marked `historical` and never move stock: a replay takes them when it is asked to, as if they
 * had come in when they were seen. A read is known by (location, reader, antenna, EPC, time).
 */
export function createReadImporter({ db, options, nowMs }: ImportContext): KindImporter<Read> {
  const parseTime = createTimeParser(options.timeZone);

  function parse({ fields }: SourceRow): Result<Read> {
    const epc = readEpc(fields["epc"] ?? "");
    if (!epc.ok) return epc;
    const observedAtMs = parseTime(fields["observedAt"] ?? "");
    if (!observedAtMs.ok) return observedAtMs;
    if (observedAtMs.value < 0) return refuse("invalid_time", "the read is from before 1970");
    const locationId = idSchema.safeParse(fields["locationId"] ?? options.location);
    if (!locationId.success) {
      return refuse("missing_value", "the read names no location; say it with --location");
    }
    const readerId = idSchema.safeParse(fields["readerId"] ?? options.source);
    if (!readerId.success) {
      return refuse("invalid_reader", `"${fields["readerId"]}" cannot be the id of a reader`);
    }
    const antenna = readOptional(fields["antenna"], -1, 0, 65_535);
    if (!antenna.ok) return antenna;
    const rssiDbm = readOptional(fields["rssiDbm"], Number.NaN, -150, 0);
    if (!rssiDbm.ok) return rssiDbm;
    const readCount = readOptional(fields["readCount"], 1, 1, 4_000_000_000);
    if (!readCount.ok) return readCount;
    return {
      ok: true,
      value: {
        locationId: locationId.data,
        readerId: readerId.data,
        epc: epc.value,
        antenna: Math.trunc(antenna.value),
        observedAtMs: observedAtMs.value,
        rssiDbm: rssiDbm.value,
        readCount: Math.trunc(readCount.value),
      },
    };
  }

  async function storedKeys(reads: ReadonlyMap<string, Read>): Promise<Set<string>> {
    let [first, last] = [Infinity, -Infinity];
    for (const { observedAtMs } of reads.values()) {
      first = Math.min(first, observedAtMs);
      last = Math.max(last, observedAtMs);
    }
    const rows = await db.query({
      name: "import/historical-reads",
      sql: loadQuery("import/historical-reads"),
      params: {
        locations: [...new Set([...reads.values()].map(({ locationId }) => locationId))],
        first: first * 1000,
        last: last * 1000,
        keys: [...reads.keys()],
      },
      row: z.object({ key: z.string() }),
    });
    return new Set(rows.map(({ key }) => key));
  }

  return {
    fields: FIELDS,
    start: async () => {},
    parse,
    async write(chunk) {
      const reads = new Map(chunk.map(({ entry }) => [keyOf(entry), entry]));
      const known = await storedKeys(reads);
      const fresh = [...reads].filter(([key]) => !known.has(key)).map(([, read]) => read);
      await db.insert({
        name: "import/reads",
        table: "read_batches",
        columns: COLUMNS,
        rows: toRows(fresh, nowMs()),
      });
      return { accepted: fresh.length, updated: 0, unchanged: chunk.length - fresh.length, refused: [] };
    },
  };
}

/** One row for the reads of a reader within a minute, each as a message that was taken when it was seen. */
function toRows(reads: readonly Read[], importedAtMs: number): Cell[][] {
  const groups = new Map<string, Read[]>();
  for (const read of reads) {
    const key = `${read.locationId}/${read.readerId}/${Math.floor(read.observedAtMs / ROW_MS)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [read]);
    else group.push(read);
  }
  return [...groups.values()].map((group) => {
    group.sort((a, b) => a.observedAtMs - b.observedAtMs);
    const [first] = group;
    const firstAtMs = first?.observedAtMs ?? 0;
    return [
      first?.locationId ?? "",
      first?.readerId ?? "",
      new Date(importedAtMs).toISOString(),
      "imported",
      group.map(({ epc }) => epc),
      group.map(({ epc }) => gtinOfEpc(epc)),
      group.map(({ antenna }) => antenna),
      group.map(() => ""),
      group.map(({ observedAtMs }) => observedAtMs),
      group.map(({ rssiDbm }) => rssiDbm),
      group.map(({ readCount }) => readCount),
      group.map(() => "historical"),
      firstAtMs * 1000,
      group.map(({ observedAtMs }) => (observedAtMs - firstAtMs) * 1000),
      group.map(() => 1),
    ];
  });
}

function keyOf({ locationId, readerId, antenna, epc, observedAtMs }: Read): string {
  return `${locationId}/${readerId}/${antenna}/${epc}/${observedAtMs}`;
}

function readEpc(text: string): Result<string> {
  const words = text.trim();
  return words.startsWith("urn:") ? encodeEpcUri(words) : parseEpcHex(words);
}

function readOptional(text: string | undefined, fallback: number, min: number, max: number): Result<number> {
  return text === undefined ? { ok: true, value: fallback } : readNumber(text, min, max);
}
