import type { JsonObject, MessageParts } from "./message-parts.ts";
import { antennaOf, epcFromHex, readCountOf, readerIdOf, rssiDbmBySize, timeOf } from "./read-fields.ts";

/** Kalama's feed, an aggregator: `{epc, epochMillis, placeId, zoneId | x, y, floorNumber, macAddress, rssi}`. */
export function isKalama(message: JsonObject): boolean {
  return typeof message["epc"] === "string" && message["epochMillis"] !== undefined;
}

/** One read. Where it is belongs to the reader and its antenna here, so place, zone and coordinates are not used. */
export function takeKalama(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "kalama";
  const epcHex = epcFromHex(message["epc"], parts, index);
  if (epcHex === "") return;
  const observedAtMs = timeOf(message["epochMillis"], undefined, parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmBySize(message["rssi"]),
    antenna: antennaOf(message["antenna"]),
    readerId: readerIdOf(message["macAddress"]),
    readCount: readCountOf(message["readCount"]),
  });
}
