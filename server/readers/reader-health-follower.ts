import type { Logger } from "pino";
import type { MessageBus } from "../../domain/message-bus.ts";
import { type ReaderHealth, readerHealthMessageSchema } from "../../domain/reader.ts";

/** Readers whose health is kept; a site has tens. Beyond it the first heard go. */
const MAX_READERS = 20_000;

export type ReaderHealthFollower = ReturnType<typeof createReaderHealthFollower>;

/** The newest health of each reader, as ingest publishes it on `{root}/+/readers`. */
export function createReaderHealthFollower(deps: { bus: MessageBus; root: string; logger: Logger }) {
  const newest = new Map<string, ReaderHealth>();

  function receive(topic: string, payload: Uint8Array): void {
    const message = parseMessage(payload);
    if (message === null) {
      deps.logger.warn({ topic }, "a message about readers was not understood and is left out");
      return;
    }
    for (const health of message.readers) {
      const key = `${health.locationId}/${health.readerId}`;
      newest.delete(key);
      if (newest.size >= MAX_READERS) {
        const oldest = newest.keys().next();
        if (oldest.done === false) newest.delete(oldest.value);
      }
      newest.set(key, health);
    }
  }

  return {
    start: () => deps.bus.subscribe(`${deps.root}/+/readers`, receive),
    get: (locationId: string, readerId: string) => newest.get(`${locationId}/${readerId}`) ?? null,
    all: () => newest.values(),
  };
}

function parseMessage(payload: Uint8Array) {
  try {
    const parsed = readerHealthMessageSchema.safeParse(JSON.parse(Buffer.from(payload).toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
