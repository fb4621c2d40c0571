import fc from "fast-check";
import { WebSocket, WebSocketServer } from "ws";
import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { clientFrame, createFrameCounter } from "./frame-counter.ts";

/** A server's frame, built by the rules of RFC 6455, 5.2. */
function serverFrame(opcode: number, length: number): Buffer {
  const head =
    length < 126
      ? [0x80 | opcode, length]
      : length < 65_536
        ? [0x80 | opcode, 126, length >> 8, length & 0xff]
        : [0x80 | opcode, 127, 0, 0, 0, 0, 0, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(length, "x")]);
}

test("frames of every length are counted once, wherever the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 1, 125, 126, 300, 65_535, 70_000), { maxLength: 8 }),
      fc.nat(5000),
      (lengths, wanted) => {
        const stream = Buffer.concat(lengths.map((length) => serverFrame(1, length)));
        // Byte by byte where that is quick.
        const chunk = Math.max(1, wanted, Math.ceil(stream.length / 400));
        const counter = createFrameCounter(() => undefined);
        for (let start = 0; start < stream.length; start += chunk) {
          counter.take(stream.subarray(start, start + chunk));
        }
        expect(counter.frames).toBe(lengths.length);
        expect(counter.lastFrameBytes).toBe(lengths.at(-1) ?? 0);
      },
    ),
    { verbose: true },
  );
});

test("pings are handed on and are not counted", () => {
  const pings: string[] = [];
  const counter = createFrameCounter((payload) => pings.push(payload.toString()));
  counter.take(Buffer.concat([serverFrame(9, 3), serverFrame(2, 10)]));
  expect([pings, counter.frames]).toEqual([["xxx"], 1]);
});

test("a client's frame is what a real server reads", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const accepted = once(server, "connection") as Promise<[WebSocket]>;
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  const [peer] = await accepted;
  for (const text of ["short", "x".repeat(300)]) {
    const heard = once(peer, "message") as Promise<[Buffer]>;
    socket.write(clientFrame(1, Buffer.from(text)));
    expect((await heard)[0].toString()).toBe(text);
  }
  socket.destroy();
  server.close();
});
