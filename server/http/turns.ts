type Waiting = { keyId: string; begin(): void };

export type Turns = ReturnType<typeof createTurns>;

/** Why there is no turn: the key has too many itself, or all together have. */
export type NoTurn = { of: "key" | "all"; limit: number };

/**
 * How many long queries run at once, of all keys and of one; the others wait in their order, for a bounded time and in a
 * bounded queue, so that a page of charts is answered one chart after the other.
 */
export function createTurns(options: {
  maxRunning: number;
  maxWaiting: number;
  /** Of one key, running and waiting. */
  maxOfKey: number;
  maxWaitMs: number;
  refuse(why: NoTurn): Error;
}) {
  const { maxRunning, maxWaiting, maxOfKey, maxWaitMs, refuse } = options;
  const busy = () => refuse({ of: "all", limit: maxRunning });
  const waiting: Waiting[] = [];
  const ofKey = new Map<string, number>();
  let running = 0;

  const count = (keyId: string, change: 1 | -1) => {
    const next = (ofKey.get(keyId) ?? 0) + change;
    if (next === 0) ofKey.delete(keyId);
    else ofKey.set(keyId, next);
  };

  function release(keyId: string): void {
    count(keyId, -1);
    const next = waiting.shift();
    // The turn is handed on: nobody who asks at this very moment gets before those who wait.
    if (next === undefined) running -= 1;
    else next.begin();
  }

  async function wait(keyId: string, signal: AbortSignal | undefined): Promise<void> {
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
        signal?.removeEventListener("abort", gone);
      };
      const gone = () => leave(new Error("the client has gone"));
      const mine: Waiting = {
        keyId,
        begin: () => {
          end();
          resolve();
        },
      };
      const timer = setTimeout(() => leave(busy()), maxWaitMs);
      signal?.addEventListener("abort", gone, { once: true });
      waiting.push(mine);
    });
  }

  return {
    running: () => running,
    waiting: () => waiting.length,
    /**
     * Waits for its turn. Throws what `refuse` gives when there are too many.
     * @returns what gives the place back, once.
     */
    async take(keyId: string, signal?: AbortSignal): Promise<() => void> {
      signal?.throwIfAborted();
      if ((ofKey.get(keyId) ?? 0) >= maxOfKey) throw refuse({ of: "key", limit: maxOfKey });
      if (running >= maxRunning && waiting.length >= maxWaiting) throw busy();
      count(keyId, 1);
      if (running >= maxRunning) {
        try {
          await wait(keyId, signal);
        } catch (error) {
          count(keyId, -1);
          throw error;
        }
      } else {
        running += 1;
      }
      let isBack = false;
      return () => {
        if (isBack) return;
        isBack = true;
        release(keyId);
      };
    },
  };
}
