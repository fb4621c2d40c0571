import { type Socket, connect } from "node:net";
import { connect as connectTls } from "node:tls";

export type HttpAnswer = { status: number; body: string };

/** One kept-alive connection with one request at a time; a broken one rejects and is of no more use. */
export type HttpConnection = {
  readonly isOpen: boolean;
  /** `message`: a whole request, as `httpMessage` writes it. Rejects when there is no answer within the time limit. */
  request(message: string): Promise<HttpAnswer>;
  close(): void;
};

type Waiting = { resolve(answer: HttpAnswer): void; reject(error: Error): void };

const HEAD_END = "\r\n\r\n";

/** A request of HTTP/1.1. `headers` are whole lines, each with its end. */
export function httpMessage(method: string, path: string, headers: string, body = ""): string {
  const type = body === "" ? "" : "Content-Type: application/json\r\n";
  return `${method} ${path} HTTP/1.1\r\n${headers}${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/**
 * HTTP by hand: a client library would spend as much on a request as the server that is measured, and on the same cores.
 * Rejects when nothing listens there.
 */
export async function openHttpConnection(url: URL, timeoutMs: number): Promise<HttpConnection> {
  const socket = openSocket(url);
  socket.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once(url.protocol === "https:" ? "secureConnect" : "connect", resolve).once("error", reject);
  });
  let waiting: Waiting | null = null;
  socket.setTimeout(timeoutMs, () => {
    if (waiting !== null) socket.destroy(new Error(`no answer within ${timeoutMs / 1000} s`));
  });
  let received: Buffer = Buffer.alloc(0);
  let reason: Error | null = null;

  socket.on("data", (bytes: Buffer) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
    const read = readAnswer(received);
    if (read === null) return;
    received = received.subarray(read.end);
    const waiter = waiting;
    waiting = null;
    waiter?.resolve(read.answer);
  });
  socket.on("error", (error) => (reason = error));
  socket.on("close", () => {
    waiting?.reject(reason ?? new Error("the connection was closed"));
    waiting = null;
  });

  return {
    get isOpen() {
      return !socket.destroyed && socket.writable;
    },
    request(message) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(reason ?? new Error("the connection was closed"));
        waiting = { resolve, reject };
        socket.write(message);
      });
    },
    close: () => socket.destroy(),
  };
}

function openSocket(url: URL): Socket {
  const isSecure = url.protocol === "https:";
  const port = Number(url.port === "" ? (isSecure ? 443 : 80) : url.port);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isSecure ? connectTls({ host, port, servername: host }) : connect({ host, port });
}

/** Null while the answer is not there to its end. */
function readAnswer(received: Buffer): { answer: HttpAnswer; end: number } | null {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = received.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const start = headEnd + HEAD_END.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length !== null) {
    const end = start + Number(length[1]);
    if (received.length < end) return null;
    return { answer: { status, body: received.toString("utf8", start, end) }, end };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { answer: { status, body: "" }, end: start };
  const chunks = readChunks(received, start);
  return chunks === null ? null : { answer: { status, body: chunks.body }, end: chunks.end };
}

function readChunks(received: Buffer, start: number): { body: string; end: number } | null {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const lineEnd = received.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(received.toString("latin1", at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (received.length < end + 2) return null;
    if (size === 0) return { body: Buffer.concat(parts).toString("utf8"), end: end + 2 };
    parts.push(received.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}
