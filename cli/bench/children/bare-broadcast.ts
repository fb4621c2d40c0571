import { once } from "node:events";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";

/** The next round waits until the sockets have drained to here: more would only fill memory, and slow it down. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** The reference: `ws` as it comes. Each round sends the same frames to every socket. */
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await once(server, "listening");
let isBroadcasting = false;

function broadcast(frames: readonly Buffer[]): void {
  let isFull = false;
  for (const socket of server.clients) isFull ||= socket.bufferedAmount > MAX_BUFFERED_BYTES;
  for (const frame of isFull ? [] : frames) {
    for (const socket of server.clients) socket.send(frame, { binary: false, compress: false });
  }
  if (isBroadcasting) setImmediate(broadcast, frames);
}

answerRequests({
  async port() {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  },
  async start(params) {
    const { frameBytes, frames } = z.object({ frameBytes: z.number(), frames: z.number() }).parse(params);
    isBroadcasting = true;
    broadcast(Array.from({ length: frames }, () => Buffer.alloc(frameBytes, "x")));
    return null;
  },
  async pause() {
    isBroadcasting = false;
    return null;
  },
});
