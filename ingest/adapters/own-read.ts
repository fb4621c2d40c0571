import type { JsonObject, MessageParts } from "./message-parts.ts";
import { antennaOf, epcFromText, readCountOf, readerIdOf, rssiDbmOf, timeOf } from "./read-fields.ts";

/** Onhand's own read: `{epc, antenna?, rssiDbm?, lastSeenAt, reader?, readCount?}`. */
export function isOwnRead(message: JsonObject): boolean {
  return typeof message["epc"] === "string";
}

/** One read. `epc` is hex, or a tag, raw or pure identity URI. */
export function takeOwnRead(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "onhand";
  const epcHex = epcFromText(message["epc"], parts, index);
  if (epcHex === "") return;
  const observedAtMs = timeOf(message["lastSeenAt"], undefined, parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmOf(message["rssiDbm"], 1),
    antenna: antennaOf(message["antenna"]),
    readerId: readerIdOf(message["reader"]),
    readCount: readCountOf(message["readCount"]),
  });
}
