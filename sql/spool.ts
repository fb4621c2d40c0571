import { type FileHandle, open, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { tooManyBytes } from "./byte-engine.ts";

/** From so many bytes on an answer begins before its query has ended. */
const BEGIN_AT_BYTES = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Between two looks at the file: short at first for small answers, then longer. */
const FIRST_LOOK_MS = 2;
const LATER_LOOK_MS = 25;

export type Spool = ReturnType<typeof createSpool>;

/** A file that somebody else writes and we read behind, until that somebody has ended. */
export function createSpool(deps: { path: string; maxBytes: number; stop(): void }) {
  const { path, maxBytes } = deps;
  let file: FileHandle | null = null;
  let opening: Promise<void> | null = null;
  let isClosed = false;
  let failure: Error | null = null;
  const writer = { hasEnded: false };

  /** Opens the file if it is there, and takes its name away. */
  async function openIt(): Promise<void> {
    try {
      file = await open(path, "r");
      await rm(path, { force: true });
    } finally {
      opening = null;
    }
  }

  async function size(): Promise<number> {
    if (isClosed) return 0;
    try {
      // Two look at once, when the writer ends while we look: one handle is enough.
      if (file === null) await (opening ??= openIt());
      return (await file?.stat())?.size ?? 0;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
      throw error;
    }
  }

  /** Holds the answer to its limit, also while nobody reads it. */
  async function watch(isEnough: (bytes: number) => boolean): Promise<void> {
    for (let lookMs = FIRST_LOOK_MS; !writer.hasEnded; lookMs = Math.min(lookMs * 2, LATER_LOOK_MS)) {
      const bytes = await size();
      if (bytes > maxBytes) {
        failure ??= tooManyBytes(maxBytes);
        deps.stop();
      }
      if (isEnough(bytes)) return;
      await wait(lookMs);
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    await opening?.catch(() => undefined);
    await file?.close();
    file = null;
    await rm(path, { force: true });
  }

  return {
    /** Why the writer was stopped by us, if it was. */
    failure: (): Error | null => failure,

    /**
     * @param ended settles when the writer is done.
     * @returns the bytes, once the writer has ended or a megabyte is there. Throws what the writer failed with until then.
     */
    async follow(
      ended: Promise<void>,
    ): Promise<{ bytes: AsyncIterable<Uint8Array>; ended: Promise<void>; close(): Promise<void> }> {
      const outcome = ended.then(
        () => {
          writer.hasEnded = true;
        },
        (error: unknown) => {
          writer.hasEnded = true;
          failure ??= error instanceof Error ? error : new Error(String(error));
        },
      );
      await Promise.race([outcome, watch((bytes) => bytes >= BEGIN_AT_BYTES)]);
      if (writer.hasEnded && failure !== null) {
        await close();
        throw failure;
      }
      await size();
      // A writer that goes on is watched to its end.
      const watching = watch(() => false).catch((error: unknown) => {
        failure ??= error instanceof Error ? error : new Error(String(error));
        deps.stop();
      });
      let closing: Promise<void> | null = null;
      const leave = () => (closing ??= stopAndClose(outcome, watching));
      return { bytes: read(outcome, leave), ended: outcome, close: leave };
    },
  };

  async function stopAndClose(outcome: Promise<void>, watching: Promise<void>): Promise<void> {
    if (!writer.hasEnded) deps.stop();
    await outcome;
    await watching;
    await close();
  }

  async function* read(outcome: Promise<void>, leave: () => Promise<void>): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; ; ) {
        // Asked before the read: what is written afterwards is found by the next one.
        const wasLast = writer.hasEnded;
        const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
        const bytesRead = file === null ? 0 : (await file.read(buffer, 0, CHUNK_BYTES, at)).bytesRead;
        at += bytesRead;
        if (failure !== null) throw failure;
        if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
        else if (wasLast) return;
        else await Promise.race([outcome, wait(LATER_LOOK_MS)]);
      }
    } finally {
      await leave();
    }
  }
}
