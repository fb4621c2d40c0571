import { parseReaderTime } from "../../domain/reader-time.ts";
import {
  addControl,
  addHeartbeat,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  noteEventNumber,
  refuseRead,
} from "./message-parts.ts";
import { connectionSignOfWords } from "./connection-text.ts";
import { antennaOf, countOf, numberOf, readerIdOf } from "./read-fields.ts";
import type { ControlSign } from "./understood.ts";

const READ_MODES: ReadonlySet<string> = new Set([
  "SIMPLE",
  "INVENTORY",
  "PORTAL",
  "CONVEYOR",
  "CUSTOM",
  "DIRECTIONALITY",
]);
const CONTROLS: ReadonlyMap<string, ControlSign["level"]> = new Map([
  ["gpi", "info"],
  ["gpo", "info"],
  ["error", "error"],
  ["warning", "warning"],
  ["firmwareUpdateProgress", "info"],
  ["userapp", "info"],
  ["hello", "info"],
]);
const MAX_ANTENNAS = 64;

/** A management event, an answer to a command, or a data message in which nothing is a read. */
export function takeZebraEvent(message: JsonObject, data: unknown, index: number, parts: MessageParts): void {
  const type = message["type"];
  const atMs = parseReaderTime(message["timestamp"]);
  const system = isJsonObject(data) && isJsonObject(data["system"]) ? data["system"] : {};
  const readerId = readerIdOf(system["hostName"] ?? message["deviceSerialNumber"]);
  if (typeof message["component"] === "string") {
    noteEventNumber(parts, message["component"].slice(0, 20), message["eventNum"], readerId);
  }
  if (typeof type !== "string") {
    const answer = `${text(message["command"])}: ${text(message["response"])}`;
    addControl(parts, "zebra", "commandResponse", answer, atMs);
    return;
  }
  const level = CONTROLS.get(type);
  if (type === "heartbeat" || type === "heartBeatEVT") {
    takeHeartbeat(isJsonObject(data) ? data : {}, atMs, readerId, parts);
  } else if (level !== undefined) {
    addControl(parts, "zebra", type, text(data), atMs, { level, readerId });
  } else if (READ_MODES.has(type)) {
    refuseRead(parts, index, "read_without_epc", `the ${type} message has neither idHex nor tagId`);
  } else if (type === "mqttConnEVT") {
    const sign = connectionSignOfWords(text(data).slice(0, 200));
    if (sign === "offline")
      parts.signs.push({ kind: "readerOffline", detail: text(data), atMs: parts.receivedAtMs, readerId });
    else addControl(parts, "zebra", "connected", text(data), atMs, { readerId });
  } else {
    addControl(parts, "zebra", "unknown", `${type.slice(0, 60)} ${text(data)}`, atMs, { readerId });
  }
}

/**
 * A heartbeat of any firmware: older ones count messages in `reader_gateway` itself, newer ones in its
 * `dataPathStatistics`, one entry a path; `flash` may be null, and `systemtime` is a text for people.
 */
function takeHeartbeat(data: JsonObject, timeMs: number, readerId: string | null, parts: MessageParts): void {
  const radio = objectAt(data, "radio_control");
  const gateway = objectAt(data, "reader_gateway");
  const system = objectAt(data, "system");
  const antennas = Object.entries(objectAt(radio, "antennas")).slice(0, MAX_ANTENNAS);
  const inState = (wanted: string) =>
    antennas
      .filter(([, state]) => state === wanted)
      .map(([antenna]) => antennaOf(antenna))
      .filter((antenna) => antenna >= 0);
  addHeartbeat(parts, "zebra", timeMs, {
    readerId,
    antennasConnected: inState("connected"),
    antennasDisconnected: inState("disconnected"),
    numTagReads: countOf(radio["numTagReads"]),
    numErrors: countOf(radio["numErrors"]),
    numWarnings: countOf(radio["numWarnings"]),
    numDropped: droppedOf(gateway),
    temperatureCelsius: temperatureOf(system["temperature"]),
    activity: word(radio["radioActivity"]) ?? word(radio["status"]),
    uptime: word(system["uptime"]) ?? word(data["uptime"]),
  });
}

function droppedOf(gateway: JsonObject): number | null {
  const paths: unknown = gateway["dataPathStatistics"];
  if (!Array.isArray(paths)) return countOf(gateway["numDataMessagesDropped"]);
  const counts = paths.flatMap((path) =>
    isJsonObject(path) ? (countOf(path["numDataMessagesDropped"]) ?? []) : [],
  );
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** `{ambient, pa}` or one number, in degrees Celsius. The power amplifier is hottest, but the ambient is what a person can change. */
function temperatureOf(value: unknown): number | null {
  const celsius = numberOf(isJsonObject(value) ? (value["ambient"] ?? value["pa"]) : value);
  return celsius > -100 && celsius < 300 ? celsius : null;
}

function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isJsonObject(member) ? member : {};
}

function word(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 60) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : brief(value);
}
