import { parseReaderTime } from "../../domain/reader-time.ts";
import { connectionSignOfWords } from "./connection-text.ts";
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
  countOf,
  epcFromBase64,
  epcFromHex,
  readerIdOf,
  rssiDbmOf,
  timeOf,
} from "./read-fields.ts";
import type { ControlSign } from "./understood.ts";

/** Events of the interface that carry no read, with what they mean. `overflow` means that the reader lost reads. */
const CONTROLS: ReadonlyMap<string, ControlSign["level"]> = new Map([
  ["antennaConnected", "info"],
  ["antennaDisconnected", "warning"],
  ["antennaActivation", "info"],
  ["inventoryStatus", "info"],
  ["gpiTransition", "info"],
  ["overflow", "error"],
]);

/** Impinj IoT device interface (R700, R720): `{timestamp, hostname?, eventType, <eventType>Event}`. */
export function isImpinj(message: JsonObject): boolean {
  return typeof message["eventType"] === "string" || isJsonObject(message["tagInventoryEvent"]);
}

/**
 * One event. `epcHex` is off by default, so the EPC is mostly base64url; RSSI is in 1/100 dBm; the time is the last sight,
 * else the event's.
 */
export function takeImpinj(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "impinj";
  const event = message["tagInventoryEvent"];
  if (isJsonObject(event)) {
    takeRead(message, event, index, parts);
    return;
  }
  const eventType = String(message["eventType"]);
  if (eventType === "tagInventory") {
    refuseRead(parts, index, "read_without_epc", "the event says tagInventory but has no tagInventoryEvent");
    return;
  }
  takeControl(message, eventType, parts);
}

function takeControl(message: JsonObject, eventType: string, parts: MessageParts): void {
  const level = CONTROLS.get(eventType);
  const event = message[`${eventType}Event`];
  const atMs = parseReaderTime(message["timestamp"]);
  const readerId = readerIdOf(message["hostname"] ?? message["readerName"]);
  if (level === undefined) {
    // The smart-reader app on these readers sends notices of its own in this form.
    const status = typeof message["status"] === "string" ? message["status"] : "";
    const sign = connectionSignOfWords(`${eventType} ${status}`.slice(0, 200));
    const detail = `${eventType.slice(0, 60)} ${brief(event)}`.trim();
    if (sign === "offline")
      parts.signs.push({ kind: "readerOffline", detail, atMs: parts.receivedAtMs, readerId });
    else addControl(parts, "impinj", sign ?? "unknown", detail, atMs, { readerId });
    return;
  }
  const content = isJsonObject(event) ? event : {};
  addControl(parts, "impinj", eventType, brief(event), atMs, {
    level,
    readerId,
    antenna: antennaOf(content["antennaPort"]),
    ...(eventType === "overflow" ? { lostReads: countOf(content["eventsPurged"]) } : {}),
  });
}

function takeRead(message: JsonObject, event: JsonObject, index: number, parts: MessageParts): void {
  const hex = event["epcHex"];
  const base64 = event["epc"];
  const epcHex =
    typeof base64 === "string" && base64 !== "" && (hex === undefined || hex === "")
      ? epcFromBase64(base64, parts, index)
      : epcFromHex(hex, parts, index);
  if (epcHex === "") return;
  const observedAtMs = timeOf(event["lastSeenTime"], message["timestamp"], parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmOf(event["peakRssiCdbm"], 0.01),
    antenna: antennaOf(event["antennaPort"]),
    readerId: readerIdOf(message["hostname"]),
    readCount: 1,
  });
}
