import type { Logger } from "pino";
import type { MessageBus } from "../../domain/message-bus.ts";
import { DatabaseError } from "../../sql/database-error.ts";
import { pause } from "../../sql/pause.ts";
import { HttpProblem } from "../problems.ts";
import { aborted } from "./writer-turn.ts";

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 4_000;
/** A message at which the server itself fails so often is set aside: those behind it go on. */
const MOST_FAILURES = 5;

/**
 * Takes in what is published on `filter` until `signal` aborts. A message is acknowledged when `hear` has resolved: what became of it
 * is durable then. While nobody can decide (`HttpProblem` of 5xx, the database is away) it is tried again and stays unacknowledged,
 * so that whoever is the writer next gets it.
 */
export async function takeInMessages(deps: {
  bus: MessageBus;
  filter: string;
  signal: AbortSignal;
  logger: Logger;
  /** Messages of one name are heard one after the other, in the order in which they came. */
  inTurn(topic: string, payload: Uint8Array, work: () => Promise<void>): Promise<void>;
  hear(topic: string, payload: Uint8Array): Promise<void>;
  /** Keeps a message at which the server fails where a person can see it. */
  setAside(topic: string, payload: Uint8Array, detail: string): Promise<void>;
}): Promise<void> {
  const { bus, filter, signal, logger } = deps;

  async function take(topic: string, payload: Uint8Array): Promise<void> {
    let failures = 0;
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)) {
      try {
        if (failures < MOST_FAILURES) await deps.hear(topic, payload);
        else await deps.setAside(topic, payload, "The server failed at this message: see its log.");
        return;
      } catch (error) {
        const isFailure = !isForNow(error);
        if (isFailure) failures += 1;
        // Many wait while ClickHouse is away: each says so once.
        if (isFailure || retryMs === FIRST_RETRY_MS) {
          logger.warn({ err: error, topic, failures }, "a message was not decided: it is tried again");
        }
        if (signal.aborted || !(await pause(retryMs, signal))) throw error;
      }
    }
  }

  const stop = await bus.receive(filter, (topic, payload) =>
    deps.inTurn(topic, payload, () => take(topic, payload)),
  );
  await aborted(signal);
  await stop();
}

/** Whether trying again may help. */
function isForNow(error: unknown): boolean {
  return error instanceof DatabaseError || (error instanceof HttpProblem && error.body().status >= 500);
}
