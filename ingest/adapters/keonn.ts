import { isJsonObject, type JsonObject, type MessageParts, refuseRead } from "./message-parts.ts";
import { antennaOf, epcFromHex, readCountOf, readerIdOf, rssiDbmOf, timeOf } from "./read-fields.ts";

/**
 * Keonn AdvanNet: a template of its user makes the message. This is the one that its samples use,
 * `{devid, devip, devmac, reads: [{epc, rssi, ts}]}`, or one read with these members; another needs a mapping.
 */
export function isKeonn(message: JsonObject): boolean {
  const hasDevice = typeof message["devid"] === "string" || typeof message["devmac"] === "string";
  return hasDevice && (Array.isArray(message["reads"]) || typeof message["epc"] === "string");
}

export function takeKeonn(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "keonn";
  const readerId = readerIdOf(message["devid"] ?? message["devmac"]);
  const reads: unknown[] = Array.isArray(message["reads"]) ? message["reads"] : [message];
  for (const read of reads) {
    if (!isJsonObject(read)) {
      refuseRead(parts, index, "read_without_epc", "an entry of reads is not an object");
      continue;
    }
    const epcHex = epcFromHex(read["epc"], parts, index);
    if (epcHex === "") continue;
    const observedAtMs = timeOf(read["ts"], message["ts"], parts, index);
    if (Number.isNaN(observedAtMs)) continue;
    parts.reads.push({
      epcHex,
      observedAtMs,
      rssiDbm: rssiDbmOf(read["rssi"], 1),
      antenna: antennaOf(read["antenna"] ?? read["port"]),
      readerId,
      readCount: readCountOf(read["count"]),
    });
  }
}
