import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";

const ITEMS_AT_ONCE = 1_000;

/**
 * A large answer as a stream of JSON text: a thousand items at a time, and others have their turn between them. It is made as fast
 * as it is read, so it never lies whole in memory. `head` is the object's beginning without its closing brace.
 */
export function streamItems(head: string, items: Iterator<AvailabilityItem>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isFirst = true;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      const texts: string[] = [];
      let isDone = false;
      while (texts.length < ITEMS_AT_ONCE) {
        const next = items.next();
        if (next.done === true) {
          isDone = true;
          break;
        }
        texts.push(JSON.stringify(next.value));
      }
      const start = isFirst ? `${head},"items":[` : texts.length > 0 ? "," : "";
      isFirst = false;
      controller.enqueue(encoder.encode(start + texts.join(",") + (isDone ? "]}" : "")));
      if (isDone) controller.close();
    },
    cancel() {
      items.return?.();
    },
  });
}
