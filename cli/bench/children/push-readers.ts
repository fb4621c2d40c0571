import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";
import type { FrameCounter } from "../harness/frame-counter.ts";
import { type HttpConnection, httpMessage, openHttpConnection } from "../harness/http-connection.ts";
import { type SocketReader, openSocketReaders, socketReadersSchema } from "../harness/socket-reader.ts";

const TIMEOUT_MS = 10_000;
/** Smaller frames are pings. */
const LEAST_CHANGE_BYTES = 100;

const connectSchema = z.object({ url: z.string(), authorization: z.string(), readers: socketReadersSchema });
const pushSchema = z.object({ body: z.string(), times: z.number(), gapMs: z.number() });

let readers: SocketReader[] = [];
let connection: HttpConnection | null = null;
let at = new URL("http://127.0.0.1");
let headers = "";
let unaware = new Set<FrameCounter>();
let allKnow: (() => void) | null = null;

answerRequests({
  async connect(params) {
    const { url, authorization, readers: wish } = connectSchema.parse(params);
    at = new URL(url);
    headers = `Host: ${at.host}\r\nAuthorization: ${authorization}\r\n`;
    readers = await openSocketReaders(wish, (counter) => {
      if (counter.lastFrameBytes < LEAST_CHANGE_BYTES || !unaware.delete(counter)) return;
      if (unaware.size === 0) allKnow?.();
    });
    return null;
  },
  /** Holds one unit, again and again; milliseconds from each request until its answer, and until the last socket was told. */
  async push(params) {
    const { body, times, gapMs } = pushSchema.parse(params);
    const answeredMs: number[] = [];
    const knownMs: number[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      // Not in step with anything that ticks.
      await sleep(gapMs * (0.5 + ((turn * 0.618) % 1)));
      const { answered, known } = await pushOnce(body);
      answeredMs.push(answered);
      knownMs.push(known);
    }
    return { answeredMs, knownMs, frameBytes: readers[0]?.counter.lastFrameBytes ?? 0 };
  },
});

async function pushOnce(body: string): Promise<{ answered: number; known: number }> {
  // A server closes what was idle for a few seconds.
  if (connection === null || !connection.isOpen) connection = await openHttpConnection(at, TIMEOUT_MS);
  unaware = new Set(readers.map(({ counter }) => counter));
  const startedMs = performance.now();
  const knowing = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${unaware.size} sockets were not told within ${TIMEOUT_MS / 1000} s`)),
      TIMEOUT_MS,
    );
    allKnow = () => {
      clearTimeout(timer);
      resolve(performance.now() - startedMs);
    };
  });
  const keyed = `${headers}Idempotency-Key: ${randomUUID()}\r\n`;
  const answering = connection
    .request(httpMessage("POST", "/v1/reservations", keyed, body))
    .then(({ status, body: text }) => {
      if (status !== 201) throw new Error(`the hold was answered ${status}: ${text}`);
      return performance.now() - startedMs;
    });
  const [answered, known] = await Promise.all([answering, knowing]);
  return { answered, known };
}
