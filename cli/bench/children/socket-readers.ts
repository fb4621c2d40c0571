import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";
import { type SocketReader, openSocketReaders, socketReadersSchema } from "../harness/socket-reader.ts";

const readers: SocketReader[] = [];

answerRequests({
  async open(params) {
    readers.push(...(await openSocketReaders(socketReadersSchema.parse(params))));
    return null;
  },
  /** Frames that all sockets got within so many seconds. */
  async count(params) {
    const { seconds } = z.object({ seconds: z.number() }).parse(params);
    const before = total();
    const startedMs = performance.now();
    await sleep(seconds * 1000);
    const perSecond = ((total() - before) * 1000) / (performance.now() - startedMs);
    const fewest = Math.min(...readers.map(({ counter }) => counter.frames));
    const most = Math.max(...readers.map(({ counter }) => counter.frames));
    return { perSecond, frameBytes: readers[0]?.counter.lastFrameBytes ?? 0, fewest, most };
  },
});

function total(): number {
  return readers.reduce((sum, { counter }) => sum + counter.frames, 0);
}
