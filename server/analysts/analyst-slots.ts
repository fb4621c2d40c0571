import { AnalystRefusal } from "../../sql/analysts/analyst-refusal.ts";

type Waiting = { keyId: string; begin(): void };

export type AnalystSlots = ReturnType<typeof createAnalystSlots>;

/**
 * How many queries of analysts run at once, of all keys and of one; the others wait in their order, for a bounded time and
 * in a bounded queue, so that a page of charts is answered one chart after the other.
 */
export function createAnalystSlots(options: {
  maxRunning: number;
  maxWaiting: number;
  /** Of one key, running and waiting. */
  maxOfKey: number;
  maxWaitMs: number;
}) {
  const { maxRunning, maxWaiting, maxOfKey, maxWaitMs } = options;
  const waiting: Waiting[] = [];
  const ofKey = new Map<string, number>();
  let running = 0;

  const count = (keyId: string, change: 1 | -1) => {
    const next = (ofKey.get(keyId) ?? 0) + change;
    if (next === 0) ofKey.delete(keyId);
    else ofKey.set(keyId, next);
  };

  function release(keyId: string): void {
    running -= 1;
    count(keyId, -1);
    waiting.shift()?.begin();
  }

  async function wait(keyId: string, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const leave = (error: Error) => {
        const at = waiting.indexOf(mine);
        if (at < 0) return;
        waiting.splice(at, 1);
        end();
        reject(error);
      };
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", gone);
      };
      const gone = () => leave(new Error("the client has gone"));
      const mine: Waiting = {
        keyId,
        begin: () => {
          end();
          resolve();
        },
      };
      const timer = setTimeout(() => leave(busy(maxRunning)), maxWaitMs);
      signal.addEventListener("abort", gone, { once: true });
      waiting.push(mine);
    });
  }

  return {
    running: () => running,
    waiting: () => waiting.length,
    /**
     * Waits for its turn. Throws `AnalystRefusal` (TOO_MANY_SIMULTANEOUS_QUERIES) when there are too many.
     * @returns what gives the place back, once.
     */
    async take(keyId: string, signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted();
      if ((ofKey.get(keyId) ?? 0) >= maxOfKey) {
        const detail = `This key has ${maxOfKey} queries running or waiting; wait for one of them`;
        throw new AnalystRefusal("TOO_MANY_SIMULTANEOUS_QUERIES", detail, {
          retryAfterSeconds: 1,
          isOwnDoing: true,
        });
      }
      if (running >= maxRunning && waiting.length >= maxWaiting) throw busy(maxRunning);
      count(keyId, 1);
      if (running >= maxRunning) {
        try {
          await wait(keyId, signal);
        } catch (error) {
          count(keyId, -1);
          throw error;
        }
      }
      running += 1;
      let isBack = false;
      return () => {
        if (isBack) return;
        isBack = true;
        release(keyId);
      };
    },
  };
}

function busy(maxRunning: number): AnalystRefusal {
  const detail = `${maxRunning} queries of analysts run already, and others wait`;
  return new AnalystRefusal("TOO_MANY_SIMULTANEOUS_QUERIES", detail, {
    retryAfterSeconds: 5,
    isOwnDoing: false,
  });
}
