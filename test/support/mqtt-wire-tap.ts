import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

const PUBLISH = 3;
const PUBACK = 4;

/** What one connection through the tap has shown. */
type Conversation = { down: Socket; up: Socket; outstanding: number[] };

export type MqttWireTap = {
  url: string;
  /** Packet ids of PUBACKs from the client, in their order, over all connections. */
  pubacks: number[];
  /** QoS 1 publishes that the broker sent, in their order. */
  publishes: number[];
  /** PUBACKs that were not for the oldest publish outstanding on their own connection. */
  faults: string[];
  /** TCP segments that carried PUBACKs. */
  ackWrites: number;
  connections: number;
  /** Breaks all present connections, in both directions, without a word. */
  cut(): void;
  close(): Promise<void>;
};

/** A TCP relay before a broker that reads along what the client acknowledges, and can break the connection. */
export async function startMqttWireTap(brokerPort: number): Promise<MqttWireTap> {
  const conversations = new Set<Conversation>();
  // Half open, so that an end passes through as it came: a client that hangs up still sees the broker do so.
  const server = createServer({ allowHalfOpen: true }, (down) => {
    const up = connect({ port: brokerPort, host: "127.0.0.1", allowHalfOpen: true });
    const conversation: Conversation = { down, up, outstanding: [] };
    conversations.add(conversation);
    tap.connections += 1;
    for (const [socket, other] of [
      [down, up],
      [up, down],
    ] as const) {
      socket.on("error", () => {});
      socket.on("close", (isBroken) => {
        conversations.delete(conversation);
        if (isBroken) other.destroy();
      });
    }
    const readUp = packetReader((type, flags, body) => {
      if (type !== PUBLISH || ((flags >> 1) & 3) !== 1) return;
      const id = body.readUInt16BE(2 + body.readUInt16BE(0));
      conversation.outstanding.push(id);
      tap.publishes.push(id);
    });
    const readDown = packetReader((type, _flags, body) => {
      if (type !== PUBACK) return;
      const id = body.readUInt16BE(0);
      const expected = conversation.outstanding.shift();
      if (id !== expected) tap.faults.push(`PUBACK ${id} where ${expected} was the oldest`);
      tap.pubacks.push(id);
    });
    up.on("data", readUp);
    down.on("data", (chunk) => {
      const before = tap.pubacks.length;
      readDown(chunk);
      if (tap.pubacks.length > before) tap.ackWrites += 1;
    });
    up.pipe(down);
    down.pipe(up);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const tap: MqttWireTap = {
    url: `mqtt://127.0.0.1:${address.port}`,
    pubacks: [],
    publishes: [],
    faults: [],
    ackWrites: 0,
    connections: 0,
    cut() {
      for (const { down, up } of conversations) {
        down.destroy();
        up.destroy();
      }
    },
    async close() {
      tap.cut();
      server.close();
      await once(server, "close");
    },
  };
  return tap;
}

/** Cuts a stream of bytes into MQTT packets. */
function packetReader(
  onPacket: (type: number, flags: number, body: Buffer) => void,
): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const header = headerOf(bytes);
      if (header === null || bytes.length < header.headerBytes + header.bodyBytes) break;
      const end = header.headerBytes + header.bodyBytes;
      const first = bytes[0] ?? 0;
      onPacket(first >> 4, first & 15, bytes.subarray(header.headerBytes, end));
      bytes = bytes.subarray(end);
    }
    rest = Buffer.from(bytes);
  };
}

function headerOf(bytes: Buffer): { headerBytes: number; bodyBytes: number } | null {
  let bodyBytes = 0;
  for (let index = 1; index <= 4; index++) {
    const digit = bytes[index];
    if (digit === undefined) return null;
    bodyBytes += (digit & 127) * 128 ** (index - 1);
    if (digit < 128) return { headerBytes: index + 1, bodyBytes };
  }
  throw new Error("not MQTT");
}
