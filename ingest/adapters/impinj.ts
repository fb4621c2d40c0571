import { parseReaderTime } from "../../domain/reader-time.ts";
import {
  addControl,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  refuseRead,
} from "./message-parts.ts";
import { antennaOf, epcFromBase64, epcFromHex, readerIdOf, rssiDbmOf, timeOf } from "./read-fields.ts";

/** Events of the interface that carry no read. `overflow` means that the reader lost reads. */
const CONTROLS: ReadonlySet<string> = new Set([
  "antennaConnected",
  "antennaDisconnected",
  "antennaActivation",
  "inventoryStatus",
  "gpiTransition",
  "overflow",
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
  const isKnown = CONTROLS.has(eventType);
  const content = brief(message[`${eventType}Event`]);
  const detail = isKnown ? content : `${eventType.slice(0, 60)} ${content}`.trim();
  addControl(parts, "impinj", isKnown ? eventType : "unknown", detail, parseReaderTime(message["timestamp"]));
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
