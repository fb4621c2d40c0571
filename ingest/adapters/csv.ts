import { type CsvRows, readCsvHeader, readCsvRows } from "./csv-lines.ts";
import { type MessageParts, refuseRead } from "./message-parts.ts";
import {
  antennaOf,
  epcFromText,
  readCountOf,
  readerIdOf,
  rssiDbmBySize,
  rssiDbmOf,
  timeOf,
} from "./read-fields.ts";

/** Names of columns, in lower case without what is neither letter nor digit; the first that is there counts. */
const EPC = ["epc", "epchex", "idhex", "epcid", "epccode", "tagid"];
const TIME = [
  "lastseenat",
  "lastseentime",
  "lastseentimestamp",
  "lastseen",
  "observedat",
  "time",
  "timestamp",
  "ts",
  "epochmillis",
  "firstseenat",
  "firstseentimestamp",
];
const ANTENNA = ["antenna", "antennaport", "antennaid", "beamid", "port"];
const RSSI_DBM = ["rssidbm", "peakrssidbm"];
const RSSI_CDBM = ["rssicdbm", "peakrssicdbm"];
const RSSI = ["rssi", "peakrssi", "maxrssi"];
const READ_COUNT = ["readcount", "reads", "seencount", "tagseencount", "count"];
const READER = ["reader", "readerid", "readername", "hostname", "deviceid"];

/** The header where the text is a table of reads: a first line that names a column of EPCs among others. */
export function csvHeaderOf(text: string): { columns: string[]; delimiter: string } | null {
  const header = readCsvHeader(text);
  return header !== null && find(header.columns, EPC) !== null ? header : null;
}

/** A table of reads with a header, as Nedap's public data or an export has it. The unit of `rssi` is told by its size. */
export function takeCsv(
  text: string,
  header: { columns: string[]; delimiter: string },
  parts: MessageParts,
): void {
  parts.format ??= "csv";
  const { columns, rows }: CsvRows = readCsvRows(text, header);
  const [epc, time, antenna] = [find(columns, EPC), find(columns, TIME), find(columns, ANTENNA)];
  const [dbm, cdbm, rssi] = [find(columns, RSSI_DBM), find(columns, RSSI_CDBM), find(columns, RSSI)];
  const [count, reader] = [find(columns, READ_COUNT), find(columns, READER)];
  for (const { line, values } of rows) {
    if (values === null) {
      refuseRead(
        parts,
        line,
        "csv_column_count",
        `the row has not the ${columns.length} columns of the header`,
      );
      continue;
    }
    const at = (column: string | null) => {
      const value = column === null ? undefined : values[column];
      return value === "" ? undefined : value;
    };
    const epcHex = epcFromText(at(epc), parts, line);
    if (epcHex === "") continue;
    const observedAtMs = timeOf(at(time), undefined, parts, line);
    if (Number.isNaN(observedAtMs)) continue;
    const hundredths = at(cdbm);
    parts.reads.push({
      epcHex,
      observedAtMs,
      rssiDbm:
        dbm !== null
          ? rssiDbmOf(at(dbm), 1)
          : hundredths === undefined
            ? rssiDbmBySize(at(rssi))
            : rssiDbmOf(hundredths, 0.01),
      antenna: antennaOf(at(antenna)),
      readerId: readerIdOf(at(reader)),
      readCount: readCountOf(at(count)),
    });
  }
}

function find(columns: readonly string[], names: readonly string[]): string | null {
  const folded = new Map(
    columns.map((column) => [column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""), column]),
  );
  for (const name of names) {
    const column = folded.get(name);
    if (column !== undefined) return column;
  }
  return null;
}
