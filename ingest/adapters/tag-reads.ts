import {
  addHeartbeat,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  refuseRead,
} from "./message-parts.ts";
import { antennaOf, epcFromHex, readCountOf, readerIdOf, rssiDbmOf, timeOf } from "./read-fields.ts";

/**
 * `{…, tag_reads: [{epc, antennaPort, peakRssi, firstSeenTimestamp, …}]}`: the smart-reader app on an Impinj R700
 * (`readerName`, `mac`, `site`) and Speedway Connect on older Impinj readers (`reader_name`, `mac_address`), whose values may
 * all be text. RSSI in dBm, times in epoch microseconds.
 */
export function isTagReads(message: JsonObject): boolean {
  return Array.isArray(message["tag_reads"]);
}

export function takeTagReads(message: JsonObject, index: number, parts: MessageParts): void {
  const isSpeedway = "reader_name" in message || "mac_address" in message;
  const format = isSpeedway ? "speedway" : "smartreader";
  parts.format ??= format;
  const readerId = readerIdOf(
    message["readerName"] ?? message["reader_name"] ?? message["mac"] ?? message["mac_address"],
  );
  const reads: unknown[] = Array.isArray(message["tag_reads"]) ? message["tag_reads"] : [];
  for (const read of reads) {
    if (!isJsonObject(read)) {
      refuseRead(parts, index, "read_without_epc", "an entry of tag_reads is not an object");
    } else if (read["isHeartBeat"] === true || read["isHeartBeat"] === "true") {
      // The same list carries a sign of life with no tag in it.
      addHeartbeat(parts, format, Number.NaN, { readerId });
    } else {
      takeRead(message, read, readerId, index, parts);
    }
  }
}

function takeRead(
  message: JsonObject,
  read: JsonObject,
  readerId: string | null,
  index: number,
  parts: MessageParts,
): void {
  const epcHex = epcFromHex(read["epc"], parts, index);
  if (epcHex === "") return;
  const seenAt = read["lastSeenTimestamp"] ?? read["firstSeenTimestamp"] ?? read["timestamp"];
  const observedAtMs = timeOf(seenAt, message["timestamp"], parts, index);
  if (Number.isNaN(observedAtMs)) return;
  parts.reads.push({
    epcHex,
    observedAtMs,
    rssiDbm: rssiDbmOf(read["peakRssi"], 1),
    antenna: antennaOf(read["antennaPort"]),
    readerId,
    readCount: readCountOf(read["tagSeenCount"] ?? read["seenCount"]),
  });
}
