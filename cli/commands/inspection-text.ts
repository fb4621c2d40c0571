import type { Inspection } from "./describe-understood.ts";
import { cell, formatTable } from "./print-rows.ts";

const READ_HEADINGS = ["SEEN AT", "ANTENNA", "RSSI", "READS", "READER", "EPC", "GTIN", "IDENTITY"];

/** The verdict on one file for a person. */
export function inspectionText(inspection: Inspection): string {
  const { input, topic, kind } = inspection;
  const on = topic === null ? "" : ` (as if on ${topic})`;
  return `${input}${on}: ${headline(inspection)}\n${bodyOf(inspection, kind)}\n`;
}

function headline(inspection: Inspection): string {
  const { kind, reads, refused } = inspection;
  switch (kind) {
    case "reads":
      return `${cell(inspection["format"])}, ${counted(reads.length, "read")}, ${refused.length} refused`;
    case "till":
    case "stock":
      return `an event of a ${kind === "till" ? "till" : "stock system"}, taken`;
    case "control": {
      const { control, detail, level } = inspection;
      const mark = level === "info" ? "" : ` (${cell(level)})`;
      return `no reads; the reader says ${cell(control)}${mark}: ${cell(detail)}`;
    }
    case "heartbeat":
      return `no reads; a ${cell(inspection["format"])} reader's sign of life`;
    case "readerOffline":
      return `no reads; the reader is gone: ${cell(inspection["detail"])}`;
    case "rejected":
      return `rejected (${cell(inspection["code"])}): ${cell(inspection["detail"])}`;
    default:
      return kind satisfies never;
  }
}

function bodyOf(inspection: Inspection, kind: Inspection["kind"]): string {
  if (kind === "heartbeat") {
    const {
      antennasConnected,
      antennasDisconnected,
      numTagReads,
      numErrors,
      numDropped,
      temperatureCelsius,
    } = inspection;
    return (
      `  antennas connected ${cell(antennasConnected)}, disconnected ${cell(antennasDisconnected)}, ` +
      `tag reads ${cell(numTagReads)}, errors ${cell(numErrors)}, dropped ${cell(numDropped)}, ` +
      `degrees Celsius ${cell(temperatureCelsius)}\n`
    );
  }
  if (kind === "till" || kind === "stock") return `${JSON.stringify(inspection["event"], null, 2)}\n`;
  if (kind !== "reads") return "";
  const reads = inspection.reads.map((read) => [
    read.observedAt,
    cell(read.antenna),
    cell(read.rssiDbm),
    cell(read.readCount),
    cell(read.readerId),
    read.epcHex,
    cell(read.gtin14),
    read.pureIdentityUri ?? `kept raw (${cell(read.epcCode)})`,
  ]);
  const refused = inspection.refused.map(
    (read) => `  refused, number ${read.index} (${read.code}): ${read.detail}\n`,
  );
  const signs = Array.isArray(inspection["signs"]) ? inspection["signs"].map(signLine) : [];
  return `${reads.length === 0 ? "" : formatTable(READ_HEADINGS, reads)}${refused.join("")}${signs.join("")}`;
}

/** What a reader says of itself among its reads. */
function signLine(sign: unknown): string {
  const { kind, control, detail, level } = sign as Record<string, unknown>;
  const mark = level === "error" || level === "warning" ? ` (${cell(level)})` : "";
  if (kind === "heartbeat") return "  sign of life\n";
  return `  the reader says ${kind === "control" ? cell(control) : "that it is gone"}${mark}: ${cell(detail)}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
