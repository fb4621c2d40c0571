import {
  addControl,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  refuseRead,
} from "./message-parts.ts";
import { antennaOf, epcFromBase64, readCountOf, rssiDbmOf, timeOf, readerIdOf } from "./read-fields.ts";

/** Reading, event, request and message envelope around a report: EdgeX wraps it at most so often. */
const MAX_WRAPS = 5;

/**
 * LLRP reports as EdgeX forwards them (device-rfid-llrp): `{TagReportData: […]}`, alone or as the value of a reading, in an
 * event, in a request, in a message envelope with base64 payload.
 */
export function isLlrp(message: JsonObject): boolean {
  if (isReport(message)) return true;
  if (Array.isArray(message["readings"])) return typeof message["deviceName"] === "string";
  if (isJsonObject(message["event"])) return Array.isArray(message["event"]["readings"]);
  return typeof message["contentType"] === "string" && "payload" in message;
}

function isReport(message: JsonObject): boolean {
  return "TagReportData" in message || "ReaderEventNotificationData" in message;
}

export function takeLlrp(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "llrp";
  unwrap(message, null, MAX_WRAPS, index, parts);
}

function unwrap(
  value: unknown,
  readerId: string | null,
  wraps: number,
  index: number,
  parts: MessageParts,
): void {
  const message = typeof value === "string" ? parseText(value) : value;
  if (!isJsonObject(message) || wraps === 0) {
    addControl(parts, "llrp", "unknown", brief(message), Number.NaN, { readerId });
  } else if (isReport(message)) {
    takeReport(message, readerId, index, parts);
  } else if (Array.isArray(message["readings"])) {
    const device = readerIdOf(message["deviceName"]) ?? readerId;
    for (const reading of message["readings"]) {
      const inner: unknown = isJsonObject(reading) ? (reading["objectValue"] ?? reading["value"]) : reading;
      const source = isJsonObject(reading) ? (readerIdOf(reading["deviceName"]) ?? device) : device;
      unwrap(inner, source, wraps - 1, index, parts);
    }
  } else {
    unwrap(message["event"] ?? message["payload"], readerId, wraps - 1, index, parts);
  }
}

/** JSON, or JSON in base64; the text itself where it is neither. */
function parseText(text: string): unknown {
  const decoded = text.trimStart().startsWith("{") ? text : Buffer.from(text, "base64").toString("utf8");
  try {
    return JSON.parse(decoded);
  } catch {
    return text;
  }
}

function takeReport(report: JsonObject, readerId: string | null, index: number, parts: MessageParts): void {
  const tags = report["TagReportData"];
  if (Array.isArray(tags)) {
    for (const tag of tags) {
      if (isJsonObject(tag)) takeTag(tag, readerId, index, parts);
      else refuseRead(parts, index, "read_without_epc", "an entry of TagReportData is not an object");
    }
    if (tags.length > 0) return;
  }
  const notice = report["ReaderEventNotificationData"];
  if (isJsonObject(notice)) takeNotice(notice, readerId, parts);
  else addControl(parts, "llrp", "empty", "a report without tags", Number.NaN, { readerId });
}

/** EPC in base64, RSSI in whole dBm, antennas from 1, times in epoch microseconds; null where the reader did not report it. */
function takeTag(tag: JsonObject, readerId: string | null, index: number, parts: MessageParts): void {
  const epc = epcOf(tag["EPC96"]) ?? epcOf(tag["EPCData"]);
  if (epc === null) {
    refuseRead(parts, index, "read_without_epc", "the tag's report has neither EPC96 nor EPCData");
    return;
  }
  const epcHex = epcFromBase64(epc, parts, index);
  if (epcHex === "") return;
  const observedAtMs = timeOf(tag["LastSeenUTC"], tag["FirstSeenUTC"], parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmOf(tag["PeakRSSI"], 1),
    antenna: antennaOf(tag["AntennaID"]),
    readerId,
    readCount: readCountOf(tag["TagSeenCount"]),
  });
}

function epcOf(value: unknown): string | null {
  const epc = isJsonObject(value) ? value["EPC"] : undefined;
  return typeof epc === "string" && epc !== "" ? epc : null;
}

function takeNotice(notice: JsonObject, readerId: string | null, parts: MessageParts): void {
  const antenna = notice["AntennaEvent"];
  if (isJsonObject(antenna)) {
    const isConnected = (antenna["Event"] ?? antenna["EventType"]) === 1;
    addControl(
      parts,
      "llrp",
      isConnected ? "antennaConnected" : "antennaDisconnected",
      brief(antenna),
      Number.NaN,
      {
        readerId,
        antenna: antennaOf(antenna["AntennaID"]),
        level: isConnected ? "info" : "warning",
      },
    );
  } else if (isPresent(notice["ReportBufferOverflowErrorEvent"])) {
    const detail = "the reader's report buffer ran over";
    addControl(parts, "llrp", "overflow", detail, Number.NaN, { readerId, level: "error", lostReads: null });
  } else if (isPresent(notice["ReaderExceptionEvent"])) {
    const detail = brief(notice["ReaderExceptionEvent"]);
    addControl(parts, "llrp", "error", detail, Number.NaN, { readerId, level: "error" });
  } else if (isPresent(notice["ReportBufferLevelWarningEvent"])) {
    const detail = brief(notice["ReportBufferLevelWarningEvent"]);
    addControl(parts, "llrp", "warning", detail, Number.NaN, { readerId, level: "warning" });
  } else {
    addControl(parts, "llrp", "unknown", brief(notice), Number.NaN, { readerId });
  }
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
