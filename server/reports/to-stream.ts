import { setTimeout as sleep } from "node:timers/promises";

/** What fails within it is answered as a problem; what takes longer begins to be sent. */
const FIRST_CHUNK_MS = 5_000;

/**
 * Chunks as a body, read as fast as they are taken: nothing is kept. A failure in the middle errs the body, which cuts the connection.
 * `onEnd` is called once, also when it failed or nobody takes the rest. Throws what failed before the first chunk.
 */
export async function toStream(
  chunks: AsyncIterable<Uint8Array>,
  onEnd: () => void,
): Promise<ReadableStream<Uint8Array>> {
  const iterator = chunks[Symbol.asyncIterator]();
  let isEnded = false;
  function end(): void {
    if (!isEnded) onEnd();
    isEnded = true;
  }
  let first: Promise<IteratorResult<Uint8Array>> | null = iterator.next();
  const waiting = new AbortController();
  try {
    await Promise.race([first, sleep(FIRST_CHUNK_MS, undefined, { signal: waiting.signal, ref: false })]);
  } catch (error) {
    end();
    throw error;
  } finally {
    waiting.abort();
  }
  // Until it is taken nobody listens to it.
  first.catch(() => undefined);

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await (first ?? iterator.next());
          first = null;
          if (next.done === true) {
            end();
            controller.close();
          } else controller.enqueue(next.value);
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      async cancel() {
        end();
        await iterator.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}
