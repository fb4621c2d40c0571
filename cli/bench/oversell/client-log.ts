import { createReadStream, createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { createInterface } from "node:readline";
import { z } from "zod";

/**
 * What a client notes on disk: before a request what it is about to ask (`ask`), afterwards what it was answered (`got`),
 * and each time that it had to ask again. Times are Unix ms by the client's clock.
 */
const entrySchema = z.union([
  z.object({
    atMs: z.number(),
    attempt: z.number(),
    ask: z.enum(["hold", "confirm", "extend", "release", "fulfil"]),
    gtin: z.string(),
  }),
  z.object({
    atMs: z.number(),
    attempt: z.number(),
    got: z.number(),
    id: z.string(),
    status: z.string(),
    changedAt: z.string(),
    expiresAt: z.string().nullable(),
  }),
  z.object({ atMs: z.number(), attempt: z.number(), refused: z.number(), code: z.string() }),
  z.object({ atMs: z.number(), attempt: z.number(), again: z.string() }),
]);
export type LogEntry = z.infer<typeof entrySchema>;

export type ClientLog = { note(entry: LogEntry): void; close(): Promise<void> };

/** NDJSON, a line an entry. */
export function openClientLog(file: string): ClientLog {
  const stream = createWriteStream(file, { flags: "wx" });
  return {
    note: (entry) => void stream.write(`${JSON.stringify(entry)}\n`),
    async close() {
      stream.end();
      await finished(stream);
    },
  };
}

/** Reads it back. Throws on a line that is none. */
export async function* readClientLog(file: string): AsyncGenerator<LogEntry> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    yield entrySchema.parse(JSON.parse(line));
  }
}
