import { ConfigError } from "./config.ts";

/** Says on stderr what went wrong and sets the exit code: 2 for a wrong environment, 1 for anything else. */
export function reportFailure(error: unknown): void {
  process.exitCode = error instanceof ConfigError ? 2 : 1;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  // A bug shows where it is; what is expected to go wrong explains itself.
  if (process.env["ONHAND_TRACE"] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack ?? ""}\n`);
}
