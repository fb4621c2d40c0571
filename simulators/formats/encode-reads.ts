import type { MessageBody, SimulatedRead, Timeline } from "../message.ts";

type ReadsBody = Extract<MessageBody, { kind: "reads" }>;

/** The message as the reader's maker defines it: Impinj's IoT device interface or Zebra's IoT Connector. */
export function encodeReads(body: ReadsBody, timeline: Timeline): string {
  const toReaderTime = (simulatedMs: number): string =>
    new Date(timeline.toUnixMs(simulatedMs) + body.skewMs).toISOString();
  switch (body.format) {
    case "impinj":
      return encodeImpinj(body, toReaderTime);
    case "zebra":
      return encodeZebra(body, toReaderTime);
    default:
      return body.format satisfies never;
  }
}

/** One tag inventory event. EPC as base64url, as that interface does by default; RSSI in hundredths of a dBm. */
function encodeImpinj(body: ReadsBody, toReaderTime: (ms: number) => string): string {
  const read = body.reads[0];
  if (read === undefined) throw new Error("an Impinj message carries one read");
  return JSON.stringify({
    timestamp: withNanoseconds(toReaderTime(body.reportedAtMs)),
    hostname: body.readerId,
    eventType: "tagInventory",
    tagInventoryEvent: {
      epc: Buffer.from(read.epcHex, "hex").toString("base64url"),
      antennaPort: read.antenna,
      peakRssiCdbm: Math.round(read.rssiDbm * 2) * 50,
      frequency: 865700 + 600 * (body.firstEventNumber % 4),
      transmitPowerCdbm: 3000,
      lastSeenTime: withNanoseconds(toReaderTime(read.observedAtMs)),
    },
  });
}

/** One inventory event, or an array of them: lower-case hex, RSSI in whole dBm, offset without a colon. */
function encodeZebra(body: ReadsBody, toReaderTime: (ms: number) => string): string {
  const events = body.reads.map((read, index) => ({
    data: zebraData(read, body.firstEventNumber + index),
    timestamp: toReaderTime(read.observedAtMs).replace("Z", "+0000"),
    type: "INVENTORY",
  }));
  return JSON.stringify(events.length === 1 ? events[0] : events);
}

function zebraData(read: SimulatedRead, eventNum: number): Record<string, unknown> {
  return {
    antenna: read.antenna,
    eventNum,
    format: "epc",
    idHex: read.epcHex.toLowerCase(),
    peakRssi: Math.round(read.rssiDbm),
    reads: read.count,
  };
}

function withNanoseconds(instant: string): string {
  return instant.replace("Z", "000000Z");
}
