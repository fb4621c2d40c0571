import { setTimeout as sleep } from "node:timers/promises";
import {
  type HttpAnswer,
  type HttpConnection,
  httpMessage,
  openHttpConnection,
} from "../harness/http-connection.ts";

const TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 20;
const LAST_PAUSE_MS = 320;
/** A system that was killed has to be back within this time, and to have answered. */
const GIVE_UP_MS = 180_000;

/** Asks until there is a definite answer, over one connection at a time. */
export type Caller = {
  /** `onAgain` is called with the reason each time that it has to be asked again, unchanged. */
  ask(
    request: { method: string; path: string; key?: string; body?: unknown },
    onAgain: (reason: string) => void,
  ): Promise<HttpAnswer>;
  close(): void;
};

/** Answers that say nothing of the request: the server is starting, stepping down, or cannot reach its database. */
function isDefinite(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429;
}

export function createCaller(url: URL, token: string): Caller {
  const common = `Host: ${url.host}\r\nAuthorization: Bearer ${token}\r\n`;
  let connection: HttpConnection | null = null;

  async function once(message: string): Promise<HttpAnswer | string> {
    try {
      if (connection === null || !connection.isOpen) connection = await openHttpConnection(url, TIMEOUT_MS);
      const answer = await connection.request(message);
      return isDefinite(answer.status) ? answer : `${answer.status} ${answer.body.slice(0, 200)}`;
    } catch (error) {
      connection?.close();
      connection = null;
      return error instanceof Error ? error.message : String(error);
    }
  }

  return {
    async ask({ method, path, key, body }, onAgain) {
      const headers = key === undefined ? common : `${common}Idempotency-Key: ${key}\r\n`;
      const message = httpMessage(method, path, headers, body === undefined ? "" : JSON.stringify(body));
      const untilMs = Date.now() + GIVE_UP_MS;
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS)) {
        const answer = await once(message);
        if (typeof answer !== "string") return answer;
        if (Date.now() > untilMs) {
          throw new Error(
            `${method} ${path} had no definite answer in ${GIVE_UP_MS / 1000} s. The last: ${answer}`,
          );
        }
        onAgain(answer);
        await sleep(pauseMs);
      }
    },
    close: () => connection?.close(),
  };
}
