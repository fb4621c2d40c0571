export type OutgoingMessage = { topic: string; payload: string | Buffer; isRetained: boolean };

export type OutgoingQueue = {
  /** Resolves when the broker has the message. Null when the queue is full: nothing was taken. */
  add(message: OutgoingMessage): Promise<void> | null;
  /** Sends, at most `maxInFlight` un-acknowledged at once. */
  open(maxInFlight: number): void;
  /** Sends nothing more; what is on its way may still be acknowledged. */
  close(): void;
  /** Rejects all that are pending: nobody waits for ever for a broker that is left. */
  abandon(error: Error): void;
  /** Resolves when all are with the broker, or after `deadlineMs`; tells which. */
  waitUntilEmpty(deadlineMs: number): Promise<boolean>;
  /** Waiting and on their way. */
  readonly pending: number;
};

type Pending = { message: OutgoingMessage; resolve: () => void; reject: (error: unknown) => void };

/** Messages in the order in which they were given, at most `maxPending` of them. */
export function createOutgoingQueue(deps: {
  send: (message: OutgoingMessage) => Promise<void>;
  maxPending: number;
}): OutgoingQueue {
  let waiting: Pending[] = [];
  let head = 0;
  const inFlight = new Set<Pending>();
  let maxInFlight = 0;
  let onEmpty: (() => void) | null = null;
  const pending = (): number => inFlight.size + waiting.length - head;

  const sendNext = (): void => {
    while (inFlight.size < maxInFlight) {
      const next = waiting[head];
      if (next === undefined) break;
      head += 1;
      inFlight.add(next);
      deps
        .send(next.message)
        .then(next.resolve, next.reject)
        .finally(() => {
          inFlight.delete(next);
          sendNext();
          if (pending() === 0) onEmpty?.();
        });
    }
    if (head === waiting.length || head > 1_000) {
      waiting = waiting.slice(head);
      head = 0;
    }
  };

  return {
    add(message) {
      if (pending() >= deps.maxPending) return null;
      return new Promise((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        sendNext();
      });
    },
    open(limit) {
      maxInFlight = limit;
      sendNext();
    },
    close() {
      maxInFlight = 0;
    },
    abandon(error) {
      maxInFlight = 0;
      for (const { reject } of [...inFlight, ...waiting.slice(head)]) reject(error);
      inFlight.clear();
      waiting = [];
      head = 0;
    },
    waitUntilEmpty(deadlineMs) {
      if (pending() === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), deadlineMs);
        onEmpty = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
    get pending() {
      return pending();
    },
  };
}
