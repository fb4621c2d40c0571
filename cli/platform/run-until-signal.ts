import type { Logger } from "pino";

/** Longer than each part takes to stop when all goes well; a ClickHouse that hangs would keep the process for ever. */
const stopDeadlineMs = 25_000;

/**
 * Resolves at the first SIGINT or SIGTERM, or when `fail` is called; a second signal ends the process at once, and so
 * does a stop that takes longer than 25 s.
 */
export function untilSignal(logger: Logger): { done: Promise<string>; fail(reason: string): void } {
  let resolve: (reason: string) => void = () => {};
  const done = new Promise<string>((resolveDone) => {
    resolve = (reason) => {
      setTimeout(() => {
        logger.error("Stopping took too long: ended. What was not acknowledged is delivered again.");
        process.exit(1);
      }, stopDeadlineMs).unref();
      resolveDone(reason);
    };
  });
  let hasBegun = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (hasBegun) {
      logger.warn(
        { signal },
        "Asked a second time: ended at once. What was not acknowledged is delivered again.",
      );
      process.exit(1);
    }
    hasBegun = true;
    logger.info({ signal }, "Stopping: intake first, then what is in flight");
    resolve(signal);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    done,
    fail(reason) {
      hasBegun = true;
      process.exitCode = 1;
      resolve(reason);
    },
  };
}
