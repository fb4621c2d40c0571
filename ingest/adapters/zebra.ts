import { parseReaderTime } from "../../domain/reader-time.ts";
import {
  addControl,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  noteEventNumber,
  refuseRead,
} from "./message-parts.ts";
import {
  antennaOf,
  epcFromHex,
  numberOf,
  readCountOf,
  readerIdOf,
  rssiDbmOf,
  timeOf,
} from "./read-fields.ts";
import { takeZebraEvent } from "./zebra-events.ts";

/** Milliseconds since 1970 have at least so many; less is a time since the tag was first seen. */
const LEAST_EPOCH_MS = 1e11;

/**
 * Zebra IoT Connector (FX7500, FX9600, ATR7000, FXR60/90): data `{data, timestamp, type}`, events
 * `{component, data, eventNum, timestamp, type}`, answers to commands. Hand-held RFD40/90: `data.tagData[]`.
 */
export function isZebra(message: JsonObject): boolean {
  if (typeof message["type"] === "string") return "data" in message || "component" in message;
  return typeof message["command"] === "string" && ("command_id" in message || "response" in message);
}

/** One envelope: reads, a management event, or something to count and leave. */
export function takeZebra(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "zebra";
  const data = message["data"];
  const type = message["type"];
  // Bearings and Bluetooth beacons on the same topic: no reads, and no faults.
  if (type === "RAW_DIRECTIONALITY" || type === "BLE_DATA") {
    const control = type === "BLE_DATA" ? "ble" : "rawDirectionality";
    addControl(parts, "zebra", control, "", parseReaderTime(message["timestamp"]));
  } else if (isJsonObject(data)) {
    if ("idHex" in data || "tagId" in data) takeData(message, data, index, parts);
    else if (Array.isArray(data["tagData"]) || Array.isArray(data["barcodeData"]))
      takeHandHeld(message, data, index, parts);
    else takeZebraEvent(message, data, index, parts);
  } else if (Array.isArray(data)) {
    for (const entry of data) {
      if (isJsonObject(entry)) takeData(message, entry, index, parts);
      else refuseRead(parts, index, "read_without_epc", "an entry of data is not an object");
    }
  } else {
    takeZebraEvent(message, data, index, parts);
  }
}

function takeData(message: JsonObject, data: JsonObject, index: number, parts: MessageParts): void {
  const readerId = readerIdOf(data["hostName"] ?? data["MAC"]);
  noteEventNumber(parts, "data", data["eventNum"], readerId);
  if (typeof message["type"] === "string") parts.mode = message["type"];
  if ("idHex" in data || !("tagId" in data)) {
    takeRead(message, data, data["idHex"], undefined, data["antenna"], readerId, index, parts);
    return;
  }
  // Directionality (ATR7000): the reader tells a zone of its own instead of an antenna. TIMED_OUT is a silence, not a sight.
  if (data["state"] === "TIMED_OUT") {
    const tag = typeof data["tagId"] === "string" ? data["tagId"] : brief(data["tagId"]);
    addControl(parts, "zebra", "timedOut", tag, parseReaderTime(message["timestamp"]), { readerId });
    return;
  }
  const seenAt = data["lastSeenTimestamp"] ?? newestOf(data["zoneHistory"]);
  takeRead(message, data, data["tagId"], seenAt, data["zone"], readerId, index, parts);
}

function takeRead(
  message: JsonObject,
  data: JsonObject,
  epc: unknown,
  lastSeen: unknown,
  antenna: unknown,
  readerId: string | null,
  index: number,
  parts: MessageParts,
): void {
  const epcHex = epcFromHex(epc, parts, index);
  if (epcHex === "") return;
  const observedAtMs = timeOf(lastSeen, message["timestamp"], parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmOf(data["peakRssi"], 1),
    antenna: antennaOf(antenna),
    readerId,
    readCount: readCountOf(data["reads"]),
  });
}

/** A hand-held's batch. Its records carry what the profile turned on; barcodes are counted and left. */
function takeHandHeld(message: JsonObject, data: JsonObject, index: number, parts: MessageParts): void {
  if (typeof message["type"] === "string") parts.mode = message["type"].slice(0, 60);
  const tags: unknown[] = Array.isArray(data["tagData"]) ? data["tagData"] : [];
  for (const tag of tags) {
    if (!isJsonObject(tag)) {
      refuseRead(parts, index, "read_without_epc", "an entry of tagData is not an object");
      continue;
    }
    const readerId = readerIdOf(tag["hostName"] ?? data["deviceSerialNumber"]);
    noteEventNumber(parts, "data", tag["eventNum"], readerId);
    const epcHex = epcFromHex(tag["EPCid"] ?? tag["epcId"], parts, index);
    if (epcHex === "") continue;
    const seenAt = tag["lastSeenTimestamp"] ?? tag["timestamp"];
    const observedAtMs = timeOf(seenAt, message["timestamp"], parts, index);
    if (Number.isNaN(observedAtMs)) continue;
    parts.reads.push({
      epcHex,
      observedAtMs,
      rssiDbm: rssiDbmOf(tag["peakRssi"], 1),
      antenna: antennaOf(tag["antennaId"] ?? tag["antenna"]),
      readerId,
      readCount: readCountOf(tag["seenCount"]),
    });
  }
  const barcodes = Array.isArray(data["barcodeData"]) ? data["barcodeData"].length : 0;
  if (barcodes > 0) {
    const atMs = parseReaderTime(message["timestamp"]);
    addControl(parts, "zebra", "barcode", `${barcodes} scanned, left out: no tag names them`, atMs);
  }
}

/** The newest time of a tag's history, as `[ms, zone]` pairs or `{timestamp, Zone}` objects; undefined where it has none. */
function newestOf(history: unknown): number | undefined {
  if (!Array.isArray(history)) return undefined;
  let newest = 0;
  for (const entry of history) {
    const time: unknown = Array.isArray(entry)
      ? entry[0]
      : isJsonObject(entry)
        ? entry["timestamp"]
        : undefined;
    const number = numberOf(time);
    const atMs = Number.isNaN(number) || number >= LEAST_EPOCH_MS ? parseReaderTime(time) : Number.NaN;
    if (atMs > newest) newest = atMs;
  }
  return newest === 0 ? undefined : newest;
}
