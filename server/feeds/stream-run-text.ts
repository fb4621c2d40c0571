import type { FeedLine, FeedStore, StoredFeedRun } from "./feed-store.ts";

const PAGE_ROWS = 20_000;

/** What was sent in a run, read a page at a time as fast as it is taken. */
export function streamRunText(store: FeedStore, { header, run }: StoredFeedRun): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last: FeedLine | null = null;
  let isBegun = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isBegun) {
        isBegun = true;
        controller.enqueue(encoder.encode(`${header}\n`));
        return;
      }
      const lines: FeedLine[] = await store.sent(run.feed, Number(run.runId), last, PAGE_ROWS);
      last = lines.at(-1) ?? null;
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.map(({ text }) => `${text}\n`).join("")));
      if (lines.length < PAGE_ROWS) controller.close();
    },
  });
}
