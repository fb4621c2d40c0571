import { parseReaderTime } from "../../domain/reader-time.ts";
import {
  addControl,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
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

const READ_MODES: ReadonlySet<string> = new Set([
  "SIMPLE",
  "INVENTORY",
  "PORTAL",
  "CONVEYOR",
  "CUSTOM",
  "DIRECTIONALITY",
]);
const CONTROLS: ReadonlySet<string> = new Set([
  "gpi",
  "gpo",
  "error",
  "warning",
  "firmwareUpdateProgress",
  "userapp",
  "hello",
]);

/** Zebra IoT Connector: data `{data, timestamp, type}`, events `{component, data, eventNum, timestamp, type}`, answers to commands. */
export function isZebra(message: JsonObject): boolean {
  if (typeof message["type"] === "string") return "data" in message || "component" in message;
  return typeof message["command"] === "string" && ("command_id" in message || "response" in message);
}

/** One envelope: reads, a management event, or something to count and leave. */
export function takeZebra(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "zebra";
  const data = message["data"];
  if (isJsonObject(data) && ("idHex" in data || "tagId" in data)) {
    takeData(message, data, index, parts);
  } else if (Array.isArray(data)) {
    for (const entry of data) {
      if (isJsonObject(entry)) takeData(message, entry, index, parts);
      else refuseRead(parts, index, "read_without_epc", "an entry of data is not an object");
    }
  } else {
    takeEvent(message, data, index, parts);
  }
}

function takeData(message: JsonObject, data: JsonObject, index: number, parts: MessageParts): void {
  if ("idHex" in data || !("tagId" in data)) {
    takeRead(message, data, data["idHex"], undefined, data["antenna"], index, parts);
    return;
  }
  // Directionality (ATR7000): the reader tells a zone of its own instead of an antenna. TIMED_OUT is a silence, not a sight.
  if (data["state"] === "TIMED_OUT") {
    addControl(parts, "zebra", "timedOut", text(data["tagId"]), parseReaderTime(message["timestamp"]));
    return;
  }
  takeRead(message, data, data["tagId"], data["lastSeenTimestamp"], data["zone"], index, parts);
}

function takeRead(
  message: JsonObject,
  data: JsonObject,
  epc: unknown,
  lastSeen: unknown,
  antenna: unknown,
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
    readerId: readerIdOf(data["hostName"] ?? data["MAC"]),
    readCount: readCountOf(data["reads"]),
  });
}

function takeEvent(message: JsonObject, data: unknown, index: number, parts: MessageParts): void {
  const type = message["type"];
  const atMs = parseReaderTime(message["timestamp"]);
  if (typeof type !== "string") {
    addControl(
      parts,
      "zebra",
      "commandResponse",
      `${text(message["command"])}: ${text(message["response"])}`,
      atMs,
    );
  } else if (type === "heartbeat" && isJsonObject(data)) {
    takeHeartbeat(data, atMs, parts);
  } else if (CONTROLS.has(type)) {
    addControl(parts, "zebra", type, text(data), atMs);
  } else if (type === "BLE_DATA") {
    addControl(parts, "zebra", "ble", "", atMs);
  } else if (READ_MODES.has(type)) {
    refuseRead(parts, index, "read_without_epc", `the ${type} message has neither idHex nor tagId`);
  } else {
    addControl(parts, "zebra", "unknown", `${type.slice(0, 60)} ${text(data)}`, atMs);
  }
}

function takeHeartbeat(data: JsonObject, timeMs: number, parts: MessageParts): void {
  const radio = isJsonObject(data["radio_control"]) ? data["radio_control"] : {};
  const antennas = isJsonObject(radio["antennas"]) ? radio["antennas"] : {};
  const antennasConnected = Object.entries(antennas)
    .filter(([, state]) => state === "connected")
    .map(([antenna]) => antennaOf(antenna))
    .filter((antenna) => antenna >= 0)
    .slice(0, 64);
  parts.signs.push({
    kind: "heartbeat",
    format: "zebra",
    atMs: Number.isNaN(timeMs) ? parts.receivedAtMs : timeMs,
    antennasConnected,
    numTagReads: countOf(radio["numTagReads"]),
    numErrors: countOf(radio["numErrors"]),
  });
}

function countOf(value: unknown): number | null {
  const count = numberOf(value);
  return Number.isNaN(count) ? null : count;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : brief(value);
}
