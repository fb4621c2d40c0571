import { randomBytes } from "node:crypto";
import { type Socket, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type FrameCounter, clientFrame, createFrameCounter } from "./frame-counter.ts";

const OPCODE_TEXT = 1;
const OPCODE_PONG = 10;
/** Handshakes at a time. */
const OPENING = 50;

export const socketReadersSchema = z.object({
  port: z.number(),
  path: z.string(),
  authorization: z.string().nullable(),
  sockets: z.number(),
  /** Text frames that each socket sends first. */
  hello: z.array(z.string()),
  /** Frames that each socket waits for before it counts as open. */
  awaitFrames: z.number(),
});
type SocketReadersWish = z.infer<typeof socketReadersSchema>;

/** A WebSocket that counts what it is sent. */
export type SocketReader = { socket: Socket; counter: FrameCounter };

/** Opens them, and waits until each has the frames that it waits for. `onFrames` is called for each arrival of bytes. */
export async function openSocketReaders(
  options: SocketReadersWish,
  onFrames: (counter: FrameCounter) => void = () => undefined,
): Promise<SocketReader[]> {
  const readers: SocketReader[] = [];
  for (let left = options.sockets; left > 0; left -= OPENING) {
    const opening = Array.from({ length: Math.min(OPENING, left) }, () =>
      openSocketReader(options, onFrames),
    );
    readers.push(...(await Promise.all(opening)));
  }
  while (readers.some(({ counter }) => counter.frames < options.awaitFrames)) await sleep(20);
  return readers;
}

/** The handshake by hand: a client library would spend more on each frame than the server that is measured. */
async function openSocketReader(
  options: SocketReadersWish,
  onFrames: (counter: FrameCounter) => void,
): Promise<SocketReader> {
  const socket = connect({ port: options.port, host: "127.0.0.1", noDelay: true });
  const counter = createFrameCounter((payload) => socket.write(clientFrame(OPCODE_PONG, payload)));
  const lines = [
    `GET ${options.path} HTTP/1.1`,
    `Host: 127.0.0.1:${options.port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Version: 13",
    ...(options.authorization === null ? [] : [`Authorization: ${options.authorization}`]),
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    let head = Buffer.alloc(0);
    const onData = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      socket.off("data", onData);
      const answer = head.toString("latin1", 0, end);
      if (!answer.startsWith("HTTP/1.1 101"))
        reject(new Error(`the socket was refused: ${answer.split("\r\n")[0]}`));
      socket.on("data", (frames: Buffer) => {
        counter.take(frames);
        onFrames(counter);
      });
      if (head.length > end + 4) counter.take(head.subarray(end + 4));
      resolve();
    };
    socket.on("data", onData).once("error", reject);
  });
  socket.on("error", () => undefined);
  for (const text of options.hello) socket.write(clientFrame(OPCODE_TEXT, Buffer.from(text)));
  return { socket, counter };
}
