import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";
import {
  ACKNOWLEDGEMENT_BYTES,
  DISCONNECT_PACKET,
  connectPacket,
  publishPacket,
} from "../harness/mqtt-packets.ts";
import { readMessages } from "../harness/read-messages.ts";

/** Unacknowledged messages of one connection; the broker lets at most 1,000 wait. */
const WINDOW = 500;
const CHUNK = 50;

const userSchema = z.object({ username: z.string(), password: z.string() });
const connectSchema = z.object({
  port: z.number(),
  connections: z.number(),
  /** One for each connection; without them the broker is asked as nobody. */
  users: z.array(userSchema).optional(),
});
const prepareSchema = z.object({
  root: z.string(),
  plan: z.object({ locations: z.number(), products: z.number(), readsPerMessage: z.number() }),
  range: z.object({ from: z.number(), to: z.number(), startMs: z.number(), endMs: z.number() }),
});

let sockets: Socket[] = [];
/** Packets by connection, in the order they are sent. */
let prepared: Buffer[][] = [];

answerRequests(
  {
    async connect(params) {
      const { port, connections, users } = connectSchema.parse(params);
      sockets = await Promise.all(
        Array.from({ length: connections }, (_, index) => open(port, index, users?.[index])),
      );
      return null;
    },
    async prepare(params) {
      const { root, plan, range } = prepareSchema.parse(params);
      prepared = sockets.map(() => []);
      let number = 0;
      // A location's messages keep to one connection, as a reader's do, so that they stay in order.
      for (const { topic, payload } of readMessages(plan, range)) {
        const packets = prepared[(number % plan.locations) % sockets.length];
        packets?.push(publishPacket(`${root}/${topic}`, payload, 1 + (packets.length % 65_535)));
        number += 1;
      }
      return null;
    },
    /** Sends all that was prepared as fast as the broker acknowledges. Answers the milliseconds it took. */
    async publish() {
      const startedMs = performance.now();
      await Promise.all(sockets.map((socket, index) => send(socket, prepared[index] ?? [])));
      return performance.now() - startedMs;
    },
    /** Sends what was prepared at `perSecond` in all, evenly. Answers when the last was sent. */
    async publishAtRate(params) {
      const { perSecond } = z.object({ perSecond: z.number() }).parse(params);
      await sendAtRate(perSecond);
      return null;
    },
  },
  async () => {
    for (const socket of sockets) socket.end(DISCONNECT_PACKET);
  },
);

/** A connection the broker ends shows as `close`; its error would end this process before it could tell. */
async function open(port: number, index: number, user?: z.infer<typeof userSchema>): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  socket.on("error", () => undefined);
  socket.write(connectPacket(`bench-publisher-${process.pid}-${index}`, user));
  const [connack] = (await once(socket, "data")) as [Buffer];
  if (connack[3] !== 0) throw new Error(`the broker refused the publisher with code ${connack[3]}`);
  return socket;
}

function send(socket: Socket, packets: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let acknowledgedBytes = 0;
    const onData = (bytes: Buffer): void => {
      acknowledgedBytes += bytes.length;
      fill();
    };
    const fail = (): void => reject(new Error("the broker closed the publisher's connection"));
    const fill = (): void => {
      const acknowledged = Math.floor(acknowledgedBytes / ACKNOWLEDGEMENT_BYTES);
      while (sent < packets.length && sent - acknowledged <= WINDOW - CHUNK) {
        const chunk = packets.slice(sent, sent + CHUNK);
        sent += chunk.length;
        socket.write(Buffer.concat(chunk));
      }
      if (acknowledged < packets.length) return;
      socket.off("data", onData).off("close", fail);
      resolve();
    };
    socket.on("data", onData).once("close", fail);
    fill();
  });
}

/** Every 5 ms what is due by then; acknowledgements are not waited for. */
function sendAtRate(perSecond: number): Promise<void> {
  for (const socket of sockets) socket.resume();
  const total = prepared.reduce((sum, packets) => sum + packets.length, 0);
  const startedMs = performance.now();
  let sent = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - startedMs) * perSecond) / 1000));
      for (; sent < due; sent += 1) {
        const index = sent % sockets.length;
        const packet = prepared[index]?.[Math.floor(sent / sockets.length)];
        if (packet !== undefined) sockets[index]?.write(packet);
      }
      if (sent < total) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
}
