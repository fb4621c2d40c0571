export type OutgoingMessage = { topic: string; payload: string | Buffer; isRetained: boolean };

export type OutgoingQueue = {
  /** Resolves when the broker has the message. Null when the queue is full: nothing was taken. */
  add(message: OutgoingMessage): Promise<void> | null;
  /** Sends, at most `maxInFlight` un-acknowledged at once. */
  open(maxInFlight: number): void;
  /** Sends nothing more; what is on its way may still be acknowledged. */
  close(): void;
  /** Resolves when all are with the broker, or after `deadlineMs`; tells which. */
  waitUntilEmpty(deadlineMs: number): Promise<boolean>;
  /** Waiting and on their way. */
  readonly pending: number;
};

type Waiting = { message: OutgoingMessage; settle: (outcome: Promise<void>) => void };

/** Messages in the order in which they were given, at most `maxPending` of them. */
export function createOutgoingQueue(deps: {
  send: (message: OutgoingMessage) => Promise<void>;
  maxPending: number;
}): OutgoingQueue {
  let waiting: Waiting[] = [];
  let head = 0;
  let inFlight = 0;
  let maxInFlight = 0;
  let onEmpty: (() => void) | null = null;
  const pending = (): number => inFlight + waiting.length - head;

  const sendNext = (): void => {
    while (inFlight < maxInFlight) {
      const next = waiting[head];
      if (next === undefined) break;
      head += 1;
      inFlight += 1;
      const sent = deps.send(next.message).finally(() => {
        inFlight -= 1;
        sendNext();
        if (pending() === 0) onEmpty?.();
      });
      next.settle(sent);
    }
    if (head === waiting.length || head > 1_000) {
      waiting = waiting.slice(head);
      head = 0;
    }
  };

  return {
    add(message) {
      if (pending() >= deps.maxPending) return null;
      return new Promise((settle) => {
        waiting.push({ message, settle });
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
