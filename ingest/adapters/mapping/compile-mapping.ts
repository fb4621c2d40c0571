import type { ReaderMapping } from "../../../domain/reader-mapping.ts";
import { parseReaderTime } from "../../../domain/reader-time.ts";
import { readCsvHeader, readCsvRows } from "../csv-lines.ts";
import { addControl, brief, type MessageParts, refuseRead } from "../message-parts.ts";
import {
  antennaOf,
  epcFromBase64,
  epcFromHex,
  epcFromText,
  numberOf,
  readCountOf,
  readerIdOf,
  rssiDbmOf,
  timeOf,
} from "../read-fields.ts";
import { compilePath, eachAt, type Path, valueAt } from "./follow-path.ts";

/** A mapping ready for use. It never throws, whatever a message holds. */
export type CompiledMapping = {
  name: string;
  /** False where the message is not of this form: nothing was taken then. */
  take(message: unknown, index: number, parts: MessageParts): boolean;
  /** The same for a message of lines under a header. */
  takeText(text: string, parts: MessageParts): boolean;
};

const RSSI_SCALE = { dBm: 1, "dBm/10": 0.1, "dBm/100": 0.01 } as const;
const EPOCH_MS = { seconds: 1_000, milliseconds: 1, microseconds: 0.001, nanoseconds: 0.000_001 } as const;

type Levels = readonly unknown[];

export function compileMapping(name: string, mapping: ReaderMapping): CompiledMapping {
  const format = `mapping:${name}` as const;
  const reads = compilePath(mapping.reads);
  const conditions = mapping.when.map(compileCondition);
  const ignored = mapping.ignore.map(compileCondition);
  const takeRead = compileRead(mapping);
  const epcPath = compilePath(mapping.epc.path);
  const hasEpc = (levels: Levels) => {
    const epc = valueAt(levels, epcPath);
    return typeof epc === "string" || typeof epc === "number";
  };

  function take(message: unknown, index: number, parts: MessageParts): boolean {
    const levels: Levels = [message];
    if (!conditions.every((holds) => holds(levels))) return false;
    if (ignored.length > 0 && ignored.every((holds) => holds(levels))) {
      parts.format ??= format;
      addControl(parts, format, "ignored", brief(message), Number.NaN);
      return true;
    }
    const found: Levels[] = [];
    eachAt(levels, reads.names, (each) => found.push(each));
    const isThisForm = found.some(hasEpc) || (found.length === 0 && conditions.length > 0);
    if (!isThisForm) return false;
    parts.format ??= format;
    for (const each of found) takeRead(each, index, parts);
    return true;
  }

  return {
    name,
    take: (message, index, parts) => mapping.input === "json" && take(message, index, parts),
    takeText(text, parts) {
      const header = mapping.input === "csv" ? readCsvHeader(text) : null;
      if (header === null) return false;
      const [column] = epcPath.names;
      if (column === undefined || !header.columns.includes(column)) return false;
      parts.format ??= format;
      for (const { line, values } of readCsvRows(text, header).rows) {
        if (values === null) {
          const columns = header.columns.length;
          refuseRead(parts, line, "csv_column_count", `the row has not the ${columns} columns of the header`);
        } else takeRead([values], line, parts);
      }
      return true;
    },
  };
}

function compileCondition(condition: ReaderMapping["when"][number]): (levels: Levels) => boolean {
  const path = compilePath(condition.path);
  const { equals } = condition;
  return (levels) => {
    const value = valueAt(levels, path);
    return equals === undefined ? value !== undefined && value !== null : value === equals;
  };
}

function compileRead(mapping: ReaderMapping): (levels: Levels, index: number, parts: MessageParts) => void {
  const optional = (member: { path: Parameters<typeof compilePath>[0] } | undefined): Path | null =>
    member === undefined ? null : compilePath(member.path);
  const epcPath = compilePath(mapping.epc.path);
  const timePath = compilePath(mapping.time.path);
  const [antenna, rssi] = [optional(mapping.antenna), optional(mapping.rssi)];
  const [readCount, reader] = [optional(mapping.readCount), optional(mapping.reader)];
  const scale = RSSI_SCALE[mapping.rssi?.unit ?? "dBm"];
  const at = (levels: Levels, path: Path | null) => (path === null ? undefined : valueAt(levels, path));
  return (levels, index, parts) => {
    const epcHex = epcOf(mapping.epc.encoding, valueAt(levels, epcPath), parts, index);
    if (epcHex === "") return;
    const observedAtMs = timeIn(mapping.time, valueAt(levels, timePath), parts, index);
    if (Number.isNaN(observedAtMs)) return;
    parts.reads.push({
      epcHex,
      observedAtMs,
      rssiDbm: rssiDbmOf(at(levels, rssi), scale),
      antenna: antennaIn(mapping.antenna, at(levels, antenna)),
      readerId: readerIdOf(at(levels, reader)),
      readCount: readCountOf(at(levels, readCount)),
    });
  };
}

function epcOf(
  encoding: ReaderMapping["epc"]["encoding"],
  value: unknown,
  parts: MessageParts,
  index: number,
): string {
  if (encoding === "base64" && typeof value === "string" && value !== "")
    return epcFromBase64(value, parts, index);
  return encoding === "uri" ? epcFromText(value, parts, index) : epcFromHex(value, parts, index);
}

function timeIn(time: ReaderMapping["time"], value: unknown, parts: MessageParts, index: number): number {
  const number = time.unit === "auto" ? Number.NaN : numberOf(value);
  if (time.unit !== "auto" && !Number.isNaN(number)) {
    return timeOf(new Date(epochMs(number * EPOCH_MS[time.unit])).toISOString(), undefined, parts, index);
  }
  // "2026-01-15 10:30:00" has no zone; with the mapping's it has.
  if (time.utcOffset !== undefined && typeof value === "string" && Number.isNaN(parseReaderTime(value)))
    return timeOf(`${value.trim()}${time.utcOffset}`, undefined, parts, index);
  return timeOf(value, undefined, parts, index);
}

/** Whole milliseconds, without what floating point adds; out of every range (refused, never thrown) where it was. */
function epochMs(milliseconds: number): number {
  const bounded = Math.min(Math.max(milliseconds, -1), 8_640_000_000_000);
  return Math.floor(Math.round(bounded * 100) / 100);
}

function antennaIn(antenna: ReaderMapping["antenna"], value: unknown): number {
  if (antenna === undefined) return -1;
  if (typeof value === "string" && Object.hasOwn(antenna.names, value)) return antenna.names[value] ?? -1;
  const number = numberOf(value);
  return Number.isNaN(number) ? -1 : antennaOf(number + antenna.offset);
}
