import type { MqttClient } from "mqtt";
import { type AckPlace, createAckQueue } from "./ack-queue.ts";

/** PUBACK without reason code and properties is the same four bytes in MQTT 3.1.1 and 5 (there: success). */
const PUBACK = 0x40;
const PUBACK_BYTES = 4;

/** The acknowledgements of one network connection. Packet ids mean nothing on any other. */
export type PubackWriter = {
  readonly stream: MqttClient["stream"];
  expect(packetId: number): AckPlace<number>;
  settle(place: AckPlace<number>): void;
  flush(): void;
  readonly waiting: number;
};

/**
 * Collects acknowledgements and writes those of one turn of the event loop together: a committed batch of 1,000
 * messages is one write of 4 kB instead of 1,000 writes. What cannot be written any more is not an error: the broker
 * delivers those messages again.
 */
export function createPubackWriter(
  stream: MqttClient["stream"],
  onWritten: (count: number) => void,
): PubackWriter {
  let packetIds: number[] = [];
  const flush = (): void => {
    const ids = packetIds;
    packetIds = [];
    if (ids.length === 0 || stream.destroyed || !stream.writable) return;
    const bytes = Buffer.allocUnsafe(ids.length * PUBACK_BYTES);
    let offset = 0;
    for (const id of ids) {
      bytes[offset] = PUBACK;
      bytes[offset + 1] = 2;
      bytes.writeUInt16BE(id, offset + 2);
      offset += PUBACK_BYTES;
    }
    stream.write(bytes);
    onWritten(ids.length);
  };
  const queue = createAckQueue<number>((packetId) => {
    packetIds.push(packetId);
    if (packetIds.length === 1) setImmediate(flush);
  });
  return {
    stream,
    expect: (packetId) => queue.join(packetId),
    settle: (place) => queue.settle(place),
    flush,
    get waiting() {
      return queue.waiting;
    },
  };
}
