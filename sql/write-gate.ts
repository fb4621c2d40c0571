import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 5;

export type WriteGate = ReturnType<typeof createWriteGate>;

/**
 * Holds up the statements that write, on all connections that were opened with it. What is on its way ends first; what comes
 * meanwhile waits, in its order, and nothing of it is refused. So an instant between two writes can be had: what is stored then is
 * what a kill in that instant would leave.
 */
export function createWriteGate() {
  let writing = 0;
  let closed: Promise<void> | null = null;

  async function untilQuiet(withinMs: number): Promise<boolean> {
    const untilMs = performance.now() + withinMs;
    for (let left = writing; left > 0; left = writing) {
      if (performance.now() >= untilMs) return false;
      await pause(LOOK_EVERY_MS);
    }
    return true;
  }

  return {
    /** One statement that writes. */
    async pass<T>(write: () => Promise<T>): Promise<T> {
      // It may have been closed again by the time that this one's turn comes.
      for (let opened = closed; opened !== null; opened = closed) await opened;
      writing += 1;
      try {
        return await write();
      } finally {
        writing -= 1;
      }
    },
    /**
     * Does work while nothing is written. Throws `WritesBusyError` when what was on its way has not ended `withinMs`, or another work
     * of this kind goes on; all goes on as before then.
     */
    async hold<T>(withinMs: number, work: () => Promise<T>): Promise<T> {
      if (closed !== null) throw new WritesBusyError("another backup begins in this moment");
      let open = () => {};
      closed = new Promise((resolve) => {
        open = resolve;
      });
      try {
        if (!(await untilQuiet(withinMs))) {
          throw new WritesBusyError(`a statement that writes has been running for ${withinMs / 1000} s`);
        }
        return await work();
      } finally {
        closed = null;
        open();
      }
    },
  };
}

/** Nothing was held up, and nothing changed. */
export class WritesBusyError extends Error {
  override readonly name = "WritesBusyError";
}
