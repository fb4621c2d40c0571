import type { Writable } from "node:stream";
import type { ImportProgress } from "../../server/import/import-report.ts";

const TERMINAL_EVERY_MS = 250;
const LOG_EVERY_MS = 5_000;

/** Rows, rows a second and the share of the file on stderr: one line that is written over on a terminal, else a line now and then. */
export function createProgressLine(deps: {
  output: Writable & { isTTY?: boolean };
  totalBytes: number | null;
  nowMs: () => number;
}) {
  const isTerminal = deps.output.isTTY === true;
  const startedMs = deps.nowMs();
  let shownMs = startedMs;
  let isShown = false;

  return {
    show(progress: ImportProgress): void {
      const now = deps.nowMs();
      if (now - shownMs < (isTerminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
      shownMs = now;
      isShown = true;
      const perSecond = Math.round((progress.rows * 1000) / Math.max(1, now - startedMs));
      const share = deps.totalBytes === null ? "" : `, ${shareOf(progress.bytes, deps.totalBytes)} %`;
      const text = `${progress.rows} rows, ${perSecond} rows/s${share}`;
      deps.output.write(isTerminal ? `\r\u001B[2K${text}` : `${text}\n`);
    },
    end(): void {
      if (isTerminal && isShown) deps.output.write("\r\u001B[2K");
    },
  };
}

function shareOf(bytes: number, totalBytes: number): number {
  return Math.min(100, Math.floor((bytes * 100) / Math.max(1, totalBytes)));
}
